// SPDX-License-Identifier: MIT
#include "ui/transcript/textrow.h"

#include "base/textlimits.h"
#include "ui/pictures/thumbnailstrip.h"
#include "ui/transcript/linkbutton.h"
#include "ui/transcript/shownpart.h"
#include "ui/transcript/textsurface.h"
#include "ui/widgets/spoken.h"
#include "ui/widgets/theme.h"

#include <QEvent>
#include <QPainter>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;
using Kind = Models::TranscriptRow::Kind;

static constexpr int kImagesGap = 8;
static constexpr int kActionGap = 12;
static constexpr int kMoreGap = 4;
static constexpr int kAboveTint = 6;
static constexpr int kBelowTint = 9;
static constexpr int kCorner = 4; // between an action and the edges of the tint

TextRow::TextRow(const Theme &theme, DocumentCache &cache, ThumbnailCache &thumbnails, QWidget *parent)
    : RowWidget(theme, cache, parent)
    , m_surface(new TextSurface(theme, this))
    , m_images(new ThumbnailStrip(theme, thumbnails, this))
{
    m_surface->setObjectName(u"rowText"_s);
}

QMargins TextRow::margins() const
{
    switch (kind()) {
    case Kind::Person:
        return {12, kAboveTint + 9, 12, kBelowTint + 6};
    case Kind::Answer:
        return {0, 4, 0, 0};
    default:
        return {0, 4, 0, 6};
    }
}

void TextRow::refresh(bool isOther)
{
    const auto document = cache().document(uid());
    const bool isFilled = !isOther && m_surface->document() == document;
    const QString shown = shownText();
    if (kind() == Kind::Answer) {
        document->setMarkdown(shown);
    } else if (!isFilled || document->plainText() != shown) {
        QTextCharFormat text = document->style().text();
        if (kind() == Kind::Notice || kind() == Kind::Restored) {
            text.setForeground(theme().tokens().dim);
            text.setFontPointSize(Theme::dimFont().pointSizeF());
        }
        document->setPlainText(shown, text);
    }
    if (isFilled)
        m_surface->documentChanged();
    else
        m_surface->setDocument(document);
    m_surface->setHidden(row().text.isEmpty() && !row().images.isEmpty());
    m_images->setImages(uid(), row().images);
    refreshAction();
    refreshMore();
    update();
}

QString TextRow::shownText() const
{
    const QString &text = row().text;
    const qsizetype shown = shownLength();
    return shown == text.size() ? text : text.first(shown);
}

qsizetype TextRow::shownLength() const
{
    const QString &text = row().text;
    if (kind() == Kind::Answer && row().streaming)
        return std::min(state().wholeOutput ? text.size() : shownPart(text), partWithoutTableHead(text));
    if (state().wholeOutput)
        return text.size();
    return kind() == Kind::Person ? std::min(shownPart(text), foldedPart(text)) : shownPart(text);
}

void TextRow::refreshMore()
{
    const qsizetype shown = shownLength();
    const bool isWhole = state().wholeOutput || shown == row().text.size() ||
                         (row().streaming && shownPart(row().text) == row().text.size());
    if (!m_more && !isWhole) {
        m_more = new LinkButton(theme(), {}, this);
        m_more->setObjectName(u"showRest"_s);
        m_more->setAccented(true);
        connect(m_more, &LinkButton::clicked, this, [this] {
            state().wholeOutput = true;
            refresh(false);
            emit resized();
        });
    }
    if (!m_more)
        return;
    m_more->setVisible(!isWhole);
    const QStringView hidden = QStringView(row().text).sliced(shown);
    const qsizetype lines = hidden.count(u'\n') + (hidden.startsWith(u'\n') ? 0 : 1);
    m_more->setText(kind() == Kind::Person && lines > 1
                        ? tr("Show %1 more lines").arg(formatCount(lines))
                        : tr("Show all %1 characters").arg(formatCount(row().text.size())));
}

void TextRow::refreshAction()
{
    const bool isPerson = kind() == Kind::Person;
    const bool hasAction = isPerson || kind() == Kind::Restored;
    if (!m_action && hasAction) {
        m_action = new LinkButton(theme(), {}, this);
        m_action->setObjectName(u"filesAction"_s);
        connect(m_action, &LinkButton::clicked, this, &TextRow::act);
    }
    if (!m_action)
        return;
    m_action->setVisible(hasAction);
    m_action->setQuiet(isPerson);
    m_action->setAccented(!isPerson);
    m_action->setText(isPerson ? tr("Restore files to here…") : tr("Undo…"));
    Spoken::setName(*m_action,
        isPerson ? tr("Restore files to how they were before this message") : tr("Undo the restore"));
    Spoken::setDescription(*m_action, row().text);
}

void TextRow::act()
{
    if (kind() == Kind::Person)
        emit commanded(RestoreFiles{row().id});
    else
        emit commanded(UndoRestore{row().id});
}

// What is quiet shows under the pointer.
bool TextRow::event(QEvent *event)
{
    if (m_action && (event->type() == QEvent::Enter || event->type() == QEvent::Leave))
        m_action->update();
    return RowWidget::event(event);
}

QSize TextRow::layOut(const RowRoom &room)
{
    const int width = room.words;
    const QMargins around = margins();
    const QSize action = m_action && !m_action->isHidden() ? m_action->sizeHint() : QSize();
    const int beside = kind() == Kind::Restored ? action.width() + kActionGap : 0;
    const int inner = width - around.left() - around.right() - beside;
    int y = around.top();
    int widest = width;
    if (!m_surface->isHidden()) {
        const int wanted = kind() == Kind::Answer ? m_surface->document()->wantedWidth() : 0;
        const int text = std::clamp(wanted, inner, std::max(inner, room.most - (width - inner)));
        const int height = m_surface->document()->heightFor(text, inner);
        m_surface->setGeometry(around.left(), y, text, height);
        widest = std::max(widest, text + width - inner);
        y += height;
    }
    if (m_more && !m_more->isHidden()) {
        m_more->setGeometry(QRect(QPoint(around.left(), y + kMoreGap), m_more->sizeHint()));
        y += m_more->height() + 2 * kMoreGap;
    }
    if (!row().images.isEmpty()) {
        y += m_surface->isHidden() ? 0 : kImagesGap;
        const int height = m_images->layOut(inner);
        m_images->setGeometry(around.left(), y, inner, height);
        y += height;
    }
    if (kind() == Kind::Restored) {
        m_action->setGeometry(QRect(QPoint(width - action.width(), around.top() - 2), action));
    } else if (!action.isEmpty()) {
        // In the lower right corner of the tint, beside the end of the words or below it.
        const int left = width - action.width() - kCorner;
        const bool isFolded = m_more && !m_more->isHidden();
        const int end = !row().images.isEmpty() ? m_images->geometry().x() + m_images->childrenRect().right()
                        : isFolded              ? m_more->geometry().right()
                                                : around.left() + m_surface->document()->lastLineEnd();
        if (end + kActionGap > left)
            y += action.height();
        const int bottom = y + around.bottom() - kBelowTint - kCorner;
        m_action->setGeometry(QRect(QPoint(left, bottom - action.height()), action));
    }
    return {widest, y + around.bottom()};
}

void TextRow::setExposed(const QRect &part)
{
    m_surface->setExposed(part.translated(-m_surface->pos()));
}

void TextRow::paintEvent(QPaintEvent *)
{
    if (kind() != Kind::Person)
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme().tokens().selected);
    painter.drawRoundedRect(rect().adjusted(0, kAboveTint, 0, -kBelowTint), 5, 5);
}

} // namespace Meanwhile::Ui
