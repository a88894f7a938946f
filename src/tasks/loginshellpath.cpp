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

/// printenv rather than "$PATH": fish would print a list. Without stderr, where `set -x` would repeat the
/// markers.
QString command()
{
    return u"exec \"${SHELL:-/bin/sh}\" -lc 'echo; echo %1; printenv PATH; echo %1' 2>/dev/null"_s.arg(
        kMarker);
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
    connect(&m_runner, &RunnerProcess::reported, this, &LoginShellPath::onEvent);
    connect(&m_runner, &RunnerProcess::gone, this, [this] { answer({}); });
}

QFuture<QString> LoginShellPath::read(const QProcessEnvironment &environment, std::chrono::milliseconds limit)
{
    m_promise.start();
    m_runner.standBy(m_runnerPath, environment);
    m_runner.start({m_folder.filePath(u"shell"_s), QDir::rootPath(), command(), kLogCapBytes, limit});
    return m_promise.future();
}

void LoginShellPath::onEvent(const RunnerEvent &event)
{
    const bool isShellGone =
        std::holds_alternative<ShellEnded>(event) || std::holds_alternative<CommandEnded>(event);
    if (!isShellGone || m_isAnswered)
        return;
    m_runner.requestStop(); // what a profile left running
    const Result<TaskLog> log = TaskLog::open(m_folder.filePath(u"shell/log"_s));
    const Result<QString> text = log ? log->text(kReadBytes) : failure(log.error());
    answer(text ? pathIn(*text) : QString());
}

void LoginShellPath::answer(const QString &path)
{
    if (std::exchange(m_isAnswered, true))
        return;
    m_promise.addResult(path);
    m_promise.finish();
}

} // namespace Meanwhile::Tasks
