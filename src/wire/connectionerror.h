// SPDX-License-Identifier: MIT
#pragma once

#include "base/error.h"

#include <QDateTime>
#include <QList>
#include <QNetworkReply>
#include <QSslError>
#include <QUrl>

namespace Meanwhile::Wire {

/// How a connection ended badly, as Qt tells it.
struct ConnectionFault {
    QNetworkReply::NetworkError code = QNetworkReply::NoError;
    QUrl url;
    QString detail; ///< Qt's or the system's own words
    QList<QSslError> tlsErrors = {};
};

/// The fault in words for people. Network where another try may help, Certificate where it cannot.
/// `wallTime` is shown beside a certificate's dates, since a wrong clock is the likeliest reason.
Error connectionError(const ConnectionFault &fault, const QDateTime &wallTime);

/// An answer that ended before it was whole.
Error brokenConnection(const QUrl &url, const QString &detail);

} // namespace Meanwhile::Wire
