// SPDX-License-Identifier: MIT
#pragma once

#include <QBasicTimer>
#include <QElapsedTimer>
#include <QObject>

#include <chrono>

namespace Meanwhile {

/// Writes to the log when this thread's event loop was held up for longer than kWorthTelling, as
/// "busy for 12.3 ms" in the category meanwhile.loop. Does nothing when that is off.
///
/// Thread: the one whose loop it watches. A timer measures it, since the dispatcher's own signals come around
/// the work, not before it, where GLib runs the loop; other programs on a full machine stretch it too.
class LoopWatch : public QObject {
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds kWorthTelling{5};

    explicit LoopWatch(QObject *parent = nullptr);

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    QBasicTimer m_tick;
    QElapsedTimer m_sinceTick;
};

} // namespace Meanwhile
