// SPDX-License-Identifier: MIT
#pragma once

#include "models/difflines.h"
#include "ui/transcript/codewriter.h"
#include "ui/transcript/documentstyle.h"
#include "ui/transcript/openpart.h"

#include <QTextDocument>

#include <optional>

namespace Meanwhile::Ui {

/// The laid-out text of one row.
///
/// Markdown that grows at its end costs what is new: only the open part is read again, and inside an open
/// block of code lines are only added. Undo is off; the layout is kept for the last width.
class RowDocument {
public:
    explicit RowDocument(const Tokens &tokens);

    void setMarkdown(const QString &markdown);
    /// As written: every line a paragraph, nothing is markup.
    void setPlainText(const QString &text, const QTextCharFormat &format);
    /// The lines of a unified diff on their tints.
    void setDiff(const QString &diff, int maxLines);
    /// Where the text of the last line ends, for the width of the last heightFor().
    int lastLineEnd() const;

    /// What setPlainText() was given last.
    const QString &plainText() const { return m_plainText; }
    QTextDocument *document() { return &m_document; }
    const DocumentStyle &style() const { return m_style; }
    /// `words`: how wide prose is at most, beside code and tables.
    int heightFor(int width, int words);
    int heightFor(int width) { return heightFor(width, width); }
    /// Of its code, tables and changed lines, so that none of them is broken; in steps, as an answer grows.
    /// 0: it has none.
    int wantedWidth() const;
    bool hasLinks() const { return m_hasLinks; }
    bool hasCode() const { return m_hasCode; }

    /// What was read and written so far, for tests: growing text must not cost its square.
    qint64 charactersParsed() const { return m_charactersParsed; }

private:
    void clear();
    QTextBlockFormat diffBlock(const Models::DiffLine &line, int numbersWidth) const;
    void dropOpenPart(QTextCursor &cursor);
    void write(QTextCursor &cursor, qsizetype length);
    bool growFence(QTextCursor &cursor);
    void noteCodeLine(QStringView line);
    void setProseInset(int inset);
    void keepStable(const QTextCursor &cursor, qsizetype source);

    DocumentStyle m_style;
    QTextDocument m_document;
    QString m_source;
    QString m_plainText;
    qsizetype m_stableSource = 0; ///< characters of the source that cannot change any more
    int m_stableEnd = 0;          ///< where they end in the document
    bool m_stableFresh = true;    ///< the block there is empty and to be used
    QTextBlockFormat m_stableFormat;
    std::optional<Fence> m_fence;
    std::optional<CodeWriter> m_code;
    qsizetype m_fenceNext = 0;   ///< the first line of the open block of code that is not complete
    bool m_fencePartial = false; ///< and it is shown
    bool m_hasLinks = false;
    bool m_hasCode = false;
    qsizetype m_longestCodeLine = 0; ///< characters
    int m_widestTable = 0;
    bool m_hasNewTable = false; ///< its columns have no widths yet
    qint64 m_charactersParsed = 0;
};

} // namespace Meanwhile::Ui
