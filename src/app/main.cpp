// SPDX-License-Identifier: MIT
// `meanwhile-print`: everything that needs no window. Started by `meanwhile`, which has the same arguments.
#include "app/commandline.h"
#include "app/foldernames.h"
#include "app/headlessrun.h"
#include "app/programfile.h"
#include "base/logging.h"
#include "base/ownmemory.h"
#include "base/stopsignals.h"
#include "base/threadlimit.h"

#include <QCoreApplication>
#include <QElapsedTimer>

#include <cstdio>

using namespace Meanwhile;
using namespace Qt::StringLiterals;

namespace {

/// The store's, the checkpoints', the network's, the pool's for tools, and the processes of the first
/// command: what a run cannot do without.
constexpr int kThreads = 12;

int say(std::FILE *file, const QString &text, int status)
{
    const bool isPrinted = std::fputs(qUtf8Printable(text + u'\n'), file) >= 0 && std::fflush(file) == 0;
    return status == 0 && !isPrinted ? 1 : status;
}

// "-p -": reads the prompt from standard input.
QString promptFrom(const QString &given)
{
    if (given != u"-"_s)
        return given;
    QFile input;
    return input.open(stdin, QIODevice::ReadOnly) ? QString::fromUtf8(input.readAll()) : QString();
}

} // namespace

int main(int argc, char **argv)
{
    keepOwnMemory();
    handleStartMessages();
    QElapsedTimer sinceStart;
    sinceStart.start();
    QCoreApplication::setApplicationName(u"meanwhile"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(MEANWHILE_VERSION));
    QCoreApplication app(argc, argv);
    applyLogRules();

    const Result<App::CommandLine> asked = App::CommandLine::parse(App::givenArguments(argc, argv));
    if (!asked)
        return say(stderr, u"meanwhile: "_s + asked.error().message, 2);
    if (asked->showHelp)
        return say(stdout, App::CommandLine::helpText(), 0);
    if (asked->showVersion)
        return say(stdout, u"meanwhile "_s + app.applicationVersion(), 0);
    if (!asked->print)
        return say(stderr, App::becomeProgram(u"meanwhile-window"_s, argv).message, 1);

    const App::StartEnvironment environment = App::StartEnvironment::takeOwn();
    const StatePaths paths = StatePaths::fromEnvironment(environment.variables());
    if (const Result<void> own = paths.checkOwner(); !own)
        return say(stderr, u"meanwhile: "_s + own.error().message, 1);
    Result<App::CommandLine> line = asked->resolved(paths);
    if (!line)
        return say(stderr, u"meanwhile: "_s + line.error().message, 2);
    if (const Result<void> threads = checkThreads(kThreads); !threads)
        return say(stderr, u"meanwhile: "_s + threads.error().message, 1);
    line->print = promptFrom(*line->print);
    App::Program program(environment, app.applicationDirPath());
    App::HeadlessRun run(program, *line, App::Printer::make(line->format, sinceStart));
    QObject::connect(&run, &App::HeadlessRun::ended, &app, &QCoreApplication::exit, Qt::QueuedConnection);
    StopSignals stopSignals;
    QObject::connect(&stopSignals, &StopSignals::received, &run, &App::HeadlessRun::interrupt);
    QMetaObject::invokeMethod(&run, &App::HeadlessRun::start, Qt::QueuedConnection);
    const int status = app.exec();
    StopSignals::limitTheEnd(status, StopSignals::kOrderlyEnd);
    return status;
}
