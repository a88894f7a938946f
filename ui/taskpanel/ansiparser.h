// SPDX-License-Identifier: MIT
#pragma once

#include "base/terminaltokens.h"
#include "ui/taskpanel/logline.h"

#include <QByteArrayView>
#include <QStringDecoder>

namespace Meanwhile::Ui {

/// Bytes of a log to styled lines: UTF-8, SGR, carriage return, backspace, erase in line and moves within
/// the line; every other sequence is swallowed (ECMA-48). Bytes may come in any portions.
///
/// A line longer than kMaxLineChars continues in the next one. Invalid UTF-8 becomes U+FFFD, and so do
/// characters that turn the direction of writing or break a line: a log must not look like something else.
class AnsiParser {
public:
    static constexpr qsizetype kMaxLineChars = 4'096;

    /// `offset` is where the first byte stands in the log.
    explicit AnsiParser(qint64 offset = 0);

    /// Appends the lines that ended in these bytes.
    void feed(QByteArrayView bytes, QVector<LogLine> &lines);
    /// What stands after the last line end; may still change.
    LogLine openLine() const;

private:
    struct TokenSink;

    void takeControl(char16_t c, QVector<LogLine> &lines);
    void takeSequence(char16_t final, QStringView parameters);
    void put(QStringView run, QVector<LogLine> &lines);
    void write(QStringView run);
    void mendSplitPairs(qsizetype from, qsizetype to);
    void endLine(QVector<LogLine> &lines);
    void eraseInLine(int mode);

    QStringDecoder m_decoder;
    qint64 m_offset;     ///< of the next byte
    qint64 m_lineOffset; ///< of the open line
    TerminalTokens m_tokens{BrokenSequence::MadeText};
    AnsiStyle m_style;
    QString m_text;              ///< the open line
    QVector<AnsiStyle> m_styles; ///< a style a character; empty while all are default
    qsizetype m_column = 0;
};

/// The style after Select Graphic Rendition with these parameters, e.g. "1;38;5;9". What is unknown or cut
/// off changes nothing.
AnsiStyle afterSgr(AnsiStyle style, QStringView parameters);

} // namespace Meanwhile::Ui
