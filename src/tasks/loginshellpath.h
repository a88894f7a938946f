// SPDX-License-Identifier: MIT
#pragma once

#include "tasks/runnerprocess.h"

#include <QFuture>
#include <QPromise>
#include <QTemporaryDir>

namespace Meanwhile::Tasks {

/// Asks the person's login shell once for its PATH, which a program started from a desktop does not have.
///
/// The shell runs under meanwhile-run: standard input is at its end, after kLimit it is ended, and so is
/// everything that its profile files have started once the answer is there.
/// Thread: GUI thread; never blocks it.
class LoginShellPath : public QObject {
    Q_OBJECT

public:
    static constexpr std::chrono::seconds kLimit{10};

    explicit LoginShellPath(const QString &runnerPath, QObject *parent = nullptr);

    /// Empty when the shell has no answer in time. `environment` names the shell in SHELL. Call it once.
    QFuture<QString> read(const QProcessEnvironment &environment, std::chrono::milliseconds limit = kLimit);

private:
    void onEvent(const RunnerEvent &event);
    void answer(const QString &path);

    QString m_runnerPath;
    QTemporaryDir m_folder;
    RunnerProcess m_runner;
    QPromise<QString> m_promise;
    bool m_isAnswered = false;
};

} // namespace Meanwhile::Tasks
