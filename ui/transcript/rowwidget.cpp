// SPDX-License-Identifier: MIT
#include "ui/transcript/rowwidget.h"

#include "ui/transcript/textsurface.h"

#include <QAccessible>
#include <QRegularExpression>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;
using Kind = Models::TranscriptRow::Kind;

/// Neither by the Tab key nor by a click; without any policy it would have no place among the keyboard's
/// stops.
static constexpr Qt::FocusPolicy kByArrows =
    Qt::FocusPolicy(Qt::StrongFocus & ~(Qt::TabFocus | Qt::ClickFocus));
/// The whole is read as text.
static constexpr qsizetype kMaxNameChars = 4'000;

RowWidget::RowWidget(const Theme &theme, DocumentCache &cache, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_cache(cache)
{
    setFocusPolicy(kByArrows);
}

void RowWidget::bind(const Models::TranscriptRow &row, RowState &state)
{
    const bool isOther = uid() != state.uid;
    m_row = row;
    m_state = &state;
    refresh(isOther);
    tellName(isOther);
}

QString RowWidget::spokenName() const
{
    const QList<TextSurface *> texts = surfaces();
    if (kind() != Kind::Answer || texts.isEmpty())
        return Models::plainText(m_row).left(kMaxNameChars);
    return texts.first()->document()->document()->toPlainText().left(kMaxNameChars); // without its marks
}

// A growing answer is announced once it is complete. Seconds that are counted, until a retry or for a reply,
// are not announced.
void RowWidget::tellName(bool isOther)
{
    if (!QAccessible::isActive() || (m_row.streaming && !isOther))
        return;
    static const QRegularExpression kNumber(u"\\d+"_s);
    const QString name = spokenName();
    const bool mayCount = kind() == Kind::Retry || kind() == Kind::Notice;
    const bool isSame = mayCount ? QString(name).remove(kNumber) == QString(m_announcedName).remove(kNumber)
                                 : name == m_announcedName;
    if (isSame && !isOther)
        return;
    m_announcedName = name;
    QAccessibleEvent event(this, QAccessible::NameChanged);
    QAccessible::updateAccessibility(&event);
}

} // namespace Meanwhile::Ui
