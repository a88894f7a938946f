// SPDX-License-Identifier: MIT
#include "ui/transcript/errorrow.h"

#include "ui/spoken.h"
#include "ui/theme.h"
#include "ui/transcript/textsurface.h"

#include <QPainter>
#include <QPushButton>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;
using Remedy = Models::TranscriptRow::Remedy;

static constexpr int kText = 34; // after the shape
static constexpr int kTop = 8;
static constexpr int kPadding = 10;

ErrorRow::ErrorRow(const Theme &theme, DocumentCache &cache, QWidget *parent)
    : RowWidget(theme, cache, parent)
    , m_surface(new TextSurface(theme, this))
    , m_button(new QPushButton(this))
{
    m_button->setObjectName(u"remedy"_s);
    connect(m_button, &QPushButton::clicked, this, &ErrorRow::help);
}

void ErrorRow::help()
{
    if (row().remedy == Remedy::OpenSettings)
        emit settingsRequested();
    else
        emit retryRequested();
}

void ErrorRow::refresh(bool)
{
    const auto document = cache().document(uid());
    document->setPlainText(row().text, document->style().text());
    m_surface->setDocument(document);
    m_button->setText(row().remedy == Remedy::OpenSettings ? tr("Open settings")
                      : row().remedy == Remedy::TryNow     ? tr("Try now")
                      : row().remedy == Remedy::GoOn       ? tr("Continue")
                                                           : tr("Try again"));
    // Below the reason of another try stand the seconds until then.
    Spoken::setDescription(*m_button,
        kind() == Models::TranscriptRow::Kind::Retry ? row().text.section(u'\n', 0, 0) : row().text);
    m_button->setVisible(row().remedy != Remedy::None);
}

QSize ErrorRow::layOut(const RowRoom &room)
{
    const int width = room.words;
    const bool helps = row().remedy != Remedy::None;
    const QSize button = m_button->sizeHint();
    const int inner = width - kText - kPadding - (helps ? button.width() + 12 : 0);
    const int text = m_surface->heightForWidth(inner);
    const int content = std::max(text, helps ? button.height() : 0);
    m_surface->setGeometry(kText, kTop + kPadding + (content - text) / 2, inner, text);
    m_button->setGeometry(
        QRect(QPoint(width - kPadding - button.width(), kTop + kPadding + (content - button.height()) / 2),
            button));
    return {width, content + 2 * kPadding + 2 * kTop};
}

void ErrorRow::paintEvent(QPaintEvent *)
{
    const Tokens &t = theme().tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(t.border);
    painter.setBrush(t.surface);
    const QRectF card = QRectF(rect()).adjusted(0.5, kTop + 0.5, -0.5, -kTop - 0.5);
    painter.drawRoundedRect(card, 5, 5);
    painter.setRenderHint(QPainter::Antialiasing, false);
    const bool waits = kind() == Models::TranscriptRow::Kind::Retry;
    const QColor colour = waits ? t.waiting : t.failed;
    painter.fillRect(QRectF(0, kTop + 4, 3, height() - 2 * kTop - 8), colour);
    painter.setPen(colour);
    painter.drawText(QRect(14, m_surface->y(), kText - 14, m_surface->height()), Qt::AlignLeft | Qt::AlignTop,
        waits ? u"↻"_s : u"✕"_s);
}

} // namespace Meanwhile::Ui
