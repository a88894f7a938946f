// SPDX-License-Identifier: MIT
#pragma once

#include "wire/connectionerror.h"
#include "wire/httptransport.h"
#include "wire/inflater.h"
#include "wire/silencewatch.h"

#include <QSslConfiguration>
#include <QTimer>

class QNetworkAccessManager;
class QNetworkReply;

namespace Meanwhile::Wire {

/// An HttpStream over QNetworkAccessManager: one request, the redirects it may follow, its body decoded.
///
/// Redirects: 307 and 308, for GET also 301, 302 and 303, at most five, and only to the same scheme, host and
/// port, so that no key leaves for another one. Any other redirect is an answer like others.
/// Data that arrives faster than it is processed is passed on in pieces, one per turn of the event loop.
class ReplyStream final : public HttpStream {
    Q_OBJECT

public:
    /// Manager and clock must outlive it.
    ReplyStream(
        QNetworkAccessManager &manager, const Clock &clock, const HttpRequest &request, QObject *parent);
    ~ReplyStream() override;

    /// Sends it; to be called once, or fail() is.
    void start(const std::optional<QSslConfiguration> &tls);
    /// It cannot be sent. Not from within HttpTransport::send().
    void fail(const Error &error) { end(error); }

private:
    void send();
    /// Like take(): whether this is still there. A slot may delete it.
    bool heard();
    bool take();
    void answer();
    /// The address this answer redirects to, if the redirect is followed.
    std::optional<QUrl> nextAddress(int status) const;
    void chooseDecoder();
    void pass(const QByteArray &bytes);
    void concludeIfAllIsTaken();
    void end(const std::optional<Error> &cause);

    QNetworkAccessManager &m_manager;
    const Clock &m_clock;
    HttpRequest m_request;
    std::optional<QSslConfiguration> m_tls;
    SilenceWatch m_silence;
    QNetworkReply *m_reply = nullptr;
    QList<QSslError> m_tlsErrors;
    std::optional<QUrl> m_next;
    int m_redirects = 0;
    std::unique_ptr<Inflater> m_inflater;
    QTimer m_nextTurn;       ///< runs while there is more to pass on
    bool m_received = false; ///< the reply has ended; some of it may still have to be passed on
    bool m_answered = false;
    bool m_ended = false;
};

} // namespace Meanwhile::Wire
