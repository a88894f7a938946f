// SPDX-License-Identifier: MIT
#pragma once

#include "box/standingbox.h"

#include <memory>

namespace Meanwhile::Runner {

/// Keeps a box ready for the next command. Building one takes longer than most commands do.
class BoxStand {
public:
    /// For a command that comes later. What goes wrong is found when it comes.
    void prepare(const Box::BoxPolicy &policy);
    /// The one that stands by if it is as one built now would be, or a new one; ready. Null with the reason.
    std::unique_ptr<Box::StandingBox> take(const Box::BoxPolicy &policy, std::string &problem);
    void dismiss() { m_box.reset(); }

private:
    std::unique_ptr<Box::StandingBox> m_box;
};

} // namespace Meanwhile::Runner
