// SPDX-License-Identifier: MIT
#include "agent/imagesentences.h"

#include "images/imageheader.h"

#include <QStringList>

namespace Meanwhile::Agent {

using namespace Qt::StringLiterals;

QString sentenceForImage(const Conversation::ImageBlock &image, const QString &why)
{
    QStringList parts;
    if (!image.name.isEmpty())
        parts += image.name.simplified();
    if (const auto header = Images::readImageHeader(image.bytes); header && header->size.isValid())
        parts += u"%1×%2"_s.arg(header->size.width()).arg(header->size.height());
    parts += u"not shown: %1]"_s.arg(why);
    return u"[image "_s + parts.join(u", "_s);
}

} // namespace Meanwhile::Agent
