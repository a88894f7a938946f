// SPDX-License-Identifier: MIT
#pragma once

#include "app/housekeeping.h"
#include "app/printer.h"
#include "app/session.h"

#include <QObject>
#include <QSet>

namespace Meanwhile::Keys {
class KeyStore;
}

namespace Meanwhile::App {

/// One prompt without a window: `meanwhile -p`.
///
/// States: Starting (key, model, earlier conversation) -> Running -> Ended. ended(status) exactly once.
/// Thread: GUI thread.  Exit status: 0 the agent ended its turn by its own word, or at --max-turns; 1 agent
/// or provider failed, an answer ended otherwise, a call was refused as nobody could be asked, nothing can be
/// kept, or standard output takes no more; 2 the call was wrong; 3 there is no box and one is required; 130 stopped.
class HeadlessRun : public QObject {
    Q_OBJECT

public:
    HeadlessRun(
        Program &program, CommandLine line, std::unique_ptr<Printer> printer, QObject *parent = nullptr);
    ~HeadlessRun() override;

    void start();
    /// Ends the turn and every task, then the run, with status 130. A second call ends the run at once.
    void interrupt(int signal);

signals:
    void ended(int exitStatus);

private:
    void tellWhatDoesNotCount();
    bool isOfCommand();
    void findKey();
    void findSession();
    void chooseModel();
    void findBox();
    void run();
    void handle(const Agent::AgentEvent &event);
    void noteUnasked(const QString &words);
    void noteEnding(const Conversation::Message &message);
    void handleTask(const Tasks::Task &task);
    void endIfDone();
    void fail(int status, const Error &error);
    /// Once everything is saved, or cannot be.
    void finish(int status);
    void end(int status);

    Program &m_program;
    CommandLine m_line;
    std::unique_ptr<Printer> m_printer;
    QString m_folder;
    std::unique_ptr<Keys::KeyStore> m_keys; // only where the environment holds no key
    ProviderAccess m_access;
    std::unique_ptr<Llm::LlmClient> m_client;
    std::optional<Store::StoredSession> m_resumed;
    std::unique_ptr<Session> m_session;
    QHash<QString, Tasks::TaskState> m_printedStates;
    Housekeeping m_housekeeping{m_program};
    QSet<QString> m_unasked;   // warnings printed about calls that nobody could be asked about
    bool m_endedBadly = false; // the last answer, or the last turn
    bool m_interrupted = false;
    bool m_hasEnded = false;
    bool m_finished = false;
};

} // namespace Meanwhile::App
