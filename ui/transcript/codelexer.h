// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QVector>

namespace Meanwhile::Ui {

struct LanguageTable;

enum class TokenKind { Plain, Keyword, String, Comment, Number, Added, Removed, Heading };

struct CodeToken {
    int start = 0;
    int length = 0;
    TokenKind kind = TokenKind::Plain;

    bool operator==(const CodeToken &) const = default;
};

/// Finds what to colour in code, line after line, by one small table a language.
///
/// Remembers what a line leaves open (a block comment, a string of several lines) for the next one. Code of
/// unknown languages is plain. Never fails: colours may be wrong, text is never touched.
class CodeLexer {
public:
    /// A name as written after the fence, e.g. "cpp", "python", "sh".
    explicit CodeLexer(const QString &language = {});

    QVector<CodeToken> lex(QStringView line);
    bool isPlain() const { return m_table == nullptr; }

private:
    qsizetype lexString(QStringView line, qsizetype from, QVector<CodeToken> &tokens);

    const LanguageTable *m_table;
    QString m_openUntil; ///< what closes the open comment or string; empty: nothing is open
    TokenKind m_openKind = TokenKind::Comment;
};

} // namespace Meanwhile::Ui
