// SPDX-License-Identifier: MIT
#include "runner/boxedshell.h"
#include "runner/processtree.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace Meanwhile::Runner {

namespace {

/// On a machine that is busy with other things a box may take long to build.
constexpr int kPatienceMs = 20'000;

} // namespace

LaunchResult BoxedShell::launch(const Options &options, int output)
{
    if (options.box->kind == Box::Kind::Reduced) {
        const std::unique_ptr<Box::ReducedBox> box = Box::ReducedBox::make(*options.box, m_problem);
        return box ? Runner::launch(
                         options.workingDirectory, options.call, options.callSize, output, box.get())
                   : LaunchResult{-1, "box", EPERM};
    }
    m_box = m_stand.take(*options.box, m_problem);
    if (!m_box)
        return {-1, "box", EPERM};
    const char *task = std::getenv(kTaskVariable);
    const std::string variable = std::string(kTaskVariable) + '=' + (task ? task : "");
    const Box::ShellJob job{options.workingDirectory, variable.c_str(), options.call, options.callSize};
    const Box::ShellStart started = m_box->start(job, output, kPatienceMs);
    if (started.failedStep && std::strcmp(started.failedStep, "box") == 0) {
        m_problem = m_box->problem();
        m_box->kill();
    }
    return {started.pid, started.failedStep, started.systemErrno};
}

void BoxedShell::update()
{
    Box::Report report;
    Box::Received received = Box::Received::Nothing;
    while (!m_isSilent && (received = m_box->read(report)) == Box::Received::Report) {
        if (report.what == Box::Report::ShellEnded) {
            m_hasEnded = true;
            m_waitStatus = report.waitStatus;
        }
        m_isEmpty = m_isEmpty || report.isEmpty;
    }
    m_isSilent = m_isSilent || received == Box::Received::End;
}

} // namespace Meanwhile::Runner
