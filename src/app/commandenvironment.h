// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QProcessEnvironment>

#include <memory>

namespace Meanwhile::Tasks {
class LoginShellPath;
}

namespace Meanwhile::App {

/// The environment that every command of this program gets.
///
/// After a start from a desktop, the login shell is asked once for its PATH; changed() tells when the answer
/// is in. Thread: GUI thread; never blocks it.
class CommandEnvironment : public QObject {
    Q_OBJECT

public:
    CommandEnvironment(const QProcessEnvironment &own, const QString &runnerPath, QObject *parent = nullptr);
    ~CommandEnvironment() override;

    QProcessEnvironment current() const { return m_current; }

signals:
    void changed(const QProcessEnvironment &environment);

private:
    QProcessEnvironment m_own;
    QProcessEnvironment m_current;
    std::unique_ptr<Tasks::LoginShellPath> m_loginShell;
};

} // namespace Meanwhile::App
