// SPDX-License-Identifier: MIT
#include "e2e/printrun.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QProcess>
#include <QSignalSpy>

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
    process.start(
        qEnvironmentVariable("MEANWHILE_BIN_DIR", QCoreApplication::applicationDirPath() + u"/../bin"_s) +
            u"/meanwhile"_s,
        arguments);
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
