// SPDX-License-Identifier: MIT
#include "wire/httpclient.h"

#include "wire/lowdelay.h"

#include <QCoreApplication>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QTimer>

#include <optional>

namespace Meanwhile::Wire {

using namespace Qt::StringLiterals;

QByteArray headerValue(const Headers &headers, QByteArrayView name)
{
    for (const auto &[key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Meanwhile::Wire", text);
}

Error errorFor(QNetworkReply::NetworkError code, const QUrl &url, const QString &detail)
{
    const QString host = url.port() > 0 ? u"%1:%2"_s.arg(url.host()).arg(url.port()) : url.host();
    switch (code) {
    case QNetworkReply::ConnectionRefusedError:
        return {ErrorKind::Network,
            tr("Nothing answers at %1. Check the address, and that the server is running.").arg(host),
            detail};
    case QNetworkReply::HostNotFoundError:
        return {ErrorKind::Network,
            tr("%1 was not found. Check the network connection and the address.").arg(host), detail};
    case QNetworkReply::SslHandshakeFailedError:
        return {ErrorKind::Network,
            tr("No secure connection to %1 could be made. Check the address and the computer's date; behind "
               "a proxy its "
               "certificate must be trusted.")
                .arg(host),
            detail};
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyAuthenticationRequiredError:
        return {ErrorKind::Network,
            tr("The proxy did not let the request to %1 through. Check the proxy settings.").arg(host),
            detail};
    default:
        return {ErrorKind::Network,
            tr("The connection to %1 failed or broke off. Check the network, then try again.").arg(host),
            detail};
    }
}

class ReplyStream final : public HttpStream {
    Q_DECLARE_TR_FUNCTIONS(Meanwhile::Wire::ReplyStream)

public:
    ReplyStream(QNetworkReply *reply, std::chrono::milliseconds inactivityLimit, QObject *parent)
        : HttpStream(parent)
        , m_reply(reply)
    {
        m_reply->setParent(this);
        connect(m_reply, &QNetworkReply::socketStartedConnecting, this, [] { sendWithoutDelay(); });
        connect(m_reply, &QNetworkReply::readyRead, this, &ReplyStream::take);
        connect(m_reply, &QNetworkReply::finished, this, &ReplyStream::finish);
        if (inactivityLimit.count() > 0) {
            m_silence.setSingleShot(true);
            m_silence.setInterval(inactivityLimit);
            connect(&m_silence, &QTimer::timeout, this, [this] {
                end(Error{ErrorKind::Timeout,
                    tr("%1 has been silent for too long. Try again.").arg(m_reply->url().host()), {}});
            });
            m_silence.start();
        }
    }

    ~ReplyStream() override
    {
        m_reply->disconnect(this); // abort() emits inside the call
        if (!m_reply->isFinished())
            m_reply->abort();
    }

private:
    void take()
    {
        if (m_ended)
            return;
        if (m_silence.interval() > 0)
            m_silence.start();
        answer();
        const QByteArray bytes = m_reply->readAll();
        if (!bytes.isEmpty())
            emit bodyReceived(bytes);
    }

    void answer()
    {
        const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        if (status == 0 || std::exchange(m_answered, true))
            return;
        emit answered(status, m_reply->rawHeaderPairs());
    }

    void finish()
    {
        take();
        // 4xx and 5xx are errors to Qt and data to us.
        const QNetworkReply::NetworkError code = m_reply->error();
        const bool isStatus = m_answered && code > QNetworkReply::ProxyAuthenticationRequiredError &&
                              code != QNetworkReply::ProtocolFailure;
        if (code == QNetworkReply::NoError || isStatus)
            end(std::nullopt);
        else
            end(errorFor(code, m_reply->url(), m_reply->errorString()));
    }

    void end(const std::optional<Error> &cause)
    {
        if (std::exchange(m_ended, true))
            return;
        m_silence.stop();
        answer();
        emit ended(cause);
    }

    QNetworkReply *m_reply;
    QTimer m_silence;
    bool m_answered = false;
    bool m_ended = false;
};

} // namespace

HttpClient::HttpClient() = default;
HttpClient::~HttpClient() = default;

HttpStream *HttpClient::send(const HttpRequest &request, QObject *parent)
{
    if (!m_manager) {
        m_manager = std::make_unique<QNetworkAccessManager>();
        m_manager->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
        m_manager->setAutoDeleteReplies(false);
    }
    QNetworkRequest out(request.url);
    out.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    out.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    out.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    out.setRawHeader("user-agent", "meanwhile/" + QCoreApplication::applicationVersion().toLatin1());
    out.setRawHeader("accept-encoding", "identity");
    for (const auto &[name, value] : request.headers)
        out.setRawHeader(name, value);
    QNetworkReply *reply = request.method == "GET"
                               ? m_manager->get(out)
                               : m_manager->sendCustomRequest(out, request.method, request.body);
    return new ReplyStream(reply, request.inactivityLimit, parent);
}

} // namespace Meanwhile::Wire
