// SPDX-License-Identifier: MIT
#include "agent/imagebudget.h"

#include "agent/imagesentences.h"
#include "base/textlimits.h"
#include "images/imageheader.h"

namespace Meanwhile::Agent {

using namespace Qt::StringLiterals;
using namespace Conversation;

static qint64 base64Bytes(const QByteArray &bytes)
{
    return (bytes.size() + 2) / 3 * 4;
}

QString ImageBudget::take(const ImageBlock &image)
{
    const auto header = Images::readImageHeader(image.bytes);
    const QSize size = header && header->isSendable() ? header->size : QSize();
    const QString why =
        m_bytes.size() < m_dropped ? u"left out to make room for later images"_s : trouble(image, size);
    m_bytes.append(why.isEmpty() ? base64Bytes(image.bytes) : 0);
    if (!why.isEmpty())
        return sentenceForImage(image, why);
    m_together += m_bytes.last();
    ++m_count;
    m_hasLarge |= qMax(size.width(), size.height()) > m_rules.maxSideOfMany;
    if (m_count > m_rules.manyImages && !std::exchange(m_areMany, true))
        m_isOver |= m_hasLarge;
    dropOldest();
    return {};
}

QString ImageBudget::trouble(const ImageBlock &image, QSize size) const
{
    if (!m_rules.takesImages)
        return u"this model cannot see images"_s;
    if (size.width() < 1 || size.height() < 1)
        return u"it could not be read"_s;
    if (base64Bytes(image.bytes) > m_rules.maxImageBytes)
        return u"%1 are too large to send"_s.arg(formatBytes(image.bytes.size()));
    const int side = m_areMany ? qMin(m_rules.maxSideOfMany, m_rules.maxImageSide) : m_rules.maxImageSide;
    if (size.width() > side || size.height() > side)
        return u"too many pixels to send"_s;
    return {};
}

void ImageBudget::dropOldest()
{
    if (m_together <= m_rules.maxImageBytesTogether && m_count <= m_rules.maxImages)
        return;
    for (; m_dropped + 1 < m_bytes.size() &&
           (m_together > m_rules.maxImageBytesTogether / 2 || m_count > qMax(1, m_rules.maxImages / 2));
         ++m_dropped) {
        if (m_bytes.at(m_dropped) == 0)
            continue;
        m_together -= m_bytes.at(m_dropped);
        --m_count;
        m_isOver = true;
    }
}

void ImageBudget::restart()
{
    m_bytes.clear();
    m_together = 0;
    m_count = 0;
    m_hasLarge = false;
    m_isOver = false;
}

} // namespace Meanwhile::Agent
