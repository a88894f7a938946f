// SPDX-License-Identifier: MIT
#include "ui/taskpanel/findinlog.h"

#include "ui/taskpanel/findbar.h"
#include "ui/taskpanel/logfeed.h"
#include "ui/taskpanel/logfinder.h"
#include "ui/taskpanel/logview.h"

#include <algorithm>
#include <utility>

namespace Meanwhile::Ui {

FindInLog::FindInLog(FindBar &bar, LogView &view, LogFeed &feed, QObject *parent)
    : QObject(parent)
    , m_bar(bar)
    , m_view(view)
    , m_feed(feed)
    , m_finder(new LogFinder(this))
{
    connect(&bar, &FindBar::textChanged, this, &FindInLog::textChanged);
    connect(&bar, &FindBar::findRequested, this, &FindInLog::findRequested);
    connect(&bar, &FindBar::opened, this, [this] { textChanged(m_bar.text()); });
    connect(&bar, &FindBar::closed, this, [this] {
        m_finder->cancel();
        m_view.setMarkedText({});
        m_view.setFocus();
    });
    connect(m_finder, &LogFinder::found, this, &FindInLog::take);
    connect(&feed, &LogFeed::partRead, this, [this](const LogPart &part) {
        m_view.showPart(part);
        if (const auto match = std::exchange(m_toShow, {}))
            m_view.select(*match, int(m_matches.text.size()));
    });
}

void FindInLog::setSource(std::shared_ptr<LogSource> source)
{
    m_finder->setSource(std::move(source));
    m_last.reset();
    m_toShow.reset();
    m_matches = {};
    m_isOutdated = true;
    if (m_bar.isVisible())
        textChanged(m_bar.text());
}

void FindInLog::textChanged(const QString &text)
{
    m_step = Step::None;
    m_toShow.reset();
    m_view.setMarkedText(text);
    m_matches = {};
    m_finder->cancel();
    if (text.isEmpty())
        return m_bar.sayNothing();
    m_bar.saySearching();
    m_isOutdated = false;
    m_finder->search(text);
}

void FindInLog::findRequested(bool backward)
{
    const Step wanted = backward ? Step::Previous : Step::Next;
    const QString text = m_bar.text();
    if (text.isEmpty())
        return;
    const bool isSearched = m_matches.text == text;
    if (isSearched && !m_isOutdated)
        return step(wanted);
    m_step = wanted;
    if (!isSearched && !m_isOutdated)
        return; // the search is under way
    m_isOutdated = false;
    m_finder->search(text);
}

void FindInLog::take(const LogMatches &matches)
{
    m_matches = matches;
    tellCount();
    step(std::exchange(m_step, Step::None));
}

// From the match shown last, or else from the first line in sight; round the end of the log.
void FindInLog::step(Step step)
{
    const QVector<LogMatch> &places = m_matches.places;
    if (step == Step::None || places.isEmpty())
        return;
    const bool isAtMatch = m_last && std::binary_search(places.begin(), places.end(), *m_last);
    const LogMatch from = m_last.value_or(LogMatch{m_view.offsetInSight(), 0});
    auto next = isAtMatch && step == Step::Next ? std::upper_bound(places.begin(), places.end(), from)
                                                : std::lower_bound(places.begin(), places.end(), from);
    if (step == Step::Previous)
        next = next == places.begin() ? places.end() - 1 : next - 1;
    else if (next == places.end())
        next = places.begin();
    m_last = *next;
    tellCount();
    show(*next);
}

void FindInLog::show(const LogMatch &match)
{
    m_toShow.reset();
    if (m_view.select(match, int(m_matches.text.size())))
        return;
    m_toShow = match;
    m_feed.requestPart(match.line);
}

void FindInLog::tellCount()
{
    const QVector<LogMatch> &places = m_matches.places;
    const auto at = m_last ? std::lower_bound(places.begin(), places.end(), *m_last) : places.end();
    const bool isAtMatch = at != places.end() && *at == *m_last;
    m_bar.sayCount(isAtMatch ? int(at - places.begin()) + 1 : 0, int(places.size()), m_matches.hasMore,
        m_matches.hasGap);
}

} // namespace Meanwhile::Ui
