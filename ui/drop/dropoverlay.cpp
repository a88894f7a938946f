// SPDX-License-Identifier: MIT
#include "ui/drop/dropoverlay.h"

#include "ui/widgets/icons.h"
#include "ui/widgets/theme.h"

#include <QPainter>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

static constexpr int kIconSize = 32;

DropOverlay::DropOverlay(Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setObjectName(u"dropOverlay"_s);
    setAcceptDrops(true);
}

void DropOverlay::setText(const QString &title, const QString &explanation)
{
    m_title = title;
    m_explanation = explanation;
    setAccessibleName(title);
    setAccessibleDescription(explanation);
    update();
}

void DropOverlay::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens &tokens = m_theme.tokens();
    QColor veil = tokens.window;
    veil.setAlphaF(0.94F);
    painter.fillRect(rect(), veil);
    QPen edge(tokens.accent, 2, Qt::DashLine);
    painter.setPen(edge);
    painter.drawRoundedRect(QRectF(rect()).adjusted(17, 17, -17, -17), 5, 5);

    QFont big = font();
    big.setPointSizeF(big.pointSizeF() * 1.4);
    big.setBold(true);
    const int middle = height() / 2;
    themedIcon(m_theme, u"folder-open"_s)
        .paint(&painter, QRect((width() - kIconSize) / 2, middle - 64, kIconSize, kIconSize));
    painter.setPen(tokens.text);
    painter.setFont(big);
    const QRect line = rect().adjusted(32, 0, -32, 0);
    painter.drawText(QRect(line.left(), middle - 20, line.width(), 32), Qt::AlignCenter,
        QFontMetrics(big).elidedText(m_title, Qt::ElideMiddle, line.width()));
    painter.setPen(tokens.dim);
    painter.setFont(font());
    painter.drawText(QRect(line.left(), middle + 16, line.width(), 64),
        int(Qt::AlignHCenter | Qt::AlignTop) | Qt::TextWordWrap, m_explanation);
}

} // namespace Meanwhile::Ui
