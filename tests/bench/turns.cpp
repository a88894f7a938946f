// SPDX-License-Identifier: MIT
#include "bench/figures.h"

namespace Meanwhile::Bench {

using namespace Qt::StringLiterals;

namespace {

constexpr int kTurns = 505;
constexpr int kShortRuns = 5;
constexpr int kBareTurns = 20;

Script echoes(int turns)
{
    return Script(turns, Step{{}, {{"bash", {{u"command"_s, u"echo step"_s}}}}});
}

/// The gaps after these answers; fewer when the run did not get so far.
QVector<double> gaps(const Outcome &outcome, qsizetype first, qsizetype last)
{
    QVector<double> found;
    for (qsizetype i = first; i <= last && i + 1 < outcome.exchanges.size(); ++i)
        found += outcome.gapAfter(i);
    return found;
}

/// How long these requests' bodies were on their way.
QVector<double> uploads(const Outcome &outcome, qsizetype first, qsizetype last)
{
    QVector<double> found;
    for (qsizetype i = first; i <= last && i < outcome.exchanges.size(); ++i)
        found += outcome.uploadOf(i);
    return found;
}

/// The least that a turn must do, with so many bytes to send.
Run bareTurns(const Places &places, qsizetype bytes = 0)
{
    Run bare;
    bare.program = places.floors + u"/floor_spawn"_s;
    bare.arguments = {u"%2"_s, QString::number(kBareTurns), QString::number(bytes)};
    return bare;
}

} // namespace

QVector<Figure> measureTurns(const Places &places)
{
    const Run floor = bareTurns(places);
    Figure early{u"turn overhead, turn 5"_s, u"ms"_s, {}, {}, {}, 3, {}};
    Figure late{u"turn overhead, turn 500 (floor: turn 5)"_s, u"ms"_s, {}, {}, 1.25, 3, {}};
    Figure body{u"the body of request 500 on its way"_s, u"ms"_s, {}, {}, {}, 1.5, {}};

    QVector<double> bare;
    QVector<double> fifth;
    for (int i = 0; i < kShortRuns; ++i) {
        bare += gaps(floor.play(places), 3, 18);
        const Outcome outcome = printRun(places, echoes(10)).play(places);
        early.note = outcome.failure;
        fifth += gaps(outcome, 3, 8);
    }
    const Outcome outcome = printRun(places, echoes(kTurns)).play(places);
    late.note = outcome.failure;
    const QVector<double> fiveHundredth = gaps(outcome, kTurns - 30, kTurns - 1);

    if (!bare.isEmpty())
        early.floor = median(bare);
    if (!fifth.isEmpty())
        late.floor = early.value = median(fifth);
    if (!fiveHundredth.isEmpty())
        late.value = median(fiveHundredth);
    body.note = outcome.failure;
    if (outcome.exchanges.size() >= kTurns) {
        body.value = median(uploads(outcome, kTurns - 30, kTurns - 1));
        const qsizetype bytes = outcome.exchanges.at(kTurns - 15).body.size();
        const QVector<double> least = uploads(bareTurns(places, bytes).play(places), 3, kBareTurns - 2);
        if (!least.isEmpty())
            body.floor = median(least);
    }
    return {early, late, body};
}

} // namespace Meanwhile::Bench
