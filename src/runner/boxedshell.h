// SPDX-License-Identifier: MIT
#pragma once

#include "runner/boxstand.h"
#include "runner/launch.h"
#include "runner/options.h"

#include <string>

namespace Meanwhile::Runner {

/// The shell of one command in its box, as its supervisor sees it from outside.
class BoxedShell {
public:
    explicit BoxedShell(BoxStand &stand)
        : m_stand(stand)
    {
    }
    /// As Runner::launch(), in the box that the options ask for. The step that failed is "box" when there is
    /// no box; problem() says why then, and nothing has run.
    LaunchResult launch(const Options &options, int output);
    const std::string &problem() const { return m_problem; }

    /// Not in a reduced box, whose shell is a child of this process as any other.
    bool isThere() const { return m_box != nullptr; }
    /// Readable when update() has something to find; -1 when nothing is to come.
    int channel() const { return m_isSilent || !m_box ? -1 : m_box->channel(); }
    void update();
    bool hasEnded() const { return m_hasEnded; }
    int waitStatus() const { return m_waitStatus; } ///< as from waitpid(2)
    /// Nothing of the command is left.
    bool isEmpty() const { return m_isEmpty; }

    /// All of the command is below it; by its number outside.
    pid_t firstProcess() const { return m_box->firstProcess(); }
    /// Ends all of the command at once.
    void kill() const { m_box->kill(); }

private:
    BoxStand &m_stand;
    std::unique_ptr<Box::StandingBox> m_box;
    std::string m_problem;
    int m_waitStatus = 0;
    bool m_hasEnded = false;
    bool m_isEmpty = false;
    bool m_isSilent = false;
};

} // namespace Meanwhile::Runner
