// SPDX-License-Identifier: MIT
#pragma once

#include "ui/taskpanel/logsearch.h"

#include <QObject>

#include <memory>
#include <optional>

namespace Meanwhile::Ui {

class FindBar;
class LogFeed;
class LogFinder;
class LogView;

/// Joins the find bar with the log: what is typed is searched for in all of the log, and the next match is
/// brought into sight, read from the file where it is not in the part that is shown.
///
/// Not owned: the bar, the view, the feed.
class FindInLog : public QObject {
    Q_OBJECT

public:
    FindInLog(FindBar &bar, LogView &view, LogFeed &feed, QObject *parent);

    /// Another log; see LogFinder::setSource().
    void setSource(std::shared_ptr<LogSource> source);
    /// There is more of the log than was searched.
    void noteGrowth() { m_isOutdated = true; }

private:
    enum class Step { None, Next, Previous };

    void textChanged(const QString &text);
    void findRequested(bool backward);
    void take(const LogMatches &matches);
    void step(Step step);
    void show(const LogMatch &match);
    void tellCount();

    FindBar &m_bar;
    LogView &m_view;
    LogFeed &m_feed;
    LogFinder *m_finder;
    LogMatches m_matches;
    std::optional<LogMatch> m_last;   ///< the match shown last
    std::optional<LogMatch> m_toShow; ///< while the lines around it are read
    Step m_step = Step::None;         ///< to be made once the search has ended
    bool m_isOutdated = true;
};

} // namespace Meanwhile::Ui
