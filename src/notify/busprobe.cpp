// SPDX-License-Identifier: MIT
#include "notify/busprobe.h"

#include <utility>

namespace Meanwhile::Notify {

namespace {

constexpr qsizetype kMostBytes = 1'024;

} // namespace

BusProbe::BusProbe(QObject *parent)
    : QObject(parent)
{
    connect(&m_socket, &QLocalSocket::errorOccurred, this, &BusProbe::fail);
    connect(&m_socket, &QLocalSocket::disconnected, this, &BusProbe::fail);
    connect(
        &m_socket, &QLocalSocket::connected, this, [this] { m_socket.write(QByteArray("\0AUTH\r\n", 7)); });
    connect(&m_socket, &QLocalSocket::readyRead, this, [this] {
        if (!m_socket.canReadLine()) {
            if (m_socket.bytesAvailable() > kMostBytes)
                fail();
            return;
        }
        if (!m_socket.readLine(kMostBytes).startsWith("REJECTED "))
            return fail();
        if (std::exchange(m_isDone, true))
            return;
        emit answered(m_socket.socketDescriptor());
        m_socket.abort();
    });
}

void BusProbe::start(const QString &socketPath)
{
    m_isDone = true;
    m_socket.abort(); // of an earlier start
    m_isDone = false;
    const bool isAbstract = socketPath.startsWith(u'@');
    m_socket.setSocketOptions(isAbstract ? QLocalSocket::AbstractNamespaceOption : QLocalSocket::NoOptions);
    m_socket.connectToServer(isAbstract ? socketPath.sliced(1) : socketPath);
}

void BusProbe::fail()
{
    if (!std::exchange(m_isDone, true))
        emit failed();
}

} // namespace Meanwhile::Notify
