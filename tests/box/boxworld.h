// SPDX-License-Identifier: MIT
#pragma once

#include "box/boxpolicy.h"

#include <QProcess>
#include <QProcessEnvironment>
#include <QTemporaryDir>

#include <memory>

namespace Meanwhile::Testing {

/// A home with a project and with what is worth stealing, the things around it that a command could reach,
/// and one person who runs commands there. Nothing of it is left behind.
///
///     home/project           a git repository, made afresh for each command
///     home/.ssh, …           secrets
///     home/.local/share/meanwhile   the program's state: tasks and the box's folder for temporary files
///     outside                writable by the person, and no part of the project
class BoxWorld {
public:
    /// A person with this number, or who runs the test.
    explicit BoxWorld(uid_t person);
    BoxWorld(const BoxWorld &) = delete;
    BoxWorld &operator=(const BoxWorld &) = delete;
    ~BoxWorld();

    bool isWhole() const { return m_isWhole; }
    bool isSuperuser() const { return m_person == 0; }
    /// Below the world's folder.
    QString path(const QString &name = {}) const;
    QString project() const { return path(QStringLiteral("home/project")); }
    Box::BoxPolicy policy() const;

    struct Ending {
        int exitCode = -1; ///< of the command; 128 + n after signal n; -1: nobody has told
        QByteArray output;
        QByteArray status; ///< the task's last word
        qint64 elapsedMs = 0;
    };
    /// A command of the person's, in the box of `policy` or outside, with the variables of this world: W its
    /// folder, P the project, T the command's own task folder, E the program that tries escapes.
    Ending run(
        const QString &script, const std::optional<Box::BoxPolicy> &policy, const QStringList &options = {});
    void resetProject();
    void set(const QString &variable, const QString &value) { m_environment.insert(variable, value); }
    const QProcessEnvironment &environment() const { return m_environment; }
    /// Everything but the project and the program's own tasks, by content.
    QByteArray snapshot() const;
    /// Starts a program as the person, with the variables of this world.
    void start(QProcess &process, const QString &program, const QStringList &arguments) const;
    /// Outside of any box and of meanwhile-run; false when it fails.
    bool shell(const QString &script) const;
    QString nextTask();
    static QString runner();

private:
    bool fill();

    const uid_t m_person;
    QTemporaryDir m_folder;
    QProcessEnvironment m_environment;
    int m_tasks = 0;
    bool m_isWhole = false;
};

} // namespace Meanwhile::Testing
