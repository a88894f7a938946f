// SPDX-License-Identifier: MIT
#include "ui/transcript/errorrow.h"

#include "ui/transcript/textsurface.h"
#include "ui/widgets/spoken.h"
#include "ui/widgets/theme.h"

#include <QPainter>
#include <QPushButton>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;
using Remedy = Models::TranscriptRow::Remedy;

static constexpr int kText = 34; // after the shape
static constexpr int kTop = 8;
static constexpr int kPadding = 10;
static constexpr int kGap = 12;        // before a button
static constexpr int kLeastText = 200; // else the buttons go below it

ErrorRow::ErrorRow(const Theme &theme, DocumentCache &cache, QWidget *parent)
    : RowWidget(theme, cache, parent)
    , m_surface(new TextSurface(theme, this))
    , m_settings(new QPushButton(tr("Open settings"), this))
    , m_retry(new QPushButton(this))
{
    m_settings->setObjectName(u"remedySettings"_s);
    m_retry->setObjectName(u"remedyRetry"_s);
    connect(m_settings, &QPushButton::clicked, this, [this] { emit commanded(OpenSettings{}); });
    connect(m_retry, &QPushButton::clicked, this, [this] { emit commanded(Retry{}); });
}

void ErrorRow::refresh(bool)
{
    const auto document = cache().document(uid());
    document->setPlainText(row().text, document->style().text());
    m_surface->setDocument(document);
    m_retry->setText(row().remedy == Remedy::TryNow ? tr("Try now")
                     : row().remedy == Remedy::GoOn ? tr("Continue")
                                                    : tr("Try again"));
    const bool opensSettings =
        row().remedy == Remedy::OpenSettings || row().remedy == Remedy::OpenSettingsOrRetry;
    m_settings->setVisible(opensSettings);
    m_retry->setVisible(row().remedy != Remedy::None && row().remedy != Remedy::OpenSettings);
    // Below the reason of another try stand the seconds until then.
    const QString reason =
        kind() == Models::TranscriptRow::Kind::Retry ? row().text.section(u'\n', 0, 0) : row().text;
    for (QPushButton *button : {m_settings, m_retry})
        Spoken::setDescription(*button, reason);
}

QSize ErrorRow::layOut(const RowRoom &room)
{
    const int width = room.words;
    const int whole = width - kText - kPadding;
    QSize buttons(0, 0); // each with the gap before it
    for (const QPushButton *button : {m_settings, m_retry}) {
        if (!button->isHidden())
            buttons = {buttons.width() + kGap + button->sizeHint().width(),
                std::max(buttons.height(), button->sizeHint().height())};
    }
    const bool areBeside = whole - buttons.width() >= kLeastText;
    const int inner = areBeside ? whole - buttons.width() : whole;
    const int text = m_surface->heightForWidth(inner);
    const int content = areBeside ? std::max(text, buttons.height()) : text + kGap + buttons.height();
    const int textTop = areBeside ? (content - text) / 2 : 0;
    const int buttonTop = areBeside ? (content - buttons.height()) / 2 : text + kGap;
    m_surface->setGeometry(kText, kTop + kPadding + textTop, inner, text);
    int x = width - kPadding - buttons.width();
    for (QPushButton *button : {m_settings, m_retry}) {
        if (button->isHidden())
            continue;
        x += kGap;
        button->setGeometry(QRect(QPoint(x, kTop + kPadding + buttonTop), button->sizeHint()));
        x += button->width();
    }
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
