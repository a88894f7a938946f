// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QTcpServer>
#include <QUrl>

#include <functional>
#include <memory>

namespace Meanwhile::Testing {

struct ReceivedRequest {
    QByteArray method;
    QByteArray path;
    QByteArray head; ///< request line and headers
    QByteArray body;
};

/// How the server answers one request. Pieces are written one event-loop turn apart, so that a client sees
/// them split.
struct ScriptedAnswer {
    int status = 200;
    QByteArray contentType = "text/event-stream";
    QList<QPair<QByteArray, QByteArray>> headers;
    QList<QByteArray> pieces;
    bool chunked = true;
    bool closeEarly = false;  ///< drops the connection after the last piece, without the end of the body
    bool reset = false;       ///< where it closes early, with a TCP reset
    bool withoutHead = false; ///< nothing but the pieces is written
    bool neverAnswer = false;
    bool holdOpen = false; ///< after the last piece nothing more comes, until release()
};

/// A real HTTP/1.1 server on 127.0.0.1 that plays scripted answers and keeps what it was sent.
///
/// Thread: the one that made it, by its event loop. Answers are taken in order; when none is left, `fallback`
/// is asked, and without it the answer is status 500.
class LoopbackServer : public QObject {
    Q_OBJECT

public:
    explicit LoopbackServer(QObject *parent = nullptr);
    /// Speaks TLS with this certificate (and its chain) and key, in PEM.
    LoopbackServer(const QByteArray &certificates, const QByteArray &key);
    ~LoopbackServer() override;

    QUrl url(const QString &path = QStringLiteral("/")) const;
    void enqueue(ScriptedAnswer answer);
    void setFallback(std::function<ScriptedAnswer(const ReceivedRequest &)> fallback);
    /// Ends every answer that is held open.
    void release();
    /// Closes every connection.
    void hangUp();
    const QList<ReceivedRequest> &requests() const { return m_requests; }
    int connectionCount() const { return int(m_connections.size()); }

signals:
    /// The head of request `index` is in; its body may still be on the way.
    void begun(int index);
    void received(int index);
    /// The last byte of the answer to request `index` was handed to the system.
    void answered(int index);

private:
    struct Connection;
    void takeConnections();
    void onReadable(Connection &connection);
    void answer(Connection &connection, const ReceivedRequest &request);
    void writeNext(Connection &connection);
    void finish(Connection &connection);

    std::unique_ptr<QTcpServer> m_server;
    QString m_scheme = QStringLiteral("http");
    QList<ScriptedAnswer> m_answers;
    std::function<ScriptedAnswer(const ReceivedRequest &)> m_fallback;
    QList<ReceivedRequest> m_requests;
    std::vector<std::unique_ptr<Connection>> m_connections;
};

/// The events of an Anthropic answer with this text and these calls {id, name, arguments JSON}, as a scripted
/// answer.
ScriptedAnswer anthropicAnswer(const QByteArray &text, const QList<QList<QByteArray>> &calls = {});

} // namespace Meanwhile::Testing
