// SPDX-License-Identifier: MIT
#include "base/customprovider.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QUrl>

namespace Meanwhile {

using namespace Qt::StringLiterals;

namespace {

const QString kKeyPlace = u"{key}"_s;

QString tr(const char *text)
{
    return QCoreApplication::translate("Meanwhile", text);
}

QPair<QString, QString> split(const QString &line)
{
    const qsizetype colon = line.indexOf(u':');
    return {line.left(colon).trimmed(), colon < 0 ? QString() : line.mid(colon + 1).trimmed()};
}

// RFC 9110, 5.6.2 and 5.5: a token, and visible characters.
bool isHeader(const QString &line)
{
    static const QRegularExpression kHeader(u"^[!#$%&'*+.^_`|~0-9A-Za-z-]+\\s*:\\s*[\\x20-\\x7e]*$"_s);
    return kHeader.match(line.trimmed()).hasMatch();
}

QString headerProblem(const QString &line)
{
    if (!isHeader(line))
        return tr("“%1” is not a header. Write one on each line, as Name: value.").arg(line);
    const auto [name, value] = split(line);
    static const QRegularExpression kOwn(
        u"^(host|connection|content-length|content-type|transfer-encoding|accept-encoding)$"_s,
        QRegularExpression::CaseInsensitiveOption);
    if (kOwn.match(name).hasMatch())
        return tr("“%1” is set by Meanwhile itself. Take that line out.").arg(name);
    static const QRegularExpression kSecret(
        u"authorization|key|token|secret|password|cookie"_s, QRegularExpression::CaseInsensitiveOption);
    if (kSecret.match(name).hasMatch() && !value.contains(kKeyPlace))
        return tr(
            "“%1” looks like a secret, and headers are kept in the settings. Write {key} for its value and "
            "enter the secret as the key.")
            .arg(name);
    return {};
}

QString problemOf(const CustomProvider &provider, const QStringList &otherNames)
{
    const QString name = provider.name.trimmed();
    if (name.isEmpty())
        return tr("Give the provider a name.");
    if (otherNames.contains(name, Qt::CaseInsensitive))
        return tr("Another provider is named “%1”. Choose a different name.").arg(name);
    if (provider.baseUrl.isEmpty())
        return tr("Enter the provider's address, such as https://host/v1.");
    if (const QString wrong = addressProblem(provider.baseUrl); !wrong.isEmpty())
        return wrong;
    for (const QString &line : provider.headers) {
        if (const QString wrong = headerProblem(line); !wrong.isEmpty())
            return wrong;
    }
    return {};
}

} // namespace

QString CustomProvider::problem(const QStringList &otherNames) const
{
    return problemOf(*this, otherNames);
}

bool CustomProvider::hasKeyInHeaders() const
{
    return headers.join(u'\n').contains(kKeyPlace);
}

QList<QPair<QByteArray, QByteArray>> CustomProvider::headersWith(const QString &key) const
{
    QList<QPair<QByteArray, QByteArray>> made;
    for (const QString &line : headers) {
        auto [header, value] = split(line);
        // A key with a line end would make a header of its own.
        made.append({header.toLatin1(), value.replace(kKeyPlace, key.simplified()).toLatin1()});
    }
    return made;
}

QString customProviderId(const QString &name, const QStringList &taken)
{
    QString slug = name.toLower();
    static const QRegularExpression kOther(u"[^a-z0-9]+"_s);
    slug.replace(kOther, u"-"_s);
    const QString base = u"custom-"_s + slug.left(40);
    QString id = base;
    for (int i = 2; taken.contains(id); ++i)
        id = base + u'-' + QString::number(i);
    return id;
}

QString addressProblem(const QString &address)
{
    const QUrl url(address.trimmed(), QUrl::StrictMode);
    const bool isWeb = url.scheme() == u"https"_s || url.scheme() == u"http"_s;
    if (url.isValid() && isWeb && !url.host().isEmpty() && url.userInfo().isEmpty())
        return {};
    return tr("The address must look like https://host/path.");
}

} // namespace Meanwhile
