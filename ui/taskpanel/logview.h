// SPDX-License-Identifier: MIT
#pragma once

#include "ui/taskpanel/ansipalette.h"
#include "ui/taskpanel/logtail.h"
#include "ui/theme.h"

#include <QPlainTextEdit>

#include <deque>

namespace Meanwhile::Ui {

/// The end of a log, live, to read, select, copy and search. Bounded: at most kMaxLines lines and kMaxChars
/// characters, and what showEarlier() added.
///
/// Follows the end while `isFollowing()`; scrolling up ends that, scrolling to the end begins it again.
/// Otherwise the lines in sight stay where they are.
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
    /// Of the first line shown; 0 when nothing is before it.
    qint64 firstOffset() const { return m_offsets.empty() ? 0 : m_offsets.front(); }

    bool isFollowing() const { return m_following; }
    void setFollowing(bool follow);
    /// Selects the next match, going round at the end. False when there is none.
    bool findText(const QString &text, bool backward);

signals:
    void followingChanged(bool following);
    void firstOffsetChanged();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void appendLines(const QVector<LogLine> &lines, const LogLine &open);
    void replaceOpenLine(const QString &text);
    void colour(const QTextBlock &block, const QVector<AnsiSpan> &spans);
    void recolour();
    void trim();
    void scrolled();
    void scrollToEnd();

    const Theme &m_theme;
    AnsiPalette m_palette;
    std::deque<qint64> m_offsets; ///< of each block's first byte
    int m_maxLines = kMaxLines;
    int m_maxChars = kMaxChars;
    bool m_following = true;
    bool m_changing = false;
};

} // namespace Meanwhile::Ui
