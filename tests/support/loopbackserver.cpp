// SPDX-License-Identifier: MIT
#include "support/loopbackserver.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QTcpSocket>
#include <QTimer>

#include <sys/socket.h>
#include <utility>

namespace Meanwhile::Testing {

using namespace Qt::StringLiterals;

struct LoopbackServer::Connection {
    QTcpSocket *socket = nullptr;
    QByteArray input;
    ScriptedAnswer current;
    qsizetype nextPiece = -1; // -1: no answer under way
    int request = -1;         // the newest
    bool hasHead = false;     // of one whose body is on the way
};

LoopbackServer::LoopbackServer(QObject *parent)
    : QObject(parent)
    , m_server(std::make_unique<QTcpServer>())
{
    connect(m_server.get(), &QTcpServer::newConnection, this, &LoopbackServer::takeConnections);
    m_server->listen(QHostAddress::LocalHost);
}

LoopbackServer::LoopbackServer(const QByteArray &certificates, const QByteArray &key)
    : m_scheme(u"https"_s)
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setLocalCertificateChain(QSslCertificate::fromData(certificates));
    tls.setPrivateKey(QSslKey(key, QSsl::Ec));
    auto server = std::make_unique<QSslServer>();
    server->setSslConfiguration(tls);
    m_server = std::move(server);
    connect(m_server.get(), &QTcpServer::pendingConnectionAvailable, this, &LoopbackServer::takeConnections);
    m_server->listen(QHostAddress::LocalHost);
}

void LoopbackServer::takeConnections()
{
    while (QTcpSocket *socket = m_server->nextPendingConnection()) {
        m_connections.push_back(std::make_unique<Connection>());
        Connection *connection = m_connections.back().get();
        connection->socket = socket;
        // Pieces are small: without this each waits for the acknowledgement of the one before.
        socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        connect(socket, &QTcpSocket::readyRead, this, [this, connection] { onReadable(*connection); });
    }
}

LoopbackServer::~LoopbackServer()
{
    for (const auto &connection : m_connections)
        connection->socket->disconnect(this);
}

QUrl LoopbackServer::url(const QString &path) const
{
    return QUrl(u"%1://127.0.0.1:%2%3"_s.arg(m_scheme).arg(m_server->serverPort()).arg(path));
}

void LoopbackServer::enqueue(ScriptedAnswer answer)
{
    m_answers.append(std::move(answer));
}

void LoopbackServer::setFallback(std::function<ScriptedAnswer(const ReceivedRequest &)> fallback)
{
    m_fallback = std::move(fallback);
}

void LoopbackServer::release()
{
    for (const auto &connection : m_connections) {
        if (connection->nextPiece >= 0 && connection->current.holdOpen)
            finish(*connection);
    }
}

void LoopbackServer::hangUp()
{
    for (const auto &connection : m_connections)
        connection->socket->disconnectFromHost();
}

void LoopbackServer::onReadable(Connection &connection)
{
    connection.input += connection.socket->readAll();
    for (;;) {
        const qsizetype end = connection.input.indexOf("\r\n\r\n");
        if (end < 0)
            return;
        if (!std::exchange(connection.hasHead, true))
            emit begun(int(m_requests.size()));
        ReceivedRequest request;
        request.head = connection.input.first(end + 2);
        qsizetype length = 0;
        for (const QByteArray &line : request.head.split('\n')) {
            if (line.toLower().startsWith("content-length:"))
                length = line.sliced(15).trimmed().toLongLong();
        }
        if (connection.input.size() < end + 4 + length)
            return;
        request.body = connection.input.sliced(end + 4, length);
        connection.input.remove(0, end + 4 + length);
        const QList<QByteArray> firstLine = request.head.first(request.head.indexOf("\r\n")).split(' ');
        request.method = firstLine.value(0);
        request.path = firstLine.value(1);
        m_requests.append(request);
        connection.request = int(m_requests.size()) - 1;
        connection.hasHead = false;
        emit received(connection.request);
        answer(connection, request);
    }
}

