// SPDX-License-Identifier: MIT
#pragma once

#include "runner/boxedshell.h"
#include "runner/identity.h"
#include "runner/logwriter.h"
#include "runner/options.h"
#include "runner/processtree.h"
#include "runner/statuswriter.h"
#include "runner/treesweep.h"

#include <cstdint>

namespace Meanwhile::Runner {

/// What every supervisor of this process needs, taken once: it becomes the parent of all orphans below it, no
/// signal interrupts it, and no file of its starter's reaches a command.
struct SupervisingProcess {
    SupervisingProcess();

    Identity self;
    int signalFd = -1; ///< SIGCHLD, SIGTERM, SIGUSR1
    int error = 0;     ///< errno, when there is no signalFd
    /// This process had no mark of its own, so that whatever carries one is a command.
    bool canTellCommands = false;
};

/// Runs one command from its start until nothing of it is left.
///
/// The command has ended when the shell is gone and nobody holds its output any more. Processes that closed
/// the output and live on (daemons) are survivors: the supervisor stays until they are gone, so that a stop
/// still reaches them.
/// SIGTERM stops the whole tree, and says by a number beside it who asked for that: TERM, a grace period,
/// then KILL until nothing is left. A second SIGTERM, or SIGUSR1, leaves the grace out. When the command
/// ended by itself before the stop reached it, its own exit counts.
class Supervisor {
public:
    /// Does what does not depend on the command, so that a supervisor that stands by has done it already.
    Supervisor(const SupervisingProcess &process, BoxStand &boxes);
    Supervisor(const Supervisor &) = delete;
    Supervisor &operator=(const Supervisor &) = delete;
    ~Supervisor();
    /// Once. Returns the program's exit status when nothing is left to supervise. `options` must outlive it.
    int run(const Options &options);
    /// The command ended by itself and is on record: this process is as it was before, and another supervisor
    /// may follow.
    bool isClean() const;

private:
    bool openFolder();
    bool launch();
    LaunchResult launchInBox();
    void turn();
    int timeoutMs() const;
    void readSignals();
    void reap();
    void updateBox();
    void readOutput();
    void closeOutput();
    void onDeadline();
    void requestStop(const char *reason, bool atOnce, int stopper);
    void endSweep();
    bool isOver() const;
    void finish();
    void reportSurvivors();

    const SupervisingProcess &m_process;
    const Options *m_options = nullptr;
    int m_folder = -1;
    LogWriter m_log;
    StatusWriter m_status;
    ProcessTree m_tree;
    BoxedShell m_box; ///< where the command has one
    TreeSweep m_sweep{m_tree, &m_box};

    int m_output = -1;   ///< read end; -1 after its end
    int m_command = -1;  ///< the end that the command gets
    int m_pipeErrno = 0; ///< why there are no such ends
    pid_t m_shell = -1;
    int m_shellStatus = 0;
    bool m_shellGone = false;
    bool m_shellTold = false;
    bool m_childless = false;
    bool m_ended = false;
    bool m_wasSwept = false;
    const char *m_stopReason = nullptr; ///< once a stop or the time limit reached a running command
    int m_stopper = 0;                  ///< with "stopped": the number beside the signal; 0: from outside
    std::uint64_t m_survivors = 0;
    std::int64_t m_startMs = 0;
    std::int64_t m_limitMs = -1; ///< when the time limit is over; -1: none
    std::int64_t m_quietUntilMs = 0;
    std::int64_t m_pipeBytes = 0;
    std::int64_t m_lastReadUs = 0;
};

} // namespace Meanwhile::Runner
