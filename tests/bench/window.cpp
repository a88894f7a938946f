// SPDX-License-Identifier: MIT
#include "base/loopwatch.h"
#include "bench/figures.h"
#include "bench/measure.h"
#include "bench/screen.h"

#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QRegularExpression>
#include <QTimer>

namespace Meanwhile::Bench {

using namespace Qt::StringLiterals;

namespace {

// More than a border or a caret, less than the smallest window.
constexpr double kWindowShows = 0.1;

struct Sample {
    std::optional<double> milliseconds;
    double megabytes = 0;
};

void rest(int milliseconds)
{
    QEventLoop loop;
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec();
}

Sample firstFrame(const Places &places, const QString &program, const QStringList &arguments)
{
    constexpr int kLimitMs = 20'000;
    constexpr int kSettleMs = 1'500;
    Screen screen;
    if (screen.display().isEmpty())
        return {};
    screen.remember();
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"DISPLAY"_s, screen.display());
    environment.insert(u"HOME"_s, places.scratch.path());
    environment.insert(u"MEANWHILE_HOME"_s, places.scratch.filePath(u"meanwhile"_s));
    environment.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
    environment.insert(u"QT_QPA_PLATFORM"_s, u"xcb"_s);
    environment.remove(u"WAYLAND_DISPLAY"_s);
    process.setProcessEnvironment(environment);
    process.setStandardOutputFile(QProcess::nullDevice());
    process.setStandardErrorFile(QProcess::nullDevice());

    QElapsedTimer clock;
    clock.start();
    process.start(program, arguments);
    Sample sample;
    while (!sample.milliseconds && clock.elapsed() < kLimitMs && process.state() != QProcess::NotRunning) {
        rest(1);
        if (screen.changed() > kWindowShows)
            sample.milliseconds = double(clock.nsecsElapsed()) / 1e6;
    }
    if (sample.milliseconds) {
        rest(kSettleMs);
        sample.megabytes = privateMegabytes(process.processId());
    }
    process.kill();
    process.waitForFinished();
    return sample;
}

/// From the program's own log; turns that are too short to be told count as that long.
double longestTurn(const QByteArray &log)
{
    static const QRegularExpression told(u"busy for ([0-9.]+) ms"_s);
    double longest = double(LoopWatch::kWorthTelling.count());
    auto turns = told.globalMatch(QString::fromUtf8(log));
    while (turns.hasNext())
        longest = std::max(longest, turns.next().captured(1).toDouble());
    return longest;
}

} // namespace

QVector<Figure> measureWindow(const Places &places)
{
    constexpr int kRuns = 7;
    Figure time{u"window: start to its first frame"_s, u"ms"_s, {}, {}, 2, {}, {}};
    Figure memory{u"window: memory (PSS)"_s, u"MB"_s, {}, {}, {}, 60, {}};
    QVector<double> times;
    QVector<double> floors;
    QVector<double> megabytes;
    QVector<double> floorMegabytes;
    QDir(places.scratch.path()).mkpath(u"project"_s);
    for (int i = 0; i <= kRuns; ++i) {
        const Sample bare = firstFrame(places, places.floors + u"/floor_window"_s, {});
        const Sample window = firstFrame(places, places.meanwhile(), {places.scratch.filePath(u"project"_s)});
        if (!bare.milliseconds || !window.milliseconds) {
            time.note = memory.note = bare.milliseconds ? u"no window was seen"_s : u"no Xvfb"_s;
            return {time, memory};
        }
        if (i == 0)
            continue;
        times += *window.milliseconds;
        floors += *bare.milliseconds;
        megabytes += window.megabytes;
        floorMegabytes += bare.megabytes;
    }
    time.value = median(times);
    time.floor = median(floors);
    memory.value = median(megabytes);
    memory.floor = median(floorMegabytes);
    return {time, memory};
}

QVector<Figure> measureStreaming(const Places &places)
{
    constexpr int kEvents = 20'000;
    Figure figure{u"window: CPU of 20,000 streamed events"_s, u"s"_s, {}, {}, {}, 0.5, {}};
    Figure gap{u"window: longest turn of its event loop meanwhile"_s, u"ms"_s, {}, {}, {}, 33, {}};
    QVector<double> cpu;
    qint64 program = 0;
    Run run;
    run.program = places.meanwhile();
    Places here;
    run.arguments = {u"--provider"_s, u"anthropic"_s, u"--base-url"_s, u"%1"_s, u"--model"_s, u"scripted"_s,
        u"--permission-mode"_s, u"auto"_s, u"--send"_s, u"hello"_s, here.scratch.filePath(u"project"_s)};
    run.script = {Step{{}, {}, kEvents}};
    run.untilAnswers = 1;
    run.log = u"meanwhile.loop.debug=true"_s;
    run.onRequest = [&](qsizetype, qint64 pid) {
        program = pid;
        cpu += cpuSeconds(pid);
    };
    run.beforeEnd = [&] {
        // What was sent last is shown within a frame or two.
        rest(500);
        cpu += cpuSeconds(program);
    };
    const Screen screen;
    here.programs = places.programs;
    here.floors = places.floors;
    here.display = screen.display();
    const Outcome outcome = run.play(here);
    figure.note = gap.note = outcome.failure;
    if (cpu.size() == 2 && outcome.failure.isEmpty())
        figure.value = cpu.at(1) - cpu.at(0);
    if (outcome.failure.isEmpty())
        gap.value = longestTurn(outcome.output);
    return {figure, gap};
}

QVector<Figure> measureSlowDisk(const Places &places)
{
    constexpr int kTurns = 10;
    Figure gap{u"window: longest turn, a disk that syncs in 200 ms"_s, u"ms"_s, {}, {}, {}, 33, {}};
    Run run;
    run.program = places.meanwhile();
    Places here;
    run.arguments = {u"--provider"_s, u"anthropic"_s, u"--base-url"_s, u"%1"_s, u"--model"_s, u"scripted"_s,
        u"--permission-mode"_s, u"auto"_s, u"--send"_s, u"hello"_s, here.scratch.filePath(u"project"_s)};
    for (int i = 0; i < kTurns; ++i) {
        run.script +=
            Step{{}, {{"write_file", {{u"path"_s, u"file%1.txt"_s.arg(i)}, {u"content"_s, u"x"_s}}}}};
        run.script += Step{{}, {{"bash", {{u"command"_s, u"echo step"_s}}}}};
    }
    run.script += Step{{}, {}, 2'000};
    run.untilAnswers = int(run.script.size());
    run.log = u"meanwhile.loop.debug=true"_s;
    run.preload = places.floors + u"/bench_slowdisk.so"_s;
    run.beforeEnd = [] { rest(500); };
    const Screen screen;
    here.programs = places.programs;
    here.floors = places.floors;
    here.display = screen.display();
    const Outcome outcome = run.play(here);
    gap.note = outcome.failure;
    if (outcome.failure.isEmpty())
        gap.value = longestTurn(outcome.output);
    return {gap};
}

} // namespace Meanwhile::Bench
