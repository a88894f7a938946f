// SPDX-License-Identifier: MIT
#pragma once

#include "base/descriptor.h"
#include "notify/busprobe.h"
#include "notify/noticetext.h"
#include "notify/notifier.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QHash>
#include <QProcessEnvironment>
#include <QTimer>

#include <functional>

namespace Meanwhile::Notify {

/// Notifications as the freedesktop.org specification has them, over a connection of its own to the bus of
/// this login.
///
/// States: NotAsked -> Looking -> Reached, or a reason why not; back when the program that shows them goes,
/// comes or falls silent. What is answered late still counts; a notice that is no longer wanted by then is
/// closed. Nothing is connected before the first show() or look(), and no bus is started. Only the program
/// that answered at first is spoken to and listened to, by its name on the bus that nobody else can have;
/// never one that a command of ours started, since it could answer what the command asks. Thread: GUI thread;
/// never blocks it: a bus is asked before it is connected to, on another thread, and calls are asynchronous.
class FreedesktopNotifier final : public Notifier {
    Q_OBJECT

public:
    /// Whether a process, or who listens on a socket, is or was started by a command of ours.
    struct Commands {
        std::function<bool(qint64 pid)> isProcess;
        std::function<bool(qintptr socketDescriptor)> isPeer;
    };

    static constexpr std::chrono::milliseconds kAnswerLimit{2000};
    /// What was refused is sent once more after it: some daemons take only so many in a moment.
    static constexpr std::chrono::milliseconds kResendPause{5000};

    FreedesktopNotifier(const QProcessEnvironment &environment, Commands commands, QObject *parent = nullptr);
    ~FreedesktopNotifier() override;

    void show(const Notice &notice) override;
    void withdraw(const QString &sessionId) override;
    void look() override;
    Reach reach() const override { return m_reach; }
    void setAnswerLimit(std::chrono::milliseconds limit) { m_answerLimit = limit; }
    void setResendPause(std::chrono::milliseconds pause) { m_resendPause = pause; }

private slots:
    void noteAction(const QDBusMessage &message);
    void noteToken(const QDBusMessage &message);
    void noteClosed(const QDBusMessage &message);
    void noteOwner(const QDBusMessage &message);
    void noteDisconnected();

private:
    /// What a session says, and what the bus knows of it.
    struct SentNotice {
        Notice notice;
        quint32 id = 0; ///< 0: not shown
        int number = 0; ///< of the last Notify
        bool isUnderWay = false;
        bool isLate = false;  ///< the answer to what is under way should be here
        bool isShown = false; ///< the notice as it is, or it is under way
        bool isRefused = false;
        bool isWithdrawn = false;
    };
    /// What was once shown by this id, for late clicks.
    struct Shown {
        QString sessionId;
        QStringList keys;
    };
    using Then = std::function<void(const QDBusMessage &)>;

    void connectTo(const QString &address);
    void noteConnected(bool isConnected);
    void endConnecting(Reach why);
    void listen();
    void askAbilities();
    void askWho(const QString &owner);
    /// `then` gets the answer or an error; not called for what was asked of somebody else than there is now.
    void ask(const QDBusMessage &message, int timeLimitMs, const Then &then);
    void setReach(Reach reach);
    /// Nobody shows anything of ours any more.
    void lose(Reach why);
    void beReached();
    void send(const QString &sessionId);
    void noteLate(const QString &sessionId, int number);
    void noteSent(const QString &sessionId, int number, const QStringList &keys, const QDBusMessage &answer);
    void noteRefused(const QString &sessionId, const QDBusMessage &error);
    void remember(const QString &sessionId, quint32 id, const QStringList &keys);
    void close(quint32 id);
    bool isFromDaemon(const QDBusMessage &message) const;

    QProcessEnvironment m_environment;
    Commands m_commands;
    QString m_connectionName;
    QDBusConnection m_bus;
    std::chrono::milliseconds m_answerLimit = kAnswerLimit;
    std::chrono::milliseconds m_resendPause = kResendPause;
    BusProbe m_probe;
    Descriptor m_door; ///< to the socket that was knocked at, until the next one
    QString m_address; ///< of the bus that is being connected to
    QTimer m_limit;    ///< runs while a connection is being made
    bool m_isConnecting = false;
    Reach m_reach = Reach::NotAsked;
    QString m_owner; ///< the unique name of who shows notifications
    int m_asked = 0; ///< answers to what was asked before are dropped
    Abilities m_abilities;
    QHash<QString, SentNotice> m_sent; ///< by session
    int m_lastNumber = 0;
    int m_question = 0; ///< the number of the last one what it can do
    QHash<quint32, Shown> m_shown;
    QVector<quint32> m_shownInOrder;
    QHash<quint32, QString> m_tokens;
};

} // namespace Meanwhile::Notify
