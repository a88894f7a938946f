// SPDX-License-Identifier: MIT
#pragma once

#include "box/bubblewrap.h"
#include "box/channel.h"

#include <memory>

namespace Meanwhile::Box {

/// A box from its building to its end. It is built before a command is known, and takes one.
///
/// Built -> Running -> Empty. Its first process stays below this one, as long as anything in the box lives;
/// so does bubblewrap, which is a child of this process that the caller reaps. Destroying one that has no
/// command ends it; one that has is left alone. Thread: one.
class StandingBox {
public:
    /// Begins to build; what goes wrong later is found by isReady(). Null with the reason in `problem`.
    static std::unique_ptr<StandingBox> build(const BoxPolicy &policy, std::string &problem);
    StandingBox(const StandingBox &) = delete;
    StandingBox &operator=(const StandingBox &) = delete;
    ~StandingBox();

    /// Whether it stands, and one that is built now would be the same.
    bool fits(const BoxPolicy &policy) const;
    /// Waits until it is built, at most `patienceMs`. False when it is not, or is not what the policy says;
    /// problem() says why.
    bool isReady(int patienceMs);
    /// Once, when it is ready. With the step "box" it is gone. Waits until the shell runs, at most
    /// `patienceMs`.
    ShellStart start(const ShellJob &job, int output, int patienceMs);
    /// In the words of bubblewrap or of the first process.
    const std::string &problem() const { return m_problem; }

    /// Readable when there is a report.
    int channel() const { return m_channel; }
    /// Nothing when there is none, or the first process is gone.
    Received read(Report &report);
    /// Once it is ready; by its number here.
    pid_t firstProcess() const { return m_firstProcess; }
    pid_t bubblewrap() const { return m_bubblewrap; }
    /// The kernel ends all that is in the box.
    void kill() const;

private:
    StandingBox() = default;
    bool waitFor(Report::What what, int patienceMs);
    std::string complaint() const;

    BoxPolicy m_policy;
    BubblewrapCall m_call;
    int m_channel = -1;
    int m_messages = -1; ///< what bubblewrap complains of
    int m_firstProcessFd = -1;
    pid_t m_bubblewrap = -1;
    pid_t m_firstProcess = -1;
    bool m_isStarted = false;
    std::string m_problem;
    Report m_report; ///< holds the name of a step that failed
};

} // namespace Meanwhile::Box
