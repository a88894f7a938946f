// SPDX-License-Identifier: MIT
#include "llm/baseurl.h"

#include <QRegularExpression>

namespace Meanwhile::Llm {

using namespace Qt::StringLiterals;

QUrl baseUrlFromText(const QString &text)
{
    const QString address = text.trimmed();
    if (address.isEmpty() || address.contains(u"://"_s))
        return QUrl(address);
    const bool local = isLoopback(QUrl(u"http://"_s + address));
    return QUrl((local ? u"http://"_s : u"https://"_s) + address);
}

QUrl trimmedBase(QUrl base, const QString &endpoint)
{
    QString path = base.path();
    const auto chopSlashes = [&] {
        while (path.endsWith(u'/'))
            path.chop(1);
    };
    chopSlashes();
    if (path.endsWith(endpoint)) {
        path.chop(endpoint.size());
        chopSlashes();
    }
    base.setPath(path);
    return base;
}

QUrl below(QUrl base, const QString &path)
{
    base.setPath(base.path() + path);
    return base;
}

bool isLoopback(const QUrl &url)
{
    const QString host = url.host();
    static const QRegularExpression kNumber(u"^127(\\.[0-9]{1,3}){3}$"_s);
    return host == u"localhost" || host == u"::1" || host.contains(kNumber);
}

} // namespace Meanwhile::Llm
