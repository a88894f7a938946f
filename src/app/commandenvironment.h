// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QProcessEnvironment>
#include <QStringList>

#include <memory>

namespace Meanwhile::Tasks {
class LoginShellPath;
}

namespace Meanwhile::App {

/// What commands of this program get of its environment.
///
/// After a start from a desktop, the login shell is asked once for its PATH; changed() tells
/// when the answer is in. Thread: GUI thread; never blocks it.
class CommandEnvironment : public QObject {
    Q_OBJECT

public:
    CommandEnvironment(const QProcessEnvironment &own, const QString &runnerPath, QObject *parent = nullptr);
    ~CommandEnvironment() override;

    /// `passedOn`: names of secrets that these commands get all the same.
    QProcessEnvironment current(const QStringList &passedOn) const;
    /// The names of secrets that commands do not get by themselves.
    QStringList heldBack() const;

signals:
    void changed();

private:
    QProcessEnvironment m_own;
    QString m_loginPath;
    std::unique_ptr<Tasks::LoginShellPath> m_loginShell;
};

} // namespace Meanwhile::App
