// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

namespace Meanwhile::Tools {

/// Some numbered lines of a text that comes in pieces. Memory is bounded whatever the text's size is.
///
/// Lines that are valid UTF-8 are taken as such, others as Latin-1. A line end of CR LF counts as one. What
/// cannot be seen is still in there: escapeHidden() is for whoever shows it.
class TextExcerpt {
public:
    static constexpr qsizetype kMaxLineChars = 2'000;

    /// Lines are counted from 1. `maxChars`: of text(); the line that would exceed it is the first left out.
    TextExcerpt(qint64 firstLine, qint64 maxLines, qsizetype maxChars);

    void feed(QByteArrayView piece);
    /// The end of the text: an unfinished last line counts.
    void finish();

    /// "12<tab>text" a line.
    QString text() const { return m_text; }
    qint64 lastLine() const { return m_lastLine; } ///< of text(); 0 when none
    qint64 totalLines() const { return m_lines; }

private:
    bool wantsLine() const;
    void endLine();

    qint64 m_firstLine;
    qint64 m_maxLines;
    qsizetype m_maxChars;
    QString m_text;
    QByteArray m_line;      ///< the beginning of the current line, if it is wanted
    qint64 m_lineBytes = 0; ///< all of it
    qint64 m_lines = 0;     ///< ended
    qint64 m_lastLine = 0;
    bool m_isFull = false;
};

} // namespace Meanwhile::Tools
