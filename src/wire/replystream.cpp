// SPDX-License-Identifier: MIT
#include "wire/replystream.h"

#include "base/clock.h"
#include "wire/lowdelay.h"

#include <QCoreApplication>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QPointer>

namespace Meanwhile::Wire {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMostRedirects = 5;
/// About a millisecond of parsing and showing; a whole burst at once would hold up the window.
constexpr qint64 kMostBytesATurn = 32 * 1024;

int portOf(const QUrl &url)
{
    return url.port(url.scheme() == u"https"_s ? 443 : 80);
}

bool isSameOrigin(const QUrl &a, const QUrl &b)
{
    return a.scheme() == b.scheme() && a.host() == b.host() && portOf(a) == portOf(b);
}

} // namespace

ReplyStream::ReplyStream(
    QNetworkAccessManager &manager, const Clock &clock, const HttpRequest &request, QObject *parent)
    : HttpStream(parent)
    , m_manager(manager)
    , m_clock(clock)
    , m_request(request)
    , m_silence(clock, {request.silenceHint, request.inactivityLimit}, this)
{
    connect(&m_silence, &SilenceWatch::silenceChanged, this, &HttpStream::silenceChanged);
    connect(&m_silence, &SilenceWatch::expired, this, [this] {
        end(Error{ErrorKind::Timeout,
            tr("%1 has been silent for too long. Try again.").arg(m_request.url.host()), {}});
    });
    m_silence.start();
    m_nextTurn.setInterval(0);
    connect(&m_nextTurn, &QTimer::timeout, this, [this] {
        if (take())
            concludeIfAllIsTaken();
    });
}

ReplyStream::~ReplyStream()
{
    if (!m_reply)
        return;
    m_reply->disconnect(this); // abort() emits inside the call
    if (!m_reply->isFinished())
        m_reply->abort();
}

void ReplyStream::start(const std::optional<QSslConfiguration> &tls)
{
    m_tls = tls;
    if (!m_ended)
        send();
}

void ReplyStream::send()
{
    QNetworkRequest out(m_request.url);
    out.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    out.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    out.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    out.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    out.setRawHeader("user-agent", "meanwhile/" + QCoreApplication::applicationVersion().toLatin1());
    // No compression is asked for, since a compressed stream arrives late. If a server compresses all the
    // same, it is decoded here: Qt decodes only what it has asked for.
    out.setRawHeader("accept-encoding", "identity");
    for (const auto &[name, value] : std::as_const(m_request.headers))
        out.setRawHeader(name, value);
    if (m_tls)
        out.setSslConfiguration(*m_tls);
    m_reply = m_request.method == "GET" ? m_manager.get(out)
                                        : m_manager.sendCustomRequest(out, m_request.method, m_request.body);
    m_reply->setParent(this);
    connect(m_reply, &QNetworkReply::socketStartedConnecting, this, [] { sendWithoutDelay(); });
    connect(m_reply, &QNetworkReply::uploadProgress, &m_silence, &SilenceWatch::heard);
    connect(m_reply, &QNetworkReply::sslErrors, this,
        [this](const QList<QSslError> &errors) { m_tlsErrors = errors; });
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &ReplyStream::heard);
    connect(m_reply, &QNetworkReply::readyRead, this, &ReplyStream::heard);
    connect(m_reply, &QNetworkReply::finished, this, [this] {
        m_received = true;
        if (heard())
            concludeIfAllIsTaken();
    });
}

bool ReplyStream::heard()
{
    if (m_ended)
        return true;
    const QPointer<ReplyStream> guard(this);
    m_silence.heard();
    if (!guard)
        return false;
    return m_nextTurn.isActive() || take();
}

bool ReplyStream::take()
{
    if (m_ended)
        return true;
    const QPointer<ReplyStream> guard(this);
    answer();
    if (!guard)
        return false;
    if (m_ended)
        return true;
    const QByteArray bytes = m_reply->read(kMostBytesATurn);
    if (m_reply->bytesAvailable() > 0)
        m_nextTurn.start();
    else
        m_nextTurn.stop();
    if (!bytes.isEmpty() && !m_next)
        pass(bytes);
    return !guard.isNull();
}

void ReplyStream::answer()
{
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status == 0 || m_answered || m_next)
        return;
    m_next = nextAddress(status);
    if (m_next)
        return;
    m_answered = true;
    chooseDecoder();
    if (!m_ended)
        emit answered(status, m_reply->rawHeaderPairs());
}

std::optional<QUrl> ReplyStream::nextAddress(int status) const
{
    const bool keepsMethod = status == 307 || status == 308;
    const bool leads = keepsMethod || status == 301 || status == 302 || status == 303;
    if (!leads || (!keepsMethod && m_request.method != "GET") || m_redirects >= kMostRedirects)
        return {};
    const QByteArray location = m_reply->rawHeader("location");
    const QUrl next = m_request.url.resolved(QUrl::fromEncoded(location));
    if (location.isEmpty() || !next.isValid() || !isSameOrigin(next, m_request.url))
        return {};
    return next.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveFragment);
}

void ReplyStream::chooseDecoder()
{
    const QByteArray coding = m_reply->rawHeader("content-encoding").trimmed().toLower();
    if (coding.isEmpty() || coding == "identity")
        return;
    if (coding == "gzip" || coding == "x-gzip") {
        m_inflater = std::make_unique<Inflater>(Inflater::Coding::Gzip);
    } else if (coding == "deflate") {
        m_inflater = std::make_unique<Inflater>(Inflater::Coding::Deflate);
    } else {
        end(Error{ErrorKind::Protocol,
            tr("%1 answers in a compression (%2) that was not asked for and cannot be read. Check the "
               "gateway's settings.")
                .arg(m_request.url.host(), QString::fromLatin1(coding.left(40))),
            {}});
    }
}

void ReplyStream::pass(const QByteArray &bytes)
{
    if (!m_inflater) {
        emit bodyReceived(bytes);
        return;
    }
    const QPointer<ReplyStream> guard(this);
    const bool isSound = m_inflater->feed(bytes, [this, &guard](const QByteArray &decoded) {
        emit bodyReceived(decoded);
        return guard && !m_ended;
    });
    if (guard && !isSound) {
        end(Error{ErrorKind::Network,
            tr("The answer of %1 was damaged on its way. Try again.").arg(m_request.url.host()), {}});
    }
}

void ReplyStream::concludeIfAllIsTaken()
{
    if (!m_received || m_nextTurn.isActive() || m_ended)
        return;
    const QNetworkReply::NetworkError code = m_reply->error();
    if (m_next && m_redirects < kMostRedirects) {
        ++m_redirects;
        m_request.url = *std::exchange(m_next, {});
        m_reply->disconnect(this);
        m_reply->deleteLater();
        m_received = false;
        send();
        return;
    }
    // 4xx and 5xx are errors to Qt and data to us.
    const bool isStatus = m_answered && code > QNetworkReply::ProxyAuthenticationRequiredError &&
                          code != QNetworkReply::ProtocolFailure;
    if (code != QNetworkReply::NoError && !isStatus)
        end(connectionError({code, m_request.url, m_reply->errorString(), m_tlsErrors}, m_clock.wallTime()));
    else if (m_inflater && !m_inflater->isComplete())
        end(brokenConnection(m_request.url, u"the compressed body is not whole"_s));
    else
        end(std::nullopt);
}

void ReplyStream::end(const std::optional<Error> &cause)
{
    if (std::exchange(m_ended, true))
        return;
    m_silence.stop();
    m_nextTurn.stop();
    emit ended(cause);
}

} // namespace Meanwhile::Wire
