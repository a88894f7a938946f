// SPDX-License-Identifier: MIT
#include "ui/transcript/codelexer.h"

#include "ui/transcript/languagetable.h"

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

namespace {

bool isWordChar(QChar c)
{
    return c.isLetterOrNumber() || c == u'_';
}

void add(QVector<CodeToken> &tokens, qsizetype start, qsizetype end, TokenKind kind)
{
    if (end > start)
        tokens.append({int(start), int(end - start), kind});
}

qsizetype wordEnd(QStringView line, qsizetype from)
{
    while (from < line.size() && isWordChar(line.at(from)))
        ++from;
    return from;
}

QVector<CodeToken> diffLine(QStringView line)
{
    if (line.isEmpty())
        return {};
    const TokenKind kind = line.startsWith(u"@@") || line.startsWith(u"diff ") || line.startsWith(u"+++") ||
                                   line.startsWith(u"---")
                               ? TokenKind::Heading
                           : line.at(0) == u'+' ? TokenKind::Added
                           : line.at(0) == u'-' ? TokenKind::Removed
                                                : TokenKind::Plain;
    if (kind == TokenKind::Plain)
        return {};
    return {{0, int(line.size()), kind}};
}

const QPair<QString, QString> *beginsWithOneOf(
    const QVector<QPair<QString, QString>> &pairs, QStringView rest)
{
    for (const auto &pair : pairs) {
        if (rest.startsWith(pair.first))
            return &pair;
    }
    return nullptr;
}

bool beginsLineComment(const LanguageTable &table, QStringView line, qsizetype at)
{
    if (table.commentNeedsSpace && at > 0 && !line.at(at - 1).isSpace())
        return false;
    for (const QString &mark : table.lineComments) {
        if (line.mid(at).startsWith(mark))
            return true;
    }
    return false;
}

bool isKeyword(const LanguageTable &table, QStringView word)
{
    return table.keywords.contains(word, table.foldsCase ? Qt::CaseInsensitive : Qt::CaseSensitive);
}

} // namespace

CodeLexer::CodeLexer(const QString &language)
    : m_table(languageTable(language))
{
}

qsizetype CodeLexer::lexString(QStringView line, qsizetype from, QVector<CodeToken> &tokens)
{
    const QChar quote = line.at(from);
    qsizetype at = from + 1;
    while (at < line.size() && line.at(at) != quote)
        at += line.at(at) == u'\\' ? 2 : 1;
    at = std::min(at + 1, line.size());
    add(tokens, from, at, TokenKind::String);
    return at;
}

QVector<CodeToken> CodeLexer::lex(QStringView line)
{
    QVector<CodeToken> tokens;
    if (!m_table)
        return tokens;
    if (m_table->isDiff)
        return diffLine(line);
    qsizetype at = 0;
    while (at < line.size()) {
        const QStringView rest = line.mid(at);
        if (!m_openUntil.isEmpty()) {
            const qsizetype close = rest.indexOf(m_openUntil);
            const qsizetype end = close < 0 ? line.size() : at + close + m_openUntil.size();
            add(tokens, at, end, m_openKind);
            if (close >= 0)
                m_openUntil.clear();
            at = end;
        } else if (const auto *block = beginsWithOneOf(m_table->blocks, rest)) {
            add(tokens, at, at + block->first.size(), TokenKind::Comment);
            at += block->first.size();
            m_openUntil = block->second;
            m_openKind = TokenKind::Comment;
        } else if (const auto *text = beginsWithOneOf(m_table->longStrings, rest)) {
            add(tokens, at, at + text->first.size(), TokenKind::String);
            at += text->first.size();
            m_openUntil = text->second;
            m_openKind = TokenKind::String;
        } else if (beginsLineComment(*m_table, line, at)) {
            add(tokens, at, line.size(), TokenKind::Comment);
            at = line.size();
        } else if (m_table->quotes.contains(line.at(at))) {
            at = lexString(line, at, tokens);
        } else if (isWordChar(line.at(at))) {
            const qsizetype end = wordEnd(line, at);
            if (line.at(at).isDigit())
                add(tokens, at, end, TokenKind::Number);
            else if (isKeyword(*m_table, line.sliced(at, end - at)))
                add(tokens, at, end, TokenKind::Keyword);
            at = end;
        } else {
            ++at;
        }
    }
    return tokens;
}

} // namespace Meanwhile::Ui
