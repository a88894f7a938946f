// SPDX-License-Identifier: MIT
#include "notify/privatebus.h"

#include <QFile>
#include <QStandardPaths>
#include <QtTest>

#include <csignal>

namespace Meanwhile::Testing {

using namespace Qt::StringLiterals;

static const QByteArray kConfiguration = R"(<busconfig>
  <type>session</type>
  <listen>unix:path=%1/bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
)";

bool PrivateBus::isInstalled()
{
    return !QStandardPaths::findExecutable(u"dbus-daemon"_s).isEmpty();
}

PrivateBus::PrivateBus()
{
    QFile configuration(m_folder.filePath(u"bus.conf"_s));
    if (!configuration.open(QIODevice::WriteOnly))
        qFatal("the configuration of the bus cannot be written");
    configuration.write(QByteArray(kConfiguration).replace("%1", m_folder.path().toUtf8()));
    configuration.close();
    m_process.start(u"dbus-daemon"_s, {u"--nofork"_s, u"--nopidfile"_s, u"--config-file"_s,
                                          configuration.fileName(), u"--print-address"_s});
    if (!m_process.waitForReadyRead())
        qFatal("dbus-daemon does not start: %s", m_process.readAllStandardError().constData());
    m_address = QString::fromUtf8(m_process.readLine()).trimmed();
}

PrivateBus::~PrivateBus()
{
    thaw();
    stop();
}

QProcessEnvironment PrivateBus::environment() const
{
    QProcessEnvironment environment;
    environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, m_address);
    return environment;
}

void PrivateBus::stop()
{
    m_process.kill();
    m_process.waitForFinished();
}

void PrivateBus::freeze()
{
    ::kill(pid_t(m_process.processId()), SIGSTOP);
}

void PrivateBus::thaw()
{
    if (m_process.processId() > 0)
        ::kill(pid_t(m_process.processId()), SIGCONT);
}

} // namespace Meanwhile::Testing
