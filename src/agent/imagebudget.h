// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/contentblock.h"
#include "llm/requestrules.h"

#include <QSize>

namespace Meanwhile::Agent {

/// Which images of a conversation a request may hold, decided one by one, oldest first.
///
/// What is over the limit is answered with the sentence that stands in the image's place. When too many are
/// too large together, the oldest go until half of the limit is left, so that requests seldom change their
/// beginning; isOver() then asks to begin again with restart(). The same images in the same order give the
/// same answers.
class ImageBudget {
public:
    explicit ImageBudget(const Llm::RequestRules &rules)
        : m_rules(rules)
    {
    }

    /// Empty when the image may be sent; else the sentence that is sent in its place.
    QString take(const Conversation::ImageBlock &image);
    /// An image that was allowed before must go now.
    bool isOver() const { return m_isOver; }
    void restart();

private:
    QString trouble(const Conversation::ImageBlock &image, QSize size) const;
    void dropOldest();

    Llm::RequestRules m_rules;
    QVector<qint64> m_bytes; // of each image, 0 where it is not sent
    qint64 m_together = 0;
    int m_count = 0;
    bool m_hasLarge = false; // one that is too large among many
    qsizetype m_dropped = 0; // so many of the oldest are not sent
    bool m_areMany = false;
    bool m_isOver = false;
};

} // namespace Meanwhile::Agent
