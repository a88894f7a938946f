// SPDX-License-Identifier: MIT
#include "tasks/runnerprocess.h"

#include "base/logging.h"
#include "tasks/processidentity.h"
#include "tasks/runnerimage.h"
#include "tasks/supervisorwatch.h"

#include <QProcess>
#include <QRandomGenerator>

namespace Meanwhile::Tasks {

using namespace Qt::StringLiterals;

namespace {

/// 128 bits that nobody guesses.
QByteArray newToken()
{
    QByteArray bytes(16, Qt::Uninitialized);
    QRandomGenerator::system()->generate(bytes.begin(), bytes.end());
    return bytes.toHex();
}

} // namespace

/// QProcess kills its child and waits for it when it is destroyed; ours lives on.
class RunnerProcess::Process final : public QProcess {
public:
    void letGo() { setProcessState(QProcess::NotRunning); }
};

RunnerProcess::RunnerProcess(QObject *parent)
    : QObject(parent)
    , m_process(std::make_unique<Process>())
{
    m_process->setStandardErrorFile(QProcess::nullDevice());
    connect(m_process.get(), &QProcess::readyReadStandardOutput, this, &RunnerProcess::readLines);
    connect(m_process.get(), &QProcess::finished, this, [this](int code, QProcess::ExitStatus status) {
        readLines();
        tellGone(
            status == QProcess::CrashExit ? u"meanwhile-run was ended by signal %1"_s.arg(code) : QString());
    });
    connect(m_process.get(), &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            tellGone(u"%1: %2"_s.arg(m_process->program(), m_process->errorString()));
    });
}

RunnerProcess::~RunnerProcess()
{
    m_process->disconnect(this);
    m_process->letGo();
}

void RunnerProcess::standBy(const QString &program, const QProcessEnvironment &environment)
{
    m_process->setProcessEnvironment(environment);
    m_process->start(runnerImage(program), {u"--standby"_s});
}

void RunnerProcess::prepare(const Confinement &confinement)
{
    m_process->write(preparationWords(confinement));
}

void RunnerProcess::lookAfter(const QString &program, const QProcessEnvironment &environment, Care care,
    const ProcessIdentity &supervisor, const QString &taskId)
{
    m_process->setProcessEnvironment(environment);
    m_process->start(runnerImage(program),
        {care == Care::Watch ? u"--watch"_s : u"--sweep"_s, QString::number(supervisor.pid),
            QString::number(supervisor.startTicks), taskId});
    m_token = newToken();
    m_process->write(m_token + '\0');
    m_token += ' ';
}

void RunnerProcess::start(const RunnerJob &job)
{
    if (m_process->state() == QProcess::NotRunning)
        return; // gone() is on its way
    m_token = newToken();
    m_process->write(jobWords(job, m_token));
    m_token += ' ';
}

QProcessEnvironment RunnerProcess::environment() const
{
    return m_process->processEnvironment();
}

void RunnerProcess::dismiss()
{
    connect(this, &RunnerProcess::gone, this, &QObject::deleteLater);
    m_process->closeWriteChannel();
}

void RunnerProcess::requestStop(StoppedBy by)
{
    if (pid() > 0)
        requestStopOf(pid(), by);
}

void RunnerProcess::wake()
{
    if (pid() > 0)
        Tasks::wake(pid());
}

qint64 RunnerProcess::pid() const
{
    return m_process->processId();
}

std::optional<ProcessIdentity> RunnerProcess::identity() const
{
    return pid() > 0 ? identityOf(pid()) : std::nullopt;
}

void RunnerProcess::readLines()
{
    while (m_process->canReadLine()) {
        const QByteArray line = m_process->readLine();
        // What somebody else has written without an end of line stands before it.
        const qsizetype begin = m_token.isEmpty() ? -1 : line.indexOf(m_token);
        const std::optional<RunnerEvent> event =
            begin < 0 ? std::nullopt : parseRunnerLine(QByteArrayView(line).sliced(begin + m_token.size()));
        if (event)
            emit reported(*event);
        else
            qCWarning(lcTasks) << "meanwhile-run said" << line;
    }
}

// QProcess reports a failed fork from inside start(); nobody expects an answer before the call is over.
void RunnerProcess::tellGone(const QString &problem)
{
    if (std::exchange(m_isGone, true))
        return;
    QMetaObject::invokeMethod(
        this, [this, problem] { emit gone(problem); }, Qt::QueuedConnection);
}

} // namespace Meanwhile::Tasks
