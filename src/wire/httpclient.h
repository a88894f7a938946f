// SPDX-License-Identifier: MIT
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "wire/httptransport.h"

#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QSslCertificate>

#include <functional>
#include <memory>

namespace Meanwhile::Wire {

class ReplyStream;

struct HttpOptions {
    /// Certificates (PEM) to trust beside the system's; empty: none.
    QString caFile = {};
    /// The proxies for an address, best first; called on another thread. Empty: the system's, which are those
    /// of http_proxy, https_proxy and no_proxy where these are set.
    std::function<QList<QNetworkProxy>(const QUrl &)> proxiesFor = {};
};

/// HttpTransport over QNetworkAccessManager, made when the first request is sent.
///
/// HTTP/1.1 only (HTTP/2 replies may never finish before Qt 6.5.1, QTBUG-111417); bodies are asked for
/// uncompressed. The system's proxies, the TLS library and further certificates are looked up on another
/// thread, for each request that needs them: one by http to this computer needs none, and goes out at once.
class HttpClient final : public HttpTransport {
public:
    HttpClient();
    /// The clock must outlive it.
    explicit HttpClient(const Clock &clock, HttpOptions options = {});
    ~HttpClient() override;

    HttpStream *send(const HttpRequest &request, QObject *parent) override;

private:
    class KnownProxies;
    struct Findings;

    static Findings find(const QUrl &url, const HttpOptions &options);
    void start(ReplyStream *stream, const QUrl &url, const Findings &findings);

    SystemClock m_systemClock;
    const Clock &m_clock;
    HttpOptions m_options;
    std::unique_ptr<QNetworkAccessManager> m_manager;
    KnownProxies *m_proxies = nullptr; ///< the manager's
};

} // namespace Meanwhile::Wire
