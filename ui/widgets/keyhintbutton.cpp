// SPDX-License-Identifier: MIT
#include "ui/widgets/keyhintbutton.h"

#include "ui/widgets/theme.h"

#include <QStyleOptionButton>
#include <QStylePainter>

namespace Meanwhile::Ui {

static constexpr int kGap = 8;

KeyHintButton::KeyHintButton(Theme &theme, const QString &widestHint, QWidget *parent)
    : QPushButton(parent)
    , m_theme(theme)
    , m_widestHint(widestHint)
    , m_hint(widestHint)
{
}

void KeyHintButton::setHint(const QString &hint)
{
    if (hint == m_hint)
        return;
    m_hint = hint;
    update();
}

QSize KeyHintButton::sizeHint() const
{
    const int hintWidth = QFontMetrics(Theme::dimFont()).horizontalAdvance(m_widestHint);
    return QPushButton::sizeHint() + QSize(kGap + hintWidth, 0);
}

void KeyHintButton::paintEvent(QPaintEvent *)
{
    QStylePainter painter(this);
    QStyleOptionButton option;
    initStyleOption(&option);
    painter.drawControl(QStyle::CE_PushButtonBevel, option);

    const Tokens &tokens = m_theme.tokens();
    const bool isPrimary = property("primary").toBool();
    const QColor colour = !isEnabled() ? tokens.dim : isPrimary ? tokens.onAccent : tokens.text;
    const QFontMetrics hintMetrics(Theme::dimFont());
    const int textWidth = fontMetrics().horizontalAdvance(text());
    const int whole = textWidth + kGap + hintMetrics.horizontalAdvance(m_hint);
    const int left = (width() - whole) / 2;
    painter.setPen(colour);
    painter.drawText(QRect(left, 0, textWidth, height()), Qt::AlignVCenter | Qt::AlignLeft, text());
    painter.setPen(isEnabled() && isPrimary ? tokens.onAccent : tokens.dim);
    painter.setFont(Theme::dimFont());
    painter.drawText(
        rect().adjusted(left + textWidth + kGap, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, m_hint);
}

} // namespace Meanwhile::Ui
