// SPDX-License-Identifier: MIT
#pragma once

#include "ui/transcript/codelexer.h"
#include "ui/transcript/documentstyle.h"

#include <QTextCursor>

namespace Meanwhile::Ui {

/// Writes one code block into a document, line after line, with colours; also while its text still grows.
///
/// Not owned, must outlive it: the style.
/// The cursor stands at the end of the document. The first line goes into the block the cursor is in when
/// `fresh`, else into a new one.
class CodeWriter {
public:
    CodeWriter(const DocumentStyle &style, const QString &language, int leftMargin);

    void addLine(QTextCursor &cursor, QStringView line, bool fresh = false);
    /// Replaces the line added last, which was not complete.
    void replaceLastLine(QTextCursor &cursor, QStringView line);
    bool isEmpty() const { return m_isEmpty; }

private:
    void writeLine(QTextCursor &cursor, QStringView line);
    void writePlain(QTextCursor &cursor, QStringView text);
    void addBlock(QTextCursor &cursor, bool continues);
    void setLast(QTextCursor &cursor, bool last);
    QTextCharFormat formatOf(TokenKind kind) const;

    const DocumentStyle *m_style;
    QString m_language;
    CodeLexer m_lexer;
    CodeLexer m_before; ///< the lexer before the last line
    QString m_lastLine;
    int m_leftMargin;
    int m_lineStart = 0; ///< position in the document where the last line begins
    bool m_isEmpty = true;
};

/// Columns that it takes, a tab as four.
qsizetype columnsOf(QStringView line);

/// Where to cut a line that is too long: at most `length` further, but at least a character; never inside a
/// surrogate pair.
qsizetype lineCut(QStringView line, qsizetype from, qsizetype length = kMaxLineChars);

} // namespace Meanwhile::Ui
