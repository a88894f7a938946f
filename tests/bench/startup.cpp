// SPDX-License-Identifier: MIT
#include "bench/figures.h"

namespace Meanwhile::Bench {

using namespace Qt::StringLiterals;

QVector<Figure> measureStartup(const Places &places)
{
    constexpr int kRuns = 15;
    const Run product = printRun(places, {});
    Run floor;
    floor.program = places.floors + u"/floor_post"_s;
    floor.arguments = {u"%1/v1/messages"_s, places.scratch.filePath(u"floor.sqlite"_s)};

    Figure time{u"start of -p to the first request"_s, u"ms"_s, {}, {}, 2.5, {}, {}};
    Figure bytes{u"bytes of the first request"_s, u"B"_s, {}, {}, {}, 12'000, {}};
    QVector<double> times;
    QVector<double> floors;
    // The first round makes folders and the database, and is not counted.
    for (int i = 0; i <= kRuns; ++i) {
        const Outcome bare = floor.play(places);
        const Outcome outcome = product.play(places);
        if (outcome.exchanges.isEmpty() || bare.exchanges.isEmpty()) {
            time.note = bytes.note = outcome.failure + bare.failure;
            return {time, bytes};
        }
        bytes.value = double(outcome.exchanges.first().body.size());
        if (i == 0)
            continue;
        times += double(outcome.exchanges.first().arrived) / 1'000;
        floors += double(bare.exchanges.first().arrived) / 1'000;
    }
    time.value = median(times);
    time.floor = median(floors);
    return {time, bytes};
}

} // namespace Meanwhile::Bench
