// SPDX-License-Identifier: MIT
#include "bench/figures.h"

namespace Meanwhile::Bench {

using namespace Qt::StringLiterals;

namespace {

Call background(const QString &command)
{
    return {"background_run", {{u"command"_s, markedCommand(command)}}};
}

Call waitForAll()
{
    return {"wait_background", {{u"mode"_s, u"all"_s}, {u"timeout_s"_s, 60}}};
}

/// From the last words of the newest command that `body` tells of, to the arrival of that request.
std::optional<double> delayOf(const Outcome &outcome)
{
    for (const Exchange &exchange : outcome.exchanges) {
        if (const qint64 mark = markIn(exchange.body))
            return double(exchange.wallArrived - mark) / 1'000;
    }
    return {};
}

Figure delay(const Places &places, const QString &what, double aim, const Script &script)
{
    constexpr int kRuns = 7;
    Figure figure{what, u"ms"_s, {}, {}, {}, aim, {}};
    QVector<double> delays;
    for (int i = 0; i < kRuns; ++i) {
        const Outcome outcome = printRun(places, script).play(places);
        const std::optional<double> one = delayOf(outcome);
        if (!one) {
            figure.note = outcome.failure.isEmpty() ? u"no request carried the result"_s : outcome.failure;
            return figure;
        }
        delays += *one;
    }
    figure.value = median(delays);
    return figure;
}

} // namespace

QVector<Figure> measureTaskEnds(const Places &places)
{
    const Step start{{}, {background(u"sleep 0.3"_s)}};
    return {
        delay(places, u"task end to the request that carries it, waiting"_s, 5,
            {start, Step{{}, {waitForAll()}}}),
        delay(places, u"task end to the request that carries it, idle"_s, 30, {start, Step{"Waiting.", {}}}),
    };
}

QVector<Figure> measureMakespan(const Places &places)
{
    const Script script{
        Step{{}, {background(u"sleep 2"_s), background(u"sleep 4"_s), background(u"sleep 6"_s)}},
        Step{{}, {{"write_file", {{u"path"_s, u"note.txt"_s}, {u"content"_s, u"hello\n"_s}}}}},
        Step{{}, {waitForAll()}},
        Step{"All three have ended and note.txt is there.", {}},
    };
    const Outcome outcome = printRun(places, script).play(places);
    Figure figure{u"sleep 2, 4 and 6, a file and a report"_s, u"s"_s, {}, 6, {}, 6.05, outcome.failure};
    Figure requests{u"requests for it"_s, QString(), {}, {}, {}, 4, {}};
    if (outcome.failure.isEmpty() && outcome.exchanges.size() >= script.size()) {
        figure.value = double(outcome.exchanges.last().answered - outcome.exchanges.first().arrived) / 1e6;
        requests.value = double(outcome.exchanges.size());
    }
    return {figure, requests};
}

} // namespace Meanwhile::Bench
