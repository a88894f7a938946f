// SPDX-License-Identifier: MIT
#pragma once

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVirtualObject>
#include <QVariantMap>
#include <QVector>

namespace Meanwhile::Testing {

/// Shows notifications, which is to write down what it is asked, and says what the test wants. It may be any
/// program on the bus: to send its signals it need not have the name.
class ScriptedDaemon : public QDBusVirtualObject {
    Q_OBJECT

public:
    struct Shown {
        quint32 id = 0; ///< as it was answered
        quint32 replaces = 0;
        QString app;
        QString icon;
        QString summary;
        QString body;
        QStringList actions;
        QVariantMap hints;
        int timeout = 0;

        /// The key of the button with these words; empty: there is none.
        QString key(const QString &words) const;
    };

    explicit ScriptedDaemon(const QString &address, const QStringList &abilities = full());
    ~ScriptedDaemon() override;

    static QStringList full();
    /// False: somebody else has the name.
    bool takeName();
    void giveUpName();
    /// It takes calls and answers none.
    void setSilent(bool isSilent) { m_isSilent = isSilent; }
    /// The next so many notices are answered with an error and not shown.
    void refuse(int count) { m_refusals = count; }
    /// Calls of this method are carried out, and answered only by letGo().
    void hold(const QString &method) { m_heldMethod = method; }
    void letGo();
    void setAbilities(const QStringList &abilities) { m_abilities = abilities; }

    void click(quint32 id, const QString &key, const QString &token = {});
    /// 1: shown long enough, 2: by the person.
    void tellClosed(quint32 id, quint32 reason);

    QVector<Shown> shown;
    QVector<quint32> closed; ///< by who had it shown
    int questions = 0;       ///< what it can do was asked
    int refused = 0;

    bool handleMessage(const QDBusMessage &message, const QDBusConnection &connection) override;
    QString introspect(const QString &) const override { return {}; }

private:
    void emitSignal(const QString &name, const QVariantList &arguments);

    QString m_connectionName;
    QDBusConnection m_bus;
    QStringList m_abilities;
    bool m_isSilent = false;
    int m_refusals = 0;
    QString m_heldMethod;
    QList<QDBusMessage> m_held;
    quint32 m_lastId = 0;
};

} // namespace Meanwhile::Testing
