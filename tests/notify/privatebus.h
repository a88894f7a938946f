// SPDX-License-Identifier: MIT
#pragma once

#include <QProcess>
#include <QProcessEnvironment>
#include <QTemporaryDir>

namespace Meanwhile::Testing {

/// A message bus for one test: no program is started by it, and nobody else knows it.
class PrivateBus {
public:
    PrivateBus();
    ~PrivateBus();

    /// Tests that need one are skipped where it is missing.
    static bool isInstalled();
    const QString &address() const { return m_address; }
    /// With nothing but its address in it.
    QProcessEnvironment environment() const;
    void stop();
    /// It keeps its connections and answers nothing any more, until thaw().
    void freeze();
    void thaw();

private:
    QTemporaryDir m_folder;
    QProcess m_process;
    QString m_address;
};

} // namespace Meanwhile::Testing

/// At the start of a test.
#define SKIP_WITHOUT_BUS()                                                                                   \
    do {                                                                                                     \
        if (!Meanwhile::Testing::PrivateBus::isInstalled())                                                  \
            QSKIP("dbus-daemon is not installed: packaging/prepare test");                                   \
    } while (false)
