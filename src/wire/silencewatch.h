// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QTimer>

#include <chrono>

namespace Meanwhile {
class Clock;
}

namespace Meanwhile::Wire {

/// Notices when no bytes arrive: a hint after a while, the end of the request after a long while.
///
/// States: stopped -> listening -> silent (reported) -> listening … -> expired. Nothing after expired().
/// Time: what the computer sleeps is no silence. After a sleep, and where the timer comes far too late
/// because the program was not running, both limits start again instead of firing. Units: zero is no limit.
class SilenceWatch : public QObject {
    Q_OBJECT

public:
    struct Limits {
        std::chrono::milliseconds hint{0};
        std::chrono::milliseconds end{0};
    };

    /// The clock must outlive it.
    SilenceWatch(const Clock &clock, Limits limits, QObject *parent);

    void start();
    /// Bytes came. Cheap: the timer is not restarted; it checks the time when it fires.
    void heard();
    void stop();

signals:
    void silenceChanged(bool isSilent);
    void expired();

private:
    void begin();
    void setTimer();
    void look();
    std::chrono::milliseconds slept() const;

    const Clock &m_clock;
    Limits m_limits;
    QTimer m_timer;
    std::chrono::milliseconds m_since{0}; ///< of the silence
    std::chrono::milliseconds m_due{0};   ///< when the timer should fire
    std::chrono::milliseconds m_slept{0}; ///< before the silence
    bool m_isSilent = false;
};

} // namespace Meanwhile::Wire
