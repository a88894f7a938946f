// SPDX-License-Identifier: MIT
#include "agent/imagesentences.h"

#include "images/imageheader.h"

#include <QStringList>

#include <utility>

namespace Meanwhile::Agent {

using namespace Conversation;
using namespace Qt::StringLiterals;

static QString sentenceFor(const ImageBlock &image)
{
    QStringList parts;
    if (!image.name.isEmpty())
        parts += image.name.simplified();
    if (const auto header = Images::readImageHeader(image.bytes); header && header->size.isValid())
        parts += u"%1×%2"_s.arg(header->size.width()).arg(header->size.height());
    parts += u"not shown: this model cannot see images]"_s;
    return u"[image "_s + parts.join(u", "_s);
}

Message withSentencesForImages(Message message)
{
    for (ContentBlock &block : message.content) {
        if (const auto *image = std::get_if<ImageBlock>(&block)) {
            block = TextBlock{sentenceFor(*image)};
        } else if (auto *result = std::get_if<ToolResultBlock>(&block)) {
            const QVector<ImageBlock> images = std::exchange(result->images, {});
            for (const ImageBlock &shown : images)
                result->text += (result->text.isEmpty() ? QString() : u"\n"_s) + sentenceFor(shown);
        }
    }
    return message;
}

} // namespace Meanwhile::Agent
