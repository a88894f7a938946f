// SPDX-License-Identifier: MIT
#include "ui/transcript/links.h"

#include <QDesktopServices>
#include <QUrl>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

bool isSafeLink(const QString &address)
{
    const QUrl url(address, QUrl::StrictMode);
    const QString scheme = url.scheme();
    if (scheme == u"mailto"_s)
        return url.isValid();
    return url.isValid() && !url.host().isEmpty() && (scheme == u"http"_s || scheme == u"https"_s);
}

void openLink(const QString &address)
{
    if (isSafeLink(address))
        QDesktopServices::openUrl(QUrl(address, QUrl::StrictMode));
}

} // namespace Meanwhile::Ui
