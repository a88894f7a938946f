// SPDX-License-Identifier: MIT
#pragma once

#include "tasks/runnerprocess.h"

#include <QFuture>
#include <QPromise>
#include <QTemporaryDir>

namespace Meanwhile::Tasks {

/// Asks the person's login shell once for its PATH, which a program started from a desktop does not have.
///
/// It is asked as in a terminal, interactively, since version managers (nvm, pyenv) put themselves into files
/// that only such a shell reads. Where that brings no answer in time, it is asked without.
/// The shell runs under meanwhile-run: in a session of its own, so without a terminal to take or to wait for;
/// ended after its share of the limit, and so is everything that its start files have started once the answer
/// is there.
/// Thread: GUI thread; never blocks it.
class LoginShellPath : public QObject {
    Q_OBJECT

public:
    static constexpr std::chrono::seconds kLimit{10};

    explicit LoginShellPath(const QString &runnerPath, QObject *parent = nullptr);
    ~LoginShellPath() override;

    /// Empty when the shell has no answer in time. `environment` names the shell in SHELL. Call it once.
    QFuture<QString> read(const QProcessEnvironment &environment, std::chrono::milliseconds limit = kLimit);

private:
    void ask();
    void onEvent(const RunnerEvent &event);
    void conclude(const QString &path);

    QString m_runnerPath;
    QProcessEnvironment m_environment;
    std::chrono::milliseconds m_limit{0};
    int m_asked = 0; ///< how often
    QTemporaryDir m_folder;
    std::unique_ptr<RunnerProcess> m_runner;
    QPromise<QString> m_promise;
    bool m_isAnswered = false;
};

} // namespace Meanwhile::Tasks
