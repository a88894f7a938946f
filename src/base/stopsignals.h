// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QSocketNotifier>

#include <chrono>

namespace Meanwhile {

/// Ctrl+C and SIGTERM as a signal of the event loop. One object at a time; the defaults return with its end.
///
/// A file that may not grow (RLIMIT_FSIZE) is an error of the write (EFBIG) and not the end of the program.
///
/// The program ends whatever hangs in it, a thread that waits for a pipe for example: kOrderlyEnd after the
/// first signal, kEndAtOnce after the second, at the third at once; then with exit status 130.
class StopSignals : public QObject {
    Q_OBJECT

public:
    static constexpr std::chrono::seconds kOrderlyEnd{15};
    static constexpr std::chrono::seconds kEndAtOnce{1};

    explicit StopSignals(QObject *parent = nullptr);
    ~StopSignals() override;

    /// The program is about to end with this status, and has `limit` to take itself down.
    static void limitTheEnd(int exitStatus, std::chrono::seconds limit);

signals:
    /// SIGINT, which a person sends, or SIGTERM, which is sent e.g. at a shutdown.
    void received(int number);

private:
    int m_pipe[2] = {-1, -1};
    QSocketNotifier *m_notifier = nullptr;
};

} // namespace Meanwhile
