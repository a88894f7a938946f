// SPDX-License-Identifier: MIT
#pragma once

#include "base/clock.h"
#include "notify/notifier.h"

#include <QHash>
#include <QTimer>

namespace Meanwhile::Notify {

/// Decides when the person is notified, and of what: while the window is not in front, for an approval, for a
/// task's end, and for the end of a turn that took long. At most one notice a session; what was looked
/// at is withdrawn.
///
/// Approvals come before ends, and ends that were told once are not told again. An approval that was asked
/// while the window was in front is notified of when it still waits some time after the person has left.
/// Thread: GUI thread.  Not owned, must outlive it: the notifier and the clock.
class NoticeBoard : public QObject {
    Q_OBJECT

public:
    struct Switches {
        bool approvals = true;
        bool tasks = true;
        bool turns = true;

        bool operator==(const Switches &) const = default;
    };

    static constexpr std::chrono::seconds kLongTurn{20};
    static constexpr std::chrono::seconds kPatience{20};
    /// A button counts when it has been shown for so long: a click may have been meant for what was there
    /// before.
    static constexpr std::chrono::milliseconds kArming{500};

    NoticeBoard(Notifier &notifier, const Clock &clock, QObject *parent = nullptr);

    void setSwitches(const Switches &switches);
    void setInFront(bool isInFront);
    /// The session that the window shows.
    void setShown(const QString &sessionId);
    void setProject(const QString &sessionId, const QString &name);
    void setPatience(std::chrono::milliseconds patience) { m_patience.setInterval(patience); }

    void ask(const QString &sessionId, const Question &question);
    /// Answered, or no longer asked.
    void settle(const QString &sessionId, const QString &callId);
    void startTurn(const QString &sessionId);
    /// How long it took is known here. No question is left open.
    void endTurn(const QString &sessionId, TurnEnd end);
    void endTask(const QString &sessionId, const Tasks::Task &task);
    void forget(const QString &sessionId);

signals:
    /// Something new waits; also where no notice can be shown.
    void attentionWanted();
    /// By a button, while exactly this call waits for it.
    void answered(const QString &sessionId, const QString &callId, bool isAllowed);
    void openWanted(
        const QString &sessionId, const Meanwhile::Notify::Place &place, const QString &activationToken);

private:
    struct Asked {
        Question question;
        Notice::Keys keys;
        bool isInNotice = false;
        std::optional<std::chrono::milliseconds> since; ///< its buttons stand before the person
    };
    struct Ended {
        End end;
        bool isTold = false;
    };
    struct SessionNotices {
        QString project;
        QVector<Asked> asked; ///< oldest first
        QVector<Ended> ended; ///< to be told, or told and not looked at yet
        std::optional<std::chrono::milliseconds> turnStarted;
        std::optional<Notice> shown;
        bool wasPressedEarly = false; ///< a button of `shown`, before it counted
        Place place;                  ///< of what the newest notice told last
    };

    void notify(const QString &sessionId);
    void addEnd(const QString &sessionId, const End &end);
    void noteLookedAt();
    void notifyOfTheRest();
    Notice noticeOf(const QString &sessionId) const;
    /// Shows, replaces or withdraws, as it is needed now.
    void refresh(const QString &sessionId);
    void noteShown(const QString &sessionId);
    void act(const QString &sessionId, const QString &key, const QString &token);
    void noteClosed(const QString &sessionId, bool byPerson);

    Notifier &m_notifier;
    const Clock &m_clock;
    Switches m_switches;
    bool m_isInFront = true;
    QString m_shown;
    QHash<QString, SessionNotices> m_sessions;
    QTimer m_patience;
};

} // namespace Meanwhile::Notify
