// SPDX-License-Identifier: MIT
#include "ui/composer/contextgauge.h"

#include "ui/widgets/costtext.h"
#include "ui/widgets/theme.h"

#include <QAccessibleWidget>
#include <QEvent>
#include <QLocale>
#include <QPainter>

#include <algorithm>

namespace Meanwhile::Ui {

static constexpr int kBarWidth = 48;
static constexpr int kBarHeight = 6;
static constexpr int kGap = 8;

namespace {

/// As a screen reader has it.
class SpokenGauge final : public QAccessibleWidget, public QAccessibleValueInterface {
public:
    explicit SpokenGauge(ContextGauge *gauge)
        : QAccessibleWidget(gauge)
    {
    }

    QAccessible::Role role() const override
    {
        return percent() ? QAccessible::ProgressBar : QAccessible::StaticText;
    }
    void *interface_cast(QAccessible::InterfaceType type) override
    {
        if (type == QAccessible::ValueInterface && percent())
            return static_cast<QAccessibleValueInterface *>(this);
        return QAccessibleWidget::interface_cast(type);
    }

    QVariant currentValue() const override { return percent().value_or(0); }
    void setCurrentValue(const QVariant &) override {}
    QVariant minimumValue() const override { return 0; }
    QVariant maximumValue() const override { return 100; }
    QVariant minimumStepSize() const override { return 1; }

    static QAccessibleInterface *make(const QString &, QObject *object)
    {
        auto *gauge = qobject_cast<ContextGauge *>(object);
        return gauge ? new SpokenGauge(gauge) : nullptr;
    }

private:
    std::optional<int> percent() const { return static_cast<ContextGauge *>(widget())->percent(); }
};

} // namespace

ContextGauge::ContextGauge(Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
    QAccessible::installFactory(SpokenGauge::make); // a second time does nothing
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    setTokens(0, 0);
}

std::optional<int> ContextGauge::percent() const
{
    if (!hasBar())
        return {};
    // A little that is used is not nothing.
    return int(std::clamp<qint64>(m_used * 100 / m_limit, 1, 100));
}

void ContextGauge::setTokens(qint64 used, qint64 limit)
{
    const std::optional<int> before = percent();
    m_used = used;
    m_limit = limit;
    const QString all = QLocale().toString(used);
    if (hasBar()) {
        const qint64 share = std::max<qint64>(1, used * 100 / limit);
        m_text = isNearlyFull() ? tr("%1 % of %2, nearly full") : tr("%1 % of %2");
        m_text = m_text.arg(share).arg(windowText(limit));
        setToolTip(tr("%1 of %2 tokens: the conversation as the model last read it")
                       .arg(all, QLocale().toString(limit)));
    } else {
        m_text = tr("%1 tokens").arg(all);
        setToolTip(tr("The conversation as the model last read it. The size of this model's context window "
                      "is unknown."));
    }
    // A screen reader would announce the name even where it has not changed.
    if (const QString name = tr("Context: %1").arg(m_text); name != accessibleName())
        setAccessibleName(name);
    if (percent() && percent() != before) {
        QAccessibleValueChangeEvent event(this, *percent());
        QAccessible::updateAccessibility(&event);
    }
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
