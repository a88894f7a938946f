// SPDX-License-Identifier: MIT
#pragma once

#include <QLocalSocket>

namespace Meanwhile::Notify {

/// Knocks at a bus: asks, as the D-Bus Specification has it ("Authentication Protocol"), how one may log in.
///
/// Qt waits 25 seconds for a bus that takes a connection and says nothing, and libdbus then ends the program;
/// so none is connected to before it has answered here.
/// Exactly one of answered() and failed(), the latter perhaps inside start(), unless it never answers.
/// Thread: GUI thread; never blocks it.
class BusProbe : public QObject {
    Q_OBJECT

public:
    explicit BusProbe(QObject *parent = nullptr);

    /// The path of its socket; an abstract one begins with "@".
    void start(const QString &socketPath);

signals:
    /// For as long as this call takes, the descriptor is that of the connection.
    void answered(qintptr socketDescriptor);
    void failed();

private:
    void fail();

    QLocalSocket m_socket;
    bool m_isDone = false;
};

} // namespace Meanwhile::Notify
