// SPDX-License-Identifier: MIT
#pragma once

#include "wire/httptransport.h"

#include <QNetworkAccessManager>

#include <memory>

namespace Meanwhile::Wire {

/// HttpTransport over QNetworkAccessManager, made when the first request is sent.
///
/// HTTP/1.1 only (HTTP/2 replies may never finish before Qt 6.5.1, QTBUG-111417); redirects are not followed,
/// since Qt would carry the key to the other host; bodies are asked for uncompressed.
class HttpClient final : public HttpTransport {
public:
    HttpClient();
    ~HttpClient() override;

    HttpStream *send(const HttpRequest &request, QObject *parent) override;

private:
    std::unique_ptr<QNetworkAccessManager> m_manager;
};

} // namespace Meanwhile::Wire
