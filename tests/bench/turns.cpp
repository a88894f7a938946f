// SPDX-License-Identifier: MIT
#include "bench/figures.h"

namespace Meanwhile::Bench {

using namespace Qt::StringLiterals;

namespace {

constexpr int kTurns = 505;
constexpr int kShortRuns = 5;

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

} // namespace

QVector<Figure> measureTurns(const Places &places)
{
    Run floor;
    floor.program = places.floors + u"/floor_spawn"_s;
    floor.arguments = {u"%2"_s, u"20"_s};
    Figure early{u"turn overhead, turn 5"_s, u"ms"_s, {}, {}, {}, 3, {}};
    Figure late{u"turn overhead, turn 500 (floor: turn 5)"_s, u"ms"_s, {}, {}, 1.25, 3, {}};

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
    return {early, late};
}

} // namespace Meanwhile::Bench
