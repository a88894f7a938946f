// SPDX-License-Identifier: MIT
#include "ui/composer/contextgauge.h"

#include "ui/composer/costtext.h"
#include "ui/theme.h"

#include <QEvent>
#include <QLocale>
#include <QPainter>

#include <algorithm>

namespace Meanwhile::Ui {

static constexpr int kBarWidth = 48;
static constexpr int kBarHeight = 6;
static constexpr int kGap = 8;

ContextGauge::ContextGauge(Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    setTokens(0, 0);
}

void ContextGauge::setTokens(qint64 used, qint64 limit)
{
    m_used = used;
    m_limit = limit;
    const QString all = QLocale().toString(used);
    if (hasBar()) {
        // A little that is used is not nothing.
        const qint64 percent = std::max<qint64>(1, used * 100 / limit);
        m_text = isNearlyFull() ? tr("%1 % of %2, nearly full") : tr("%1 % of %2");
        m_text = m_text.arg(percent).arg(windowText(limit));
        setToolTip(tr("%1 of %2 tokens: the conversation as the model last read it")
                       .arg(all, QLocale().toString(limit)));
    } else {
        m_text = tr("%1 tokens").arg(all);
        setToolTip(
            tr("The conversation as the model last read it. How much this model can read at once is not "
               "known."));
    }
    // Where a name is the same again, a screen reader would be told of it all the same.
    if (const QString name = tr("Context: %1").arg(m_text); name != accessibleName())
        setAccessibleName(name);
    setVisible(used > 0);
    updateGeometry();
    update();
}

QSize ContextGauge::sizeHint() const
{
    const int bar = hasBar() ? kBarWidth + kGap : 0;
    return {bar + fontMetrics().horizontalAdvance(m_text) + 2, std::max(fontMetrics().height(), kBarHeight)};
}

void ContextGauge::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange)
        updateGeometry();
    QWidget::changeEvent(event);
}

void ContextGauge::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens &tokens = m_theme.tokens();
    const QColor colour = isNearlyFull() ? tokens.waiting : tokens.accent;
    int left = 0;
    if (hasBar()) {
        const QRectF bar(0.5, (height() - kBarHeight) / 2.0, kBarWidth - 1, kBarHeight);
        painter.setPen(tokens.border);
        painter.setBrush(tokens.code);
        painter.drawRoundedRect(bar, kBarHeight / 2.0, kBarHeight / 2.0);
        const double share = std::min(1.0, double(m_used) / double(m_limit));
        QRectF filled = bar.adjusted(1, 1, -1, -1);
        filled.setWidth(std::max(filled.height(), filled.width() * share));
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        painter.drawRoundedRect(filled, filled.height() / 2, filled.height() / 2);
        left = kBarWidth + kGap;
    }
    painter.setPen(isNearlyFull() ? tokens.waiting : tokens.dim);
    painter.drawText(rect().adjusted(left, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, m_text);
}

} // namespace Meanwhile::Ui
