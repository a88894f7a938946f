// SPDX-License-Identifier: MIT
#pragma once

#include <QTimer>

#include <functional>

namespace Meanwhile::Models {

/// Ticks once a second while any part of the transcript shows a time that runs, and not otherwise.
class SecondTick {
public:
    enum class Part { Waiting, Tasks };

    /// Owns: nothing; the timer is the parent's child.
    SecondTick(QObject *parent, std::function<void()> tick);

    void need(Part part, bool isNeeded);

private:
    QTimer *m_timer;
    bool m_waitingNeeds = false;
    bool m_tasksNeed = false;
};

} // namespace Meanwhile::Models
