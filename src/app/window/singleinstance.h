// SPDX-License-Identifier: MIT
#pragma once

#include <QLocalServer>
#include <QLocalSocket>
#include <QObject>

#include <functional>

namespace Meanwhile::App {

/// One window for one state folder: a second start hands its requests to the first and ends.
///
/// States: Asking -> First (server), HandedOver or Refused. Exactly one of isFirst(), handedOver() and
/// refused(), soon after start(). A first that does not answer within a second counts as gone, and its socket
/// is taken over.
/// Commands are not the person: requests of a process that one of our supervisors started, however far above,
/// are refused and change nothing, and nothing is handed to a server of such a process.
/// Thread: GUI thread; never blocks it.
class SingleInstance : public QObject {
    Q_OBJECT

public:
    struct LaunchRequest {
        QString folder; ///< absolute, or empty
        QString send;
        QString resumeId;
        bool continueNewest = false; ///< of the folder
        /// Options that count only in the window that they start, as they were written: "--model a".
        QStringList onlyAtStart = {};
        bool operator==(const LaunchRequest &) const = default;
    };

    /// Whether the process at the other end of this socket runs below a supervisor of commands.
    using IsCommand = std::function<bool(qintptr socketDescriptor)>;

    explicit SingleInstance(const QString &stateFolder, QObject *parent = nullptr);
    SingleInstance(const QString &stateFolder, IsCommand isCommand, QObject *parent = nullptr);

    void start(const LaunchRequest &request);

signals:
    void isFirst();
    void handedOver();
    void refused();
    /// In the first: somebody started the program again.
    void requested(const Meanwhile::App::SingleInstance::LaunchRequest &request);

private:
    void serve();
    void listenTo(QLocalSocket *socket);

    QString m_path;
    IsCommand m_isCommand;
    QLocalServer m_server;
    bool m_decided = false;
};

} // namespace Meanwhile::App
