// SPDX-License-Identifier: MIT
#pragma once

#include <QDBusConnection>
#include <QDBusMessage>
#include <QObject>
#include <QProcess>
#include <QProcessEnvironment>
#include <QSet>
#include <QTemporaryDir>
#include <QVector>

#include <optional>

namespace Meanwhile::Testing {

/// Numbers of the accessibility bus.
enum class SpokenRole { Alert = 2, Frame = 23, List = 31, ListItem = 32, Button = 43, Paragraph = 73 };
enum class SpokenState {
    Collapsed = 5,
    Enabled = 8,
    Expandable = 9,
    Expanded = 10,
    Focused = 12,
    Showing = 25
};

/// An object of a program, as it was when it was looked at.
struct SpokenObject {
    QString service;
    QString path;
    QString parent; ///< its path
    uint role = 0;
    QString name;
    QString description;
    QSet<uint> states;

    bool is(SpokenRole wanted) const { return role == uint(wanted); }
    bool has(SpokenState state) const { return states.contains(uint(state)); }
};

struct SpokenEvent {
    QString path;
    QString kind; ///< "Announcement", "PropertyChange", …
    QString detail;
    int value = 0;
    QString words;
};

/// A display, a session bus with an accessibility bus behind it, and a reader that listens there.
class ScreenReader : public QObject {
    Q_OBJECT

public:
    ScreenReader();
    ~ScreenReader() override;

    /// What is not installed of what this needs; empty: it can be used.
    static QString missing();
    /// For a program that is to be heard.
    QProcessEnvironment environment() const;

    /// Of the first program that has come: the window and all below it, each before its children.
    QVector<SpokenObject> tree() const;
    std::optional<SpokenObject> find(SpokenRole role, const QString &name) const;
    QVector<SpokenObject> findAll(SpokenRole role) const;
    /// Answer of a method; invalid where the object does not have it.
    QVariantList ask(const SpokenObject &object, const QString &interface, const QString &method,
        const QVariantList &arguments = {}) const;
    QString text(const SpokenObject &object) const;
    void press(const SpokenObject &object) const;

    const QVector<SpokenEvent> &events() const { return m_events; }
    void forgetEvents() { m_events.clear(); }
    QStringList announcements() const;

private slots:
    void note(const QDBusMessage &message);

private:
    void startDisplay();
    void startBus();
    void listen();
    void look(
        const QString &service, const QString &path, const QString &parent, QVector<SpokenObject> &all) const;
    QVector<QPair<QString, QString>> childrenOf(const QString &service, const QString &path) const;
    QVariant property(const QString &service, const QString &path, const QString &name) const;

    QTemporaryDir m_folder;
    QProcess m_display;
    QProcess m_bus;
    QString m_displayName;
    QString m_busAddress;
    QDBusConnection m_session{QString()};
    QDBusConnection m_spoken{QString()};
    QVector<SpokenEvent> m_events;
};

} // namespace Meanwhile::Testing
