// SPDX-License-Identifier: MIT
#include "wire/connectionerror.h"

#include <QCoreApplication>
#include <QLocale>
#include <QSslCertificate>

namespace Meanwhile::Wire {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Meanwhile::Wire", text);
}

QString hostOf(const QUrl &url)
{
    return url.port() > 0 ? u"%1:%2"_s.arg(url.host()).arg(url.port()) : url.host();
}

QString day(const QDateTime &time)
{
    return QLocale().toString(time.toLocalTime().date(), QLocale::ShortFormat);
}

QString issuerOf(const QSslCertificate &certificate)
{
    const QStringList names = certificate.issuerInfo(QSslCertificate::CommonName) +
                              certificate.issuerInfo(QSslCertificate::Organization);
    return names.isEmpty() ? tr("an unnamed issuer") : names.first();
}

QString namesOf(const QSslCertificate &certificate)
{
    QStringList names = certificate.subjectAlternativeNames().values();
    if (names.isEmpty())
        names = certificate.subjectInfo(QSslCertificate::CommonName);
    return names.isEmpty() ? tr("another name") : names.first(qMin<qsizetype>(names.size(), 3)).join(u", "_s);
}

QString certificateText(const QSslError &error, const QString &host, const QDateTime &wallTime)
{
    const QSslCertificate certificate = error.certificate();
    switch (error.error()) {
    case QSslError::CertificateExpired:
        return tr("The certificate of %1 ended on %2, and this computer's date is %3. Set the date if it is "
                  "wrong; otherwise tell whoever runs the server.")
            .arg(host, day(certificate.expiryDate()), day(wallTime));
    case QSslError::CertificateNotYetValid:
        return tr("The certificate of %1 begins on %2, and this computer's date is %3. Set the computer's "
                  "date, then try again.")
            .arg(host, day(certificate.effectiveDate()), day(wallTime));
    case QSslError::HostNameMismatch:
        return tr("The server at %1 shows a certificate for %2. Check the address; a network that asks to "
                  "sign in first does this too.")
            .arg(host, namesOf(certificate));
    case QSslError::SelfSignedCertificate:
    case QSslError::SelfSignedCertificateInChain:
    case QSslError::UnableToGetIssuerCertificate:
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::CertificateUntrusted:
        return tr("The certificate of %1 was issued by %2, which this computer does not know. If it is your "
                  "own server or your company's proxy, set MEANWHILE_CA_FILE to the issuer's certificate "
                  "(PEM) and start again.")
            .arg(host, issuerOf(certificate));
    default:
        return tr("The certificate of %1 cannot be trusted. Check the address, and the computer's date.")
            .arg(host);
    }
}

// Several errors can come at once. An unknown issuer is named first, since it explains the others.
int rank(const QSslError &error)
{
    switch (error.error()) {
    case QSslError::HostNameMismatch:
        return 1;
    case QSslError::CertificateExpired:
    case QSslError::CertificateNotYetValid:
        return 2;
    case QSslError::SelfSignedCertificate:
    case QSslError::SelfSignedCertificateInChain:
    case QSslError::UnableToGetIssuerCertificate:
    case QSslError::UnableToGetLocalIssuerCertificate:
        return 0;
    default:
        return 3;
    }
}

Error certificateError(const ConnectionFault &fault, const QDateTime &wallTime)
{
    const auto first = std::min_element(fault.tlsErrors.cbegin(), fault.tlsErrors.cend(),
        [](const QSslError &a, const QSslError &b) { return rank(a) < rank(b); });
    QStringList words;
    for (const QSslError &error : fault.tlsErrors)
        words.append(error.errorString());
    return {ErrorKind::Certificate, certificateText(*first, hostOf(fault.url), wallTime), words.join(u' ')};
}

} // namespace

Error connectionError(const ConnectionFault &fault, const QDateTime &wallTime)
{
    const QString host = hostOf(fault.url);
    switch (fault.code) {
    case QNetworkReply::ConnectionRefusedError:
        return {ErrorKind::Network,
            tr("Could not connect to %1. Check the address, and that the server is running.").arg(host),
            fault.detail};
    case QNetworkReply::HostNotFoundError:
        return {ErrorKind::Network,
            tr("%1 was not found. Check the network connection and the address.").arg(host), fault.detail};
    case QNetworkReply::SslHandshakeFailedError:
        if (!fault.tlsErrors.isEmpty())
            return certificateError(fault, wallTime);
        return {ErrorKind::Network,
            tr("No secure connection to %1 could be made. Check the address, and whether it begins with "
               "http or https.")
                .arg(host),
            fault.detail};
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
        return {ErrorKind::Network,
            tr("The proxy for %1 does not answer. Check the proxy settings of the system.").arg(host),
            fault.detail};
    case QNetworkReply::ProxyAuthenticationRequiredError:
        return {ErrorKind::PermissionDenied,
            tr("The proxy for %1 asks for a name and a password. Put them into the proxy address, e.g. "
               "https_proxy=http://name:password@proxy:3128, and start again.")
                .arg(host),
            fault.detail};
    default:
        return brokenConnection(fault.url, fault.detail);
    }
}

Error brokenConnection(const QUrl &url, const QString &detail)
{
    return {ErrorKind::Network,
        tr("The connection to %1 failed or broke off. Check the network, then try again.").arg(hostOf(url)),
        detail};
}

} // namespace Meanwhile::Wire
