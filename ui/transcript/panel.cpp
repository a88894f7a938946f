// SPDX-License-Identifier: MIT
#include "ui/transcript/panel.h"

#include "base/textlimits.h"
#include "ui/transcript/linkbutton.h"
#include "ui/transcript/textsurface.h"
#include "ui/widgets/spoken.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QPainter>
#include <QPainterPath>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

static constexpr int kPadding = 10;
static constexpr qsizetype kFoldedChars = 4'000;

Panel::Panel(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_surface(new TextSurface(theme, this))
    , m_copy(new LinkButton(theme, tr("Copy"), this))
    , m_showAll(new LinkButton(theme, {}, this))
{
    m_surface->setObjectName(u"panelText"_s);
    m_copy->setObjectName(u"copyPanel"_s);
    m_showAll->setObjectName(u"showAll"_s);
    m_showAll->setAccented(true);
    connect(m_copy, &LinkButton::clicked, this, [this] { QApplication::clipboard()->setText(m_text); });
    connect(m_showAll, &LinkButton::clicked, this, &Panel::showAllRequested);
}

// Not "all": what a tool answers leaves lines out itself and says where.
void Panel::setFolded(qsizetype hidden, bool whole)
{
    m_showAll->setVisible(!whole);
    m_showAll->setText(hidden > 1 ? tr("Show %1 more lines").arg(formatCount(hidden)) : tr("Show the rest"));
    Spoken::setName(*m_copy, tr("Copy %1").arg(m_title));
    Spoken::setName(*m_surface, m_title);
    m_surface->setDocument(m_document);
    update();
}

void Panel::showText(const QString &title, const QString &text, bool whole)
{
    m_document = std::make_shared<RowDocument>(m_theme.tokens());
    m_title = title;
    m_note.clear();
    m_isDiff = false;
    m_text = text.endsWith(u'\n') ? text.chopped(1) : text;
    const qsizetype lines = m_text.count(u'\n') + 1;
    const bool isShort = lines <= kFoldedLines && m_text.size() <= kFoldedChars;
    QString shown = m_text;
    if (!whole && !isShort) {
        shown = m_text.section(u'\n', 0, kFoldedLines - 1).left(kFoldedChars);
        if (!shown.isEmpty() && shown.back().isHighSurrogate())
            shown.chop(1);
    }
    m_document->setPlainText(shown, m_document->style().codeText());
    setFolded(lines - (shown.count(u'\n') + 1), whole || isShort);
}

void Panel::showDiff(const QString &file, const QString &diff, bool whole)
{
    m_document = std::make_shared<RowDocument>(m_theme.tokens());
    m_title = file;
    m_note = Models::toString(Models::countChanges(diff));
    m_isDiff = true;
    m_text = diff;
    const qsizetype lines = Models::parseDiff(diff).size();
    m_document->setDiff(diff, whole ? int(lines) : kFoldedLines);
    setFolded(lines - kFoldedLines, whole || lines <= kFoldedLines);
}

int Panel::headHeight() const
{
    return QFontMetrics(Theme::codeFont()).height() + 12;
}

int Panel::wantedWidth() const
{
    return m_document ? m_document->wantedWidth() + 2 + 2 * (m_isDiff ? 0 : kPadding) : 0;
}

int Panel::layOut(int width)
{
    const int head = headHeight();
    const int inset = m_isDiff ? 0 : kPadding;
    const int gap = m_isDiff ? 0 : 6;
    // The documents of diffs have margins of their own, so that their tints reach from edge to edge.
    const int text = m_surface->heightForWidth(width - 2 - 2 * inset);
    m_surface->setGeometry(1 + inset, head + gap, width - 2 - 2 * inset, text);
    m_copy->setGeometry(
        QRect(QPoint(width - m_copy->sizeHint().width() - 6, (head - m_copy->sizeHint().height()) / 2),
            m_copy->sizeHint()));
    int y = head + gap + text + gap;
    if (!m_showAll->isHidden()) {
        m_showAll->setGeometry(QRect(QPoint(6, y), m_showAll->sizeHint()));
        y += m_showAll->height() + 4;
    }
    return y + 1;
}

void Panel::paintEvent(QPaintEvent *)
{
    const Tokens &t = m_theme.tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(t.border);
    painter.setBrush(t.code);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
    painter.setRenderHint(QPainter::Antialiasing, false);
    const int head = headHeight();
    painter.fillRect(0, head - 1, width(), 1, t.border);
    painter.setFont(m_isDiff ? Theme::codeFont() : Theme::dimFont());
    painter.setPen(m_isDiff ? t.text : t.dim);
    const QRect line(kPadding, 0, m_copy->x() - kPadding - 8, head);
    int noteWidth = 0;
    const QStringList notes = m_note.split(u' ', Qt::SkipEmptyParts);
    for (const QString &note : notes)
        noteWidth += painter.fontMetrics().horizontalAdvance(note) + 8;
    const QString title =
        painter.fontMetrics().elidedText(m_title, Qt::ElideMiddle, line.width() - noteWidth);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, title);
    int x = line.x() + painter.fontMetrics().horizontalAdvance(title) + 10;
    for (const QString &note : notes) {
        painter.setPen(note.startsWith(u'+') ? t.done : t.failed);
        painter.drawText(QRect(x, 0, width() - x, head), Qt::AlignLeft | Qt::AlignVCenter, note);
        x += painter.fontMetrics().horizontalAdvance(note) + 8;
    }
}

} // namespace Meanwhile::Ui
