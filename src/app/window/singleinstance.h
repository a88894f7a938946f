// SPDX-License-Identifier: MIT
#pragma once

#include <QLocalServer>
#include <QLocalSocket>
#include <QObject>

namespace Meanwhile::App {

/// One window for one state folder: a second start hands its wishes to the first and ends.
///
/// States: Asking -> First (server) or HandedOver. Exactly one of isFirst() and handedOver(), soon after
/// start(). A first that does not answer within a second counts as gone, and its socket is taken over.
/// Thread: GUI thread; never blocks it.
class SingleInstance : public QObject {
    Q_OBJECT

public:
    struct Wish {
        QString folder; ///< absolute, or empty
        QString send;
        QString resumeId;
        bool continueNewest = false; ///< of the folder
        bool operator==(const Wish &) const = default;
    };

    explicit SingleInstance(const QString &stateFolder, QObject *parent = nullptr);

    void start(const Wish &wish);

signals:
    void isFirst();
    void handedOver();
    /// In the first: somebody started the program again.
    void wished(const Meanwhile::App::SingleInstance::Wish &wish);

private:
    void serve();
    void listenTo(QLocalSocket *socket);

    QString m_path;
    QLocalServer m_server;
    bool m_decided = false;
};

} // namespace Meanwhile::App
