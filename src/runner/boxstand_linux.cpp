// SPDX-License-Identifier: MIT
#include "runner/boxstand.h"
#include "runner/processtree.h"

#include <cstdlib>
#include <sys/wait.h>

namespace Meanwhile::Runner {

namespace {

/// On a machine that is busy with other things a box may take long to build.
constexpr int kPatienceMs = 20'000;

} // namespace

void BoxStand::prepare(const Box::BoxPolicy &policy)
{
    while (::waitpid(-1, nullptr, WNOHANG) > 0) {
    }
    m_box.reset();
    if (policy.kind != Box::Kind::Full)
        return;
    ::unsetenv(kTaskVariable); // of the task before
    std::string ignored;
    m_box = Box::StandingBox::build(policy, ignored);
}

std::unique_ptr<Box::StandingBox> BoxStand::take(const Box::BoxPolicy &policy, std::string &problem)
{
    if (m_box && m_box->fits(policy) && m_box->isReady(kPatienceMs))
        return std::move(m_box);
    m_box.reset();
    std::unique_ptr<Box::StandingBox> box = Box::StandingBox::build(policy, problem);
    if (!box || box->isReady(kPatienceMs))
        return box;
    problem = box->problem();
    return nullptr;
}

} // namespace Meanwhile::Runner
