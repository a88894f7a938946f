// SPDX-License-Identifier: MIT
#pragma once

#include "ui/taskpanel/ansipalette.h"
#include "ui/taskpanel/logsearch.h"
#include "ui/taskpanel/logtail.h"
#include "ui/widgets/theme.h"

#include <QPlainTextEdit>

#include <deque>

namespace Meanwhile::Ui {

/// The end of a log, live, to read, select, copy and search. Bounded: at most kMaxLines lines and kMaxChars
/// characters, and what showEarlier() added.
///
/// Follows the end while `isFollowing()`; scrolling up ends that, scrolling to the end begins it again.
/// Otherwise the lines in sight stay where they are.
/// showPart() shows another part of the log instead; it stands still until the end is asked for again.
class LogView : public QPlainTextEdit {
    Q_OBJECT

public:
    static constexpr int kMaxLines = int(LogTail::kWindowLines);
    static constexpr int kMaxChars = 2 * int(LogTail::kWindowBytes);

    explicit LogView(const Theme &theme, QWidget *parent = nullptr);

    void clearLog();
    /// What stands in its place while nothing is shown.
    void setEmptyText(const QString &text);
    void showUpdate(const LogUpdate &update);
    void prependLines(const QVector<LogLine> &lines);
    void showPart(const LogPart &part);
    /// A part without the end of the log.
    bool isApart() const { return m_isApart; }
    /// Of the first line shown; 0 when nothing is before it.
    qint64 firstOffset() const { return m_offsets.empty() ? 0 : m_offsets.front(); }
    /// Of what follows the last line shown.
    qint64 endOffset() const { return m_offsets.empty() ? 0 : m_offsets.back(); }
    /// Of the first line in sight.
    qint64 offsetInSight() const;

    bool isFollowing() const { return m_following; }
    /// Where a part is shown, the end is asked for first.
    void setFollowing(bool follow);
    /// Selects this match and brings it into sight. False when its line is not in the part that is shown.
    bool select(const LogMatch &match, int length);
    /// Tints this text wherever it is in sight; empty: nothing.
    void setMarkedText(const QString &text);
    /// Breaks long lines, or lets them run out to the right.
    void setWrapping(bool wraps);

signals:
    void followingChanged(bool following);
    void firstOffsetChanged();
    void endRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void appendLines(const QVector<LogLine> &lines, const LogLine &open);
    void replaceOpenLine(const QString &text);
    void colour(const QTextBlock &block, const QVector<AnsiSpan> &spans);
    void recolour();
    void paintMarks(const QRect &area);
    void trim();
    void scrolled();
    void scrollToEnd();

    const Theme &m_theme;
    AnsiPalette m_palette;
    std::deque<qint64> m_offsets; ///< of each block's first byte
    int m_maxLines = kMaxLines;
    int m_maxChars = kMaxChars;
    QString m_marked;
    bool m_following = true;
    bool m_isApart = false;
    bool m_changing = false;
};

} // namespace Meanwhile::Ui
