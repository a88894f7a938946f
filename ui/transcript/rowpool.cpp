// SPDX-License-Identifier: MIT
#include "ui/transcript/rowpool.h"

#include "ui/transcript/errorrow.h"
#include "ui/transcript/queuedrow.h"
#include "ui/transcript/rulerow.h"
#include "ui/transcript/textrow.h"
#include "ui/transcript/thinkingrow.h"
#include "ui/transcript/toolrow.h"

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;
using Kind = Models::TranscriptRow::Kind;

/// Kinds that the same class shows share their widgets.
static Kind shelfOf(Kind kind)
{
    if (kind == Kind::Retry)
        return Kind::Error;
    const bool isText = kind == Kind::Person || kind == Kind::Notice || kind == Kind::Restored;
    return isText ? Kind::Answer : kind;
}

RowWidget *RowPool::make(Kind kind) const
{
    switch (kind) {
    case Kind::Thinking:
        return new ThinkingRow(m_theme, m_cache, m_parent);
    case Kind::ToolCall:
        return new ToolRow(m_theme, m_cache, m_thumbnails, m_parent);
    case Kind::Delivered:
        return new RuleRow(m_theme, m_cache, m_parent);
    case Kind::Error:
    case Kind::Retry:
        return new ErrorRow(m_theme, m_cache, m_parent);
    case Kind::Queued:
        return new QueuedRow(m_theme, m_cache, m_parent);
    case Kind::Person:
    case Kind::Answer:
    case Kind::Notice:
    case Kind::Restored:
        break;
    }
    return new TextRow(m_theme, m_cache, m_thumbnails, m_parent);
}

RowPool::Taken RowPool::take(Kind kind)
{
    QVector<RowWidget *> &idle = m_idle[int(shelfOf(kind))];
    if (!idle.isEmpty())
        return {idle.takeLast(), false};
    RowWidget *widget = make(kind);
    widget->setObjectName(u"transcriptRow"_s);
    return {widget, true};
}

void RowPool::giveBack(RowWidget *widget)
{
    widget->hide();
    widget->release();
    m_idle[int(shelfOf(widget->kind()))].append(widget);
}

void RowPool::clear()
{
    for (const QVector<RowWidget *> &idle : std::as_const(m_idle))
        qDeleteAll(idle);
    m_idle.clear();
}

} // namespace Meanwhile::Ui
