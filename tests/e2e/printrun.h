// SPDX-License-Identifier: MIT
#pragma once

#include "support/loopbackserver.h"

#include <QJsonObject>
#include <QTemporaryDir>

#include <functional>
#include <memory>

class QProcess;

namespace Meanwhile::Testing {

/// What `meanwhile -p` came to.
struct PrintResult {
    int exitCode = -1; ///< -1: did not end in time
    QByteArray output;
    QByteArray errors;

    /// The lines of stream-json of this type.
    QList<QJsonObject> lines(const QString &type) const;
    /// All text deltas, joined.
    QString text() const;
    /// For the message of a failed comparison, of which the beginning is shown: what went wrong first.
    QByteArray everything() const { return "exit " + QByteArray::number(exitCode) + ": " + errors + output; }
};

/// Runs `meanwhile -p` in a project and a home of its own, against a scripted server or the demo model.
class PrintRun {
public:
    QString project() const { return m_project.path(); }
    QString path(const QString &name) const { return m_project.filePath(name); }
    /// Where the program keeps what it knows.
    QString state() const { return m_home.filePath(QStringLiteral("meanwhile")); }
    void write(const QString &name, const QByteArray &bytes) const;
    void setVariable(const QString &name, const QString &value) { m_variables.insert(name, value); }
    void setInput(const QByteArray &input) { m_input = input; }
    /// Called once the program runs, e.g. to end it.
    void setWatcher(std::function<void(QProcess &)> watcher) { m_watcher = std::move(watcher); }
    /// Where the tests run as root, the program runs as another user, whom the system holds to its rules.
    /// Call it when the project is as it is to be.
    void asOrdinaryUser();
    /// The current folder in place of the project; any bytes.
    void setCurrentFolder(const QByteArray &path) { m_currentFolder = path; }
    QString home() const { return m_home.path(); }
    void setLimit(int seconds) { m_limitMs = seconds * 1'000; }

    /// With these arguments alone.
    PrintResult run(const QStringList &arguments) const;
    /// stream-json, permission mode auto, this prompt; Anthropic protocol to `server`.
    PrintResult ask(const LoopbackServer &server, const QStringList &more = {}) const;
    PrintResult askDemo(const QString &prompt) const;

private:
    QTemporaryDir m_home;
    QTemporaryDir m_project;
    QMap<QString, QString> m_variables;
    QByteArray m_input;
    QByteArray m_currentFolder;
    std::function<void(QProcess &)> m_watcher;
    int m_limitMs = 60'000;
    bool m_isOrdinaryUser = false;
    QString m_programs; ///< where that user can reach them; empty: as built
    std::shared_ptr<QTemporaryDir> m_copies;
};

} // namespace Meanwhile::Testing
