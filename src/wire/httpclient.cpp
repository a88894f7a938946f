// SPDX-License-Identifier: MIT
#include "wire/httpclient.h"

#include "base/textlimits.h"
#include "base/whenfinished.h"
#include "wire/replystream.h"

#include <QCoreApplication>
#include <QHash>
#include <QHostAddress>
#include <QNetworkRequest>
#include <QPromise>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QThreadPool>

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

constexpr qsizetype kMaxShownAddress = 200;

bool isThisComputer(const QUrl &url)
{
    const QString host = url.host();
    return host == u"localhost"_s || host.endsWith(u".localhost"_s) || QHostAddress(host).isLoopback();
}

bool isSecure(const QUrl &url)
{
    return url.scheme() == u"https"_s;
}

bool isPlain(const QUrl &url)
{
    return url.scheme() == u"http"_s;
}

bool canBeAsked(const QUrl &url)
{
    return (isSecure(url) || isPlain(url)) && !url.host().isEmpty();
}

} // namespace

struct HttpClient::Findings {
    QList<QNetworkProxy> proxies;
    QList<QSslCertificate> certificates;
    std::optional<Error> error;
};

/// Answers from what was looked up before, so that no request waits on the GUI thread for the system.
class HttpClient::KnownProxies final : public QNetworkProxyFactory {
public:
    void setProxies(const QUrl &url, const QList<QNetworkProxy> &proxies)
    {
        m_proxies.insert(keyOf(url), proxies);
    }

    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override
    {
        const QList<QNetworkProxy> known = m_proxies.value(keyOf(query.url()));
        return known.isEmpty() ? QList<QNetworkProxy>{QNetworkProxy::NoProxy} : known;
    }

private:
    static QString keyOf(const QUrl &url)
    {
        return u"%1://%2:%3"_s.arg(url.scheme(), url.host()).arg(url.port());
    }

    QHash<QString, QList<QNetworkProxy>> m_proxies;
};

HttpClient::HttpClient()
    : m_clock(m_systemClock)
{
}

HttpClient::HttpClient(const Clock &clock, HttpOptions options)
    : m_clock(clock)
    , m_options(std::move(options))
{
}

HttpClient::~HttpClient() = default;

HttpStream *HttpClient::send(const HttpRequest &request, QObject *parent)
{
    if (!m_manager) {
        m_manager = std::make_unique<QNetworkAccessManager>();
        m_manager->setAutoDeleteReplies(false);
        m_proxies = new KnownProxies;
        m_manager->setProxyFactory(m_proxies);
    }
    auto *stream = new ReplyStream(*m_manager, m_clock, request, parent);
    if (isThisComputer(request.url) && isPlain(request.url)) {
        stream->start({});
        return stream;
    }
    auto promise = std::make_shared<QPromise<Findings>>();
    promise->start();
    whenFinished(promise->future(), stream,
        [this, stream, url = request.url](const Findings &findings) { start(stream, url, findings); });
    QThreadPool::globalInstance()->start([promise, url = request.url, options = m_options] {
        promise->addResult(find(url, options));
        promise->finish();
    });
    return stream;
}

// On another thread: libproxy may ask the desktop or a script (1 to 5 ms here when it asks nobody), the TLS
// library is loaded, files are read.
HttpClient::Findings HttpClient::find(const QUrl &url, const HttpOptions &options)
{
    Findings found;
    if (!canBeAsked(url)) {
        found.error = Error{ErrorKind::InvalidArgument,
            QCoreApplication::translate("Meanwhile::Wire", "“%1” is not the address of a server. Correct the "
                                                           "provider's address: it begins with https:// "
                                                           "or http://, such as https://api.example.com.")
                .arg(clipMiddle(url.toString(QUrl::RemoveUserInfo), kMaxShownAddress)),
            {}};
        return found;
    }
    if (!isThisComputer(url)) {
        found.proxies = options.proxiesFor
                            ? options.proxiesFor(url)
                            : QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(url));
    }
    if (!isSecure(url))
        return found;
    QSslSocket::supportsSsl();
    if (options.caFile.isEmpty())
        return found;
    found.certificates =
        QSslCertificate::fromPath(options.caFile, QSsl::Pem, QSslCertificate::PatternSyntax::FixedString);
    if (found.certificates.isEmpty()) {
        found.error = Error{ErrorKind::Certificate,
            QCoreApplication::translate("Meanwhile::Wire",
                "The file %1 holds no certificate (PEM). Correct MEANWHILE_CA_FILE and start again.")
                .arg(options.caFile),
            {}};
    }
    return found;
}

void HttpClient::start(ReplyStream *stream, const QUrl &url, const Findings &findings)
{
    if (findings.error) {
        stream->fail(*findings.error);
        return;
    }
    m_proxies->setProxies(url, findings.proxies);
    if (findings.certificates.isEmpty()) {
        stream->start({});
        return;
    }
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.addCaCertificates(findings.certificates);
    stream->start(tls);
}

} // namespace Meanwhile::Wire