void LoopbackServer::answer(Connection &connection, const ReceivedRequest &request)
{
    if (!m_answers.isEmpty())
        connection.current = m_answers.takeFirst();
    else if (m_fallback)
        connection.current = m_fallback(request);
    else
        connection.current = ScriptedAnswer{
            .status = 500, .contentType = "text/plain", .headers = {}, .pieces = {"no answer was scripted"}};
    const ScriptedAnswer &answer = connection.current;
    if (answer.neverAnswer)
        return;
    QByteArray head = "HTTP/1.1 " + QByteArray::number(answer.status) +
                      " Scripted\r\ncontent-type: " + answer.contentType + "\r\n";
    for (const auto &[name, value] : answer.headers)
        head += name + ": " + value + "\r\n";
    if (answer.chunked) {
        head += "transfer-encoding: chunked\r\n";
    } else {
        qsizetype length = answer.closeEarly ? 1 : 0;
        for (const QByteArray &piece : answer.pieces)
            length += piece.size();
        head += "content-length: " + QByteArray::number(length) + "\r\n";
    }
    if (!answer.withoutHead)
        connection.socket->write(head + "\r\n");
    connection.socket->flush();
    connection.nextPiece = 0;
    QTimer::singleShot(0, connection.socket, [this, c = &connection] { writeNext(*c); });
}

void LoopbackServer::writeNext(Connection &connection)
{
    if (connection.nextPiece < 0 || connection.socket->state() != QAbstractSocket::ConnectedState)
        return;
    if (connection.nextPiece < connection.current.pieces.size()) {
        const QByteArray piece = connection.current.pieces.at(connection.nextPiece++);
        if (!connection.current.chunked)
            connection.socket->write(piece);
        else if (!piece.isEmpty())
            connection.socket->write(QByteArray::number(piece.size(), 16) + "\r\n" + piece + "\r\n");
        connection.socket->flush();
        QTimer::singleShot(0, connection.socket, [this, c = &connection] { writeNext(*c); });
        return;
    }
    if (!connection.current.holdOpen)
        finish(connection);
}

void LoopbackServer::finish(Connection &connection)
{
    connection.nextPiece = -1;
    if (connection.current.closeEarly && connection.current.reset) {
        const linger atOnce{1, 0}; // socket(7): what is not sent is thrown away, and RST sent
        setsockopt(int(connection.socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
        connection.socket->abort();
        return;
    }
    if (connection.current.closeEarly) {
        connection.socket->disconnectFromHost();
        return;
    }
    if (connection.current.chunked)
        connection.socket->write("0\r\n\r\n");
    connection.socket->flush();
    emit answered(connection.request);
}

static QByteArray event(const QByteArray &name, const QByteArray &data)
{
    return "event: " + name + "\ndata: " + data + "\n\n";
}

static QByteArray quoted(const QByteArray &text)
{
    const QByteArray object =
        QJsonDocument(QJsonObject{{u"t"_s, QString::fromUtf8(text)}}).toJson(QJsonDocument::Compact);
    return object.sliced(5, object.size() - 6);
}

ScriptedAnswer anthropicAnswer(const QByteArray &text, const QList<QList<QByteArray>> &calls)
{
    ScriptedAnswer answer;
    answer.pieces += event("message_start",
        R"({"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"scripted","content":[],"stop_reason":null,"usage":{"input_tokens":10,"output_tokens":1}}})");
    int index = 0;
    const auto stop = [&] {
        answer.pieces += event("content_block_stop",
            R"({"type":"content_block_stop","index":)" + QByteArray::number(index++) + "}");
    };
    if (!text.isEmpty()) {
        answer.pieces += event("content_block_start",
            R"({"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}})");
        answer.pieces += event("content_block_delta",
            R"({"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":)" + quoted(text) +
                "}}");
        stop();
    }
    for (const QList<QByteArray> &call : calls) {
        answer.pieces += event("content_block_start",
            R"({"type":"content_block_start","index":)" + QByteArray::number(index) +
                R"(,"content_block":{"type":"tool_use","id":)" + quoted(call.value(0)) + R"(,"name":)" +
                quoted(call.value(1)) + R"(,"input":{}}})");
        answer.pieces += event("content_block_delta",
            R"({"type":"content_block_delta","index":)" + QByteArray::number(index) +
                R"(,"delta":{"type":"input_json_delta","partial_json":)" + quoted(call.value(2)) + "}}");
        stop();
    }
    answer.pieces += event("message_delta", QByteArray(R"({"type":"message_delta","delta":{"stop_reason":)") +
                                                (calls.isEmpty() ? R"("end_turn")" : R"("tool_use")") +
                                                R"(},"usage":{"output_tokens":7}})");
    answer.pieces += event("message_stop", R"({"type":"message_stop"})");
    return answer;
}

} // namespace Meanwhile::Testing
