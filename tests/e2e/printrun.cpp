// SPDX-License-Identifier: MIT
#include "e2e/printrun.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonDocument>
#include <QProcess>
#include <QSignalSpy>

#include <grp.h>
#include <unistd.h>

namespace Meanwhile::Testing {

using namespace Qt::StringLiterals;

QList<QJsonObject> PrintResult::lines(const QString &type) const
{
    QList<QJsonObject> found;
    for (const QByteArray &line : output.split('\n')) {
        const QJsonObject object = QJsonDocument::fromJson(line).object();
        if (object.value(u"type"_s).toString() == type)
            found += object;
    }
    return found;
}

QString PrintResult::text() const
{
    QString all;
    for (const QJsonObject &line : lines(u"text"_s))
        all += line.value(u"delta"_s).toString();
    return all;
}

void PrintRun::write(const QString &name, const QByteArray &bytes) const
{
    QFile file(path(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qWarning("cannot write %s", qPrintable(name));
}

namespace {

constexpr uid_t kOrdinaryUser = 65534;

QString builtPrograms()
{
    return qEnvironmentVariable("MEANWHILE_BIN_DIR", QCoreApplication::applicationDirPath() + u"/../bin"_s);
}

// Everybody may pass through all folders above it.
bool isReachable(const QString &folder)
{
    for (QString path = QFileInfo(folder).canonicalFilePath();; path = QFileInfo(path).path()) {
        if (!QFile::permissions(path).testFlag(QFile::ExeOther))
            return false;
        if (path == u"/"_s)
            return true;
    }
}

void giveAway(const QString &folder)
{
    QProcess::execute(u"chown"_s, {u"-R"_s, u"%1:%1"_s.arg(kOrdinaryUser), folder});
}

} // namespace

void PrintRun::asOrdinaryUser()
{
    if (getuid() != 0)
        return;
    m_isOrdinaryUser = true;
    giveAway(m_home.path());
    giveAway(m_project.path());
    if (isReachable(builtPrograms()))
        return;
    m_copies = std::make_shared<QTemporaryDir>();
    QFile::setPermissions(m_copies->path(), QFile::Permissions(0x7755));
    QProcess::execute(u"cp"_s, {u"-rL"_s, builtPrograms(), m_copies->filePath(u"bin"_s)});
    QProcess::execute(u"cp"_s, {u"-rL"_s, builtPrograms() + u"/../lib"_s, m_copies->filePath(u"lib"_s)});
    m_programs = m_copies->filePath(u"bin"_s);
}

PrintResult PrintRun::run(const QStringList &arguments) const
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"HOME"_s, m_home.path());
    environment.insert(u"MEANWHILE_HOME"_s, m_home.filePath(u"meanwhile"_s));
    for (auto it = m_variables.cbegin(); it != m_variables.cend(); ++it)
        environment.insert(it.key(), it.value());

    QProcess process;
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(project());
    QSignalSpy finished(&process, &QProcess::finished);
    process.setChildProcessModifier([this] {
        if (!m_currentFolder.isEmpty() && chdir(m_currentFolder.constData()) != 0)
            _exit(98);
        if (m_isOrdinaryUser &&
            (setgroups(0, nullptr) != 0 || setgid(kOrdinaryUser) != 0 || setuid(kOrdinaryUser) != 0))
            _exit(99);
    });
    process.start((m_programs.isEmpty() ? builtPrograms() : m_programs) + u"/meanwhile"_s, arguments);
    process.write(m_input);
    process.closeWriteChannel();
    if (m_watcher)
        m_watcher(process);
    PrintResult result;
    if (process.state() != QProcess::NotRunning && finished.isEmpty())
        finished.wait(m_limitMs);
    if (process.state() == QProcess::NotRunning && process.error() == QProcess::UnknownError &&
        process.exitStatus() == QProcess::NormalExit)
        result.exitCode = process.exitCode();
    process.kill();
    process.waitForFinished();
    result.output = process.readAllStandardOutput();
    result.errors = process.readAllStandardError();
    return result;
}

PrintResult PrintRun::ask(const LoopbackServer &server, const QStringList &more) const
{
    const QStringList arguments{u"--provider"_s, u"anthropic"_s, u"--base-url"_s,
        server.url(QString()).toString(), u"--model"_s, u"scripted"_s, u"--permission-mode"_s, u"auto"_s,
        u"--output-format"_s, u"stream-json"_s, u"--print"_s, u"Go on."_s};
    return run(arguments + more);
}

PrintResult PrintRun::askDemo(const QString &prompt) const
{
    return run({u"--provider"_s, u"demo"_s, u"--permission-mode"_s, u"auto"_s, u"--output-format"_s,
        u"stream-json"_s, u"--print"_s, prompt});
}

} // namespace Meanwhile::Testing
