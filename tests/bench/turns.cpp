// SPDX-License-Identifier: MIT
#include "bench/figures.h"

namespace Meanwhile::Bench {

using namespace Qt::StringLiterals;

namespace {

/// Median gap of the ten turns around `turn`.
double gapAround(const Outcome &outcome, qsizetype turn)
{
    QVector<double> gaps;
    for (qsizetype i = turn - 5; i < turn + 5; ++i)
        gaps += outcome.gapAfter(i);
    return median(gaps);
}

} // namespace

QVector<Figure> measureTurns(const Places &places)
{
    constexpr int kTurns = 505;
    Script script;
    for (int i = 0; i < kTurns; ++i)
        script += Step{{}, {{"bash", {{u"command"_s, u"echo step"_s}}}}};

    Run floor;
    floor.program = places.floors + u"/floor_spawn"_s;
    floor.arguments = {u"%2"_s, u"60"_s};
    const Outcome bare = floor.play(places);
    const Outcome outcome = printRun(places, script).play(places);

    Figure early{u"turn overhead, turn 5"_s, u"ms"_s, {}, {}, {}, 3, outcome.failure + bare.failure};
    Figure late{u"turn overhead, turn 500 (floor: turn 5)"_s, u"ms"_s, {}, {}, 1.25, 3, outcome.failure};
    if (bare.exchanges.size() >= 60)
        early.floor = gapAround(bare, 30);
    if (outcome.exchanges.size() > 10) {
        early.value = gapAround(outcome, 5);
        late.floor = early.value;
    }
    if (outcome.exchanges.size() >= kTurns)
        late.value = gapAround(outcome, 499);
    return {early, late};
}

} // namespace Meanwhile::Bench
