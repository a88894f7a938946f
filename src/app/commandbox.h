// SPDX-License-Identifier: MIT
#pragma once

#include "permissions/mode.h"
#include "tasks/launchplan.h"

#include <QFuture>
#include <QObject>

namespace Meanwhile::App {

/// Whether this computer can hold commands in a box, and the box of each project.
///
/// Nothing is built before the first project asks. Thread: GUI thread; never blocks it. The file system is
/// read elsewhere.
class CommandBox : public QObject {
    Q_OBJECT

public:
    struct Places {
        QString runnerPath;
        QString stateFolder;     ///< the boxes' private /tmp lies in it
        QStringList ownFolders;  ///< of this program, hidden from commands
        QString home;
    };
    enum class Wish { On, Off };

    /// What commands of a project get. Without a box the confinement is empty.
    struct Fitted {
        Permissions::Box kind = Permissions::Box::None;
        Tasks::Confinement confinement;
    };

    explicit CommandBox(Places places, QObject *parent = nullptr);
    ~CommandBox() override;

    /// Off: the person does without one. Before the first fit().
    void setWish(Wish wish) { m_wish = wish; }
    /// `path` is the commands' PATH. Finishes on the GUI thread.
    QFuture<Fitted> fit(const QString &projectFolder, const QString &path);
    /// Unknown until the first project was fitted.
    Permissions::Box kind() const { return m_kind; }
    /// Why the box is not a full one: in the words of the system, for the person. Empty with Full.
    QString reason() const { return m_reason; }

signals:
    void found();

private:
    QFuture<Permissions::Box> probe();
    void take(const QByteArray &lines);

    Places m_places;
    Wish m_wish = Wish::On;
    Permissions::Box m_kind = Permissions::Box::Unknown;
    QString m_reason;
    QFuture<Permissions::Box> m_probe;
};

} // namespace Meanwhile::App
