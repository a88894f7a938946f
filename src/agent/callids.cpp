// SPDX-License-Identifier: MIT
#include "agent/callids.h"

#include "agent/historyrepair.h"

#include <QCryptographicHash>

#include <algorithm>

namespace Meanwhile::Agent {

using namespace Qt::StringLiterals;

static bool isAsciiAlnum(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9');
}

QString CallIds::unique(const QString &given, int length)
{
    QString id;
    if (length == 0) {
        const QString base = asName(given, u"call"_s);
        id = base;
        for (int n = 2; m_used.contains(id); ++n) {
            const QString suffix = u"_%1"_s.arg(n);
            id = base.first(std::min(base.size(), kMaxNameChars - suffix.size())) + suffix;
        }
    } else {
        id = given;
        const auto fits = [length](const QString &text) {
            return text.size() == length && std::all_of(text.begin(), text.end(), isAsciiAlnum);
        };
        QByteArray digest = given.toUtf8();
        while (!fits(id) || m_used.contains(id)) {
            digest = QCryptographicHash::hash(digest, QCryptographicHash::Sha1).toHex();
            id = QString::fromLatin1(digest.first(std::min<qsizetype>(length, digest.size())));
        }
    }
    m_used.insert(id);
    return id;
}

} // namespace Meanwhile::Agent
