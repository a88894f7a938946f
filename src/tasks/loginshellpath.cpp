// SPDX-License-Identifier: MIT
#include "tasks/loginshellpath.h"

#include "tasks/tasklog.h"

#include <QDir>

#include <utility>

namespace Meanwhile::Tasks {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kLogCapBytes = 1024 * 1024;
constexpr qint64 kReadBytes = 256 * 1024;
/// Profile files print greetings; the answer stands between two lines that they will not print.
const QString kMarker = u"meanwhile-path-7c1e5a"_s;

/// How often it is asked: as in a terminal, then as a login alone.
const QStringList kFlags{u"-ilc"_s, u"-lc"_s};

/// printenv rather than "$PATH": fish would print a list. Without stderr, where `set -x` would repeat the
/// markers. The same words come on standard input, behind empty lines for whatever asks a question: a start
/// file may become another shell (exec zsh), which then reads them there; zsh is asked again, as it takes its
/// own start files for a terminal only.
QString command(const QString &flags)
{
    const QString words = u"echo; echo %1; printenv PATH; echo %1"_s.arg(kMarker);
    return u"\"${SHELL:-/bin/sh}\" %1 '%2' 2>/dev/null <<'%3-end'\n\n\n\n\n"
           "test -n \"$ZSH_VERSION\" && exec zsh -ilc '%2'\n%2\n%3-end\n"_s.arg(flags, words, kMarker);
}

QString pathIn(const QString &output)
{
    const QStringList lines = output.split(u'\n');
    const qsizetype begin = lines.indexOf(kMarker);
    return begin >= 0 && lines.value(begin + 2) == kMarker ? lines.at(begin + 1) : QString();
}

} // namespace

LoginShellPath::LoginShellPath(const QString &runnerPath, QObject *parent)
    : QObject(parent)
    , m_runnerPath(runnerPath)
{
}

LoginShellPath::~LoginShellPath() = default;

QFuture<QString> LoginShellPath::read(const QProcessEnvironment &environment, std::chrono::milliseconds limit)
{
    m_promise.start();
    m_environment = environment;
    // Start files that see a terminal without abilities leave early.
    m_environment.insert(u"TERM"_s, u"xterm-256color"_s);
    m_limit = limit;
    ask();
    return m_promise.future();
}

void LoginShellPath::ask()
{
    if (m_runner)
        m_runner.release()->deleteLater(); // it is speaking
    m_runner = std::make_unique<RunnerProcess>();
    connect(m_runner.get(), &RunnerProcess::reported, this, &LoginShellPath::onEvent);
    connect(m_runner.get(), &RunnerProcess::gone, this, [this] { conclude({}); });
    const QString folder = m_folder.filePath(kFlags.at(m_asked));
    TaskSpec spec;
    spec.command = command(kFlags.at(m_asked));
    spec.workingDirectory = QDir::rootPath();
    // The first time costs more, and is worth more.
    spec.timeLimit = m_asked++ == 0 ? m_limit * 7 / 10 : m_limit * 3 / 10;
    m_runner->standBy(m_runnerPath, m_environment);
    m_runner->start({folder, planFor(spec, {m_environment, kLogCapBytes}), {}});
}

void LoginShellPath::onEvent(const RunnerEvent &event)
{
    const bool isShellGone = std::holds_alternative<ShellEnded>(event) ||
                             std::holds_alternative<CommandEnded>(event) ||
                             std::holds_alternative<LaunchFailed>(event);
    if (!isShellGone || m_isAnswered)
        return;
    m_runner->requestStop(StoppedBy::Quit); // what a start file left running
    m_runner->disconnect(this);
    const Result<TaskLog> log = TaskLog::open(m_folder.filePath(kFlags.at(m_asked - 1) + u"/log"_s));
    const Result<QString> text = log ? log->text(kReadBytes) : failure(log.error());
    conclude(text ? pathIn(*text) : QString());
}

void LoginShellPath::conclude(const QString &path)
{
    if (m_isAnswered)
        return;
    if (path.isEmpty() && m_asked < kFlags.size())
        return ask();
    m_isAnswered = true;
    m_promise.addResult(path);
    m_promise.finish();
}

} // namespace Meanwhile::Tasks
