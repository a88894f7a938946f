// SPDX-License-Identifier: MIT
#include "agent/imagesentences.h"

#include "images/imageheader.h"

#include <QStringList>

namespace Meanwhile::Agent {

using namespace Conversation;
using namespace Qt::StringLiterals;

QString sentenceForUnseen(const ImageBlock &image)
{
    QStringList parts;
    if (!image.name.isEmpty())
        parts += image.name.simplified();
    if (const auto header = Images::readImageHeader(image.bytes); header && header->size.isValid())
        parts += u"%1×%2"_s.arg(header->size.width()).arg(header->size.height());
    parts += u"not shown: this model cannot see images]"_s;
    return u"[image "_s + parts.join(u", "_s);
}

} // namespace Meanwhile::Agent
