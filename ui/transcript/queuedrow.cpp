// SPDX-License-Identifier: MIT
#include "ui/transcript/queuedrow.h"

#include "ui/transcript/linkbutton.h"
#include "ui/transcript/shownpart.h"
#include "ui/transcript/textsurface.h"
#include "ui/widgets/theme.h"

#include <QPainter>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

static constexpr int kPadding = 12;
static constexpr int kTop = 6;
static constexpr int kBottom = 6;

QueuedRow::QueuedRow(const Theme &theme, DocumentCache &cache, QWidget *parent)
    : RowWidget(theme, cache, parent)
    , m_surface(new TextSurface(theme, this))
    , m_edit(new LinkButton(theme, tr("Edit"), this))
    , m_withdraw(new LinkButton(theme, tr("Withdraw"), this))
{
    m_edit->setObjectName(u"editQueued"_s);
    m_edit->setAccessibleName(tr("Edit the queued message"));
    m_withdraw->setObjectName(u"withdrawQueued"_s);
    m_withdraw->setAccessibleName(tr("Withdraw the queued message"));
    connect(m_edit, &LinkButton::clicked, this, [this] { emit commanded(EditQueued{row().id}); });
    connect(m_withdraw, &LinkButton::clicked, this, [this] { emit commanded(Withdraw{row().id}); });
}

void QueuedRow::refresh(bool)
{
    const auto document = cache().document(uid());
    const qsizetype shown = foldedPart(row().text);
    const bool isWhole = shown == row().text.size();
    document->setPlainText(
        isWhole ? row().text : row().text.first(shown) + u"\n…"_s, document->style().text());
    m_surface->setDocument(document);
    update();
}

QSize QueuedRow::layOut(const RowRoom &room)
{
    const int width = room.words;
    const int inner = width - 2 * kPadding;
    const int text = m_surface->heightForWidth(inner);
    const int line = m_edit->sizeHint().height();
    m_surface->setGeometry(kPadding, kTop + 8, inner, text);
    const int y = kTop + 8 + text + 2;
    m_withdraw->setGeometry(
        QRect(QPoint(width - kPadding - m_withdraw->sizeHint().width() + 4, y), m_withdraw->sizeHint()));
    m_edit->setGeometry(
        QRect(QPoint(m_withdraw->x() - m_edit->sizeHint().width() - 4, y), m_edit->sizeHint()));
    return {width, y + line + 6 + kBottom};
}

void QueuedRow::paintEvent(QPaintEvent *)
{
    const Tokens &t = theme().tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(t.border, 1, Qt::DashLine));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, kTop + 0.5, -0.5, -kBottom - 0.5), 5, 5);
    painter.setPen(t.dim);
    painter.setFont(Theme::dimFont());
    const QRect line(kPadding, m_edit->y(), m_edit->x() - kPadding, m_edit->height());
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
        row().isHeld ? tr("◌ Held until you send it") : tr("◌ Queued"));
}

} // namespace Meanwhile::Ui
