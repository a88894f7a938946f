// SPDX-License-Identifier: MIT
#pragma once

#include "base/error.h"

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QPair>
#include <QUrl>

#include <chrono>
#include <optional>

namespace Meanwhile::Wire {

using Headers = QList<QPair<QByteArray, QByteArray>>;

struct HttpRequest {
    QByteArray method = "POST";
    QUrl url;
    Headers headers;
    QByteArray body;
    /// silenceChanged() reports that no byte came for this long; zero: never.
    std::chrono::milliseconds silenceHint = std::chrono::seconds(20);
    /// No byte for this long ends the request with ErrorKind::Timeout; zero waits forever.
    std::chrono::milliseconds inactivityLimit{0};
};

/// Header names compare without case, as HTTP has it. Empty when absent.
QByteArray headerValue(const Headers &headers, QByteArrayView name);

/// One request on its way and its answer as it arrives.
///
/// States: sent -> answered (status and headers) -> bodies -> ended. ended() exactly once, after every body
/// and never inside a call of the owner's; nothing after it. HTTP status is data: 4xx and 5xx end without an
/// error. Thread: the one that made it.  Owner: the caller; deleting it closes the connection without another
/// signal.
class HttpStream : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

signals:
    void answered(int status, const Meanwhile::Wire::Headers &headers);
    void bodyReceived(const QByteArray &bytes);
    /// True: no byte came for HttpRequest::silenceHint. False: the next byte has come. A stream that ends
    /// while it is silent does not emit it again.
    void silenceChanged(bool isSilent);
    /// `cause` is set when the connection failed or broke. A body that stopped early may look like a clean
    /// end (Qt reports no error for a chunked stream that was dropped); the protocol above knows its own end.
    void ended(const std::optional<Meanwhile::Error> &cause);
};

/// Port: sends requests. Implementations: HttpClient (network), fakes in tests.
class HttpTransport {
public:
    virtual ~HttpTransport() = default;

    /// Never null; failures arrive through ended(). `parent` owns the stream.
    virtual HttpStream *send(const HttpRequest &request, QObject *parent) = 0;
};

} // namespace Meanwhile::Wire
