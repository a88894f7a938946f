// SPDX-License-Identifier: MIT
#include "bench/figures.h"
#include "bench/measure.h"

#include <QElapsedTimer>

namespace Meanwhile::Bench {

using namespace Qt::StringLiterals;

namespace {

const QString kFlood = QStringLiteral("head -c 100000000 /dev/zero | tr '\\0' x | fold -w 80");

double secondsIntoFile(const Places &places)
{
    QProcess shell;
    shell.setWorkingDirectory(places.scratch.path());
    QElapsedTimer clock;
    clock.start();
    shell.start(u"/bin/sh"_s, {u"-c"_s, kFlood + u" > flood.txt"_s});
    shell.waitForFinished(60'000);
    return double(clock.nsecsElapsed()) / 1e9;
}

struct Sample {
    double seconds = 0;
    double growth = 0;
    QString failure;
};

/// From the end of the first answer to the arrival of the last request, which carries the result.
Sample sample(const Places &places, const Script &script)
{
    QVector<double> peaks;
    Run run = printRun(places, script);
    run.onRequest = [&peaks](qsizetype, qint64 pid) { peaks += peakMegabytes(pid); };
    const Outcome outcome = run.play(places);
    if (!outcome.failure.isEmpty() || outcome.exchanges.size() <= script.size())
        return {0, 0, outcome.failure.isEmpty() ? u"too few requests"_s : outcome.failure};
    const Exchange &first = outcome.exchanges.first();
    return {double(outcome.exchanges.at(script.size()).arrived - first.answered) / 1e6,
        peaks.at(script.size()) - peaks.first(), {}};
}

QVector<Figure> flood(const Places &places, const QString &how, const Script &script)
{
    constexpr int kRuns = 5;
    Figure time{u"100 MB from a command, "_s + how, u"s"_s, {}, {}, 1.2, {}, {}};
    // The 16 MB that are kept are held in memory while they are checked.
    Figure memory{u"growth of the program with it"_s, u"MB"_s, {}, {}, {}, 28, {}};
    QVector<double> seconds;
    QVector<double> floors;
    QVector<double> growth;
    for (int i = 0; i < kRuns; ++i) {
        floors += secondsIntoFile(places);
        const Sample one = sample(places, script);
        if (!one.failure.isEmpty()) {
            time.note = memory.note = one.failure;
            return {time, memory};
        }
        seconds += one.seconds;
        growth += one.growth;
    }
    time.value = median(seconds);
    time.floor = median(floors);
    memory.value = median(growth);
    return {time, memory};
}

} // namespace

QVector<Figure> measureFlood(const Places &places)
{
    const Step foreground{{}, {{"bash", {{u"command"_s, kFlood}}}}};
    const Step background{{}, {{"background_run", {{u"command"_s, kFlood}}}}};
    const Step wait{{}, {{"wait_background", {{u"mode"_s, u"all"_s}, {u"timeout_s"_s, 60}}}}};
    return flood(places, u"foreground"_s, {foreground}) + flood(places, u"background"_s, {background, wait});
}

} // namespace Meanwhile::Bench
