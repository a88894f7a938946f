// SPDX-License-Identifier: MIT
#include "bench/run.h"

#include "bench/measure.h"

#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTimer>

namespace Meanwhile::Bench {

using namespace Qt::StringLiterals;

namespace {

QProcessEnvironment environmentFor(const Places &places)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : environment.keys()) {
        if (name.startsWith(u"ANTHROPIC_"_s) || name.startsWith(u"OPENAI_"_s) || name.startsWith(u"XDG_"_s) ||
            name.startsWith(u"QT_"_s))
            environment.remove(name);
    }
    environment.insert(u"HOME"_s, places.scratch.path());
    environment.insert(u"MEANWHILE_HOME"_s, places.scratch.filePath(u"meanwhile"_s));
    environment.insert(u"ANTHROPIC_API_KEY"_s, u"bench"_s);
    environment.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
    environment.remove(u"WAYLAND_DISPLAY"_s);
    if (places.display.isEmpty())
        environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
    else
        environment.insert(u"DISPLAY"_s, places.display);
    return environment;
}

QString reasonOf(QProcess &process)
{
    const QString words = QString::fromUtf8(process.readAll()).trimmed().section(u'\n', -1).left(120);
    return words.isEmpty() ? u"exit %1"_s.arg(process.exitCode()) : words;
}

} // namespace

double Outcome::gapAfter(qsizetype index) const
{
    if (index + 1 >= exchanges.size())
        return 0;
    return double(exchanges.at(index + 1).begun - exchanges.at(index).answered) / 1'000.0;
}

double Outcome::uploadOf(qsizetype index) const
{
    return double(exchanges.at(index).arrived - exchanges.at(index).begun) / 1'000.0;
}

Outcome Run::play(const Places &places) const
{
    Outcome outcome;
    QElapsedTimer clock;
    QEventLoop loop;
    QProcess process;
    Testing::LoopbackServer server;
    qint64 begun = 0; // one connection asks at a time
    QObject::connect(
        &server, &Testing::LoopbackServer::begun, &loop, [&] { begun = clock.nsecsElapsed() / 1'000; });
    server.setFallback([&](const Testing::ReceivedRequest &request) {
        Exchange exchange;
        exchange.begun = begun;
        exchange.arrived = clock.nsecsElapsed() / 1'000;
        exchange.wallArrived = microsecondsSince1970();
        exchange.body = request.body;
        outcome.exchanges += exchange;
        if (outcome.exchanges.size() == 1)
            process.readAll();
        if (onRequest)
            onRequest(outcome.exchanges.size() - 1, process.processId());
        return answerFor(script, outcome.exchanges.size() - 1);
    });
    int answers = 0;
    QObject::connect(&server, &Testing::LoopbackServer::answered, &loop, [&](int index) {
        outcome.exchanges[index].answered = clock.nsecsElapsed() / 1'000;
        if (++answers == untilAnswers)
            loop.quit();
    });
    QObject::connect(&process, &QProcess::finished, &loop, &QEventLoop::quit);
    QObject::connect(&process, &QProcess::errorOccurred, &loop, &QEventLoop::quit);
    QTimer::singleShot(limitSeconds * 1'000, &loop, [&] {
        outcome.failure = u"not done after %1 s"_s.arg(limitSeconds);
        loop.quit();
    });

    QStringList words = arguments;
    for (QString &word : words)
        word.replace(u"%1"_s, server.url(QString()).toString())
            .replace(u"%2"_s, QString::number(server.url().port()));
    QDir(places.scratch.path()).mkpath(u"project"_s);
    process.setWorkingDirectory(places.scratch.filePath(u"project"_s));
    QProcessEnvironment environment = environmentFor(places);
    if (!log.isEmpty())
        environment.insert(u"MEANWHILE_LOG"_s, log);
    if (!preload.isEmpty())
        environment.insert(u"LD_PRELOAD"_s, preload);
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.setStandardInputFile(QProcess::nullDevice());
    clock.start();
    process.start(program, words);
    loop.exec();

    outcome.ended = clock.nsecsElapsed() / 1'000;
    if (untilAnswers > 0 && answers >= untilAnswers) {
        if (beforeEnd)
            beforeEnd();
        outcome.output = process.readAll();
        process.terminate();
        process.waitForFinished(3'000);
    } else if (process.state() != QProcess::NotRunning) {
        process.kill();
        process.waitForFinished();
    } else if (outcome.failure.isEmpty() &&
               (process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)) {
        outcome.failure = reasonOf(process);
    }
    return outcome;
}

Run printRun(const Places &places, const Script &script)
{
    Run run;
    run.program = places.meanwhile();
    run.arguments = {u"--provider"_s, u"anthropic"_s, u"--base-url"_s, u"%1"_s, u"--model"_s, u"scripted"_s,
        u"--permission-mode"_s, u"auto"_s, u"--print"_s, u"hello"_s};
    run.script = script;
    return run;
}

} // namespace Meanwhile::Bench
