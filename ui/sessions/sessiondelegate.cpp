// SPDX-License-Identifier: MIT
#include "ui/sessions/sessiondelegate.h"

#include "models/sessionlistmodel.h"

#include <QApplication>
#include <QLineEdit>
#include <QPainter>

#include <algorithm>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;
using Models::SessionListModel;
using Models::SessionState;
using RowKind = SessionListModel::RowKind;

static constexpr int kMargin = 8; ///< beside the tint of a row
static constexpr int kShapeX = 14;
static constexpr int kTextX = 32;
static constexpr int kPaddingY = 6;
static constexpr int kLineGap = 1;
static constexpr int kHeadAbove = 12;
static constexpr int kHeadBelow = 4;
static constexpr int kRadius = 5;

static RowKind kindOf(const QModelIndex &index)
{
    return RowKind(index.data(SessionListModel::KindRole).toInt());
}

static QRect tintOf(const QRect &row)
{
    return row.adjusted(kMargin, 0, -kMargin, 0);
}

static int titleHeight()
{
    return std::max(30, QFontMetrics(QApplication::font()).height() + 2 * kPaddingY);
}

SessionDelegate::SessionDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

QSize SessionDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const int dim = QFontMetrics(Theme::dimFont()).height();
    if (kindOf(index) == RowKind::Project)
        return {0, kHeadAbove + dim + kHeadBelow};
    const bool hasExcerpt = !index.data(SessionListModel::ExcerptRole).toString().isEmpty();
    return {0, titleHeight() + (hasExcerpt ? dim + kLineGap : 0)};
}

void SessionDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Tokens &tokens = m_theme.tokens();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const bool isHead = kindOf(index) == RowKind::Project;
    if (!isHead && (index.data(SessionListModel::IsCurrentRole).toBool() ||
                       option.state.testFlag(QStyle::State_MouseOver))) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(tokens.selected);
        painter->drawRoundedRect(tintOf(option.rect), kRadius, kRadius);
    }
    // Where the keyboard is.
    if (!isHead && option.state.testFlag(QStyle::State_Selected) && option.widget &&
        option.widget->hasFocus()) {
        painter->setPen(tokens.accent);
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(
            QRectF(tintOf(option.rect)).adjusted(0.5, 0.5, -0.5, -0.5), kRadius, kRadius);
    }
    switch (kindOf(index)) {
    case RowKind::Project:
        paintHead(painter, option.rect, index);
        break;
    case RowKind::Archive:
        paintArchive(painter, option.rect, index);
        break;
    case RowKind::Session:
        paintSession(painter, option.rect, index);
        break;
    }
    painter->restore();
}

/// One line from `left` to the row's right edge.
static void drawLine(
    QPainter *painter, const QFont &font, const QColor &colour, QRect area, int left, const QString &text)
{
    const QFontMetrics metrics(font);
    area.setLeft(left);
    area.setRight(area.right() - 2 * kMargin);
    painter->setFont(font);
    painter->setPen(colour);
    painter->drawText(area, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
        metrics.elidedText(text, Qt::ElideRight, area.width()));
}

void SessionDelegate::paintHead(QPainter *painter, const QRect &rect, const QModelIndex &index) const
{
    QFont font = Theme::dimFont();
    font.setBold(true);
    drawLine(painter, font, m_theme.tokens().dim, rect.adjusted(0, kHeadAbove, 0, -kHeadBelow), kShapeX,
        index.data().toString());
}

void SessionDelegate::paintArchive(QPainter *painter, const QRect &rect, const QModelIndex &index) const
{
    const QPointF middle(kShapeX + 5, rect.center().y() + 0.5);
    QPolygonF triangle;
    if (index.data(SessionListModel::IsUnfoldedRole).toBool())
        triangle << QPointF(-4, -2) << QPointF(4, -2) << QPointF(0, 3);
    else
        triangle << QPointF(-2, -4) << QPointF(-2, 4) << QPointF(3, 0);
    painter->setPen(Qt::NoPen);
    painter->setBrush(m_theme.tokens().dim);
    painter->drawPolygon(triangle.translated(middle));
    drawLine(painter, QApplication::font(), m_theme.tokens().dim, rect, kTextX, index.data().toString());
}

static void drawShape(QPainter *painter, SessionState state, const QPointF &middle, const Tokens &tokens)
{
    painter->setPen(Qt::NoPen);
    switch (state) {
    case SessionState::TasksRun: // smaller than one at work: nobody is asked to wait for it
        painter->setBrush(tokens.accent);
        painter->drawEllipse(middle, 2.5, 2.5);
        return;
    case SessionState::Working:
        painter->setBrush(tokens.accent);
        painter->drawEllipse(middle, 4.5, 4.5);
        return;
    case SessionState::WaitsForApproval:
    case SessionState::WaitsForPerson:
        painter->setBrush(tokens.waiting);
        painter->drawPolygon(QPolygonF({{0, -5.5}, {5.5, 0}, {0, 5.5}, {-5.5, 0}}).translated(middle));
        return;
    case SessionState::Finished: // a ring around a dot
        painter->setBrush(tokens.done);
        painter->drawEllipse(middle, 2.2, 2.2);
        painter->setPen(QPen(tokens.done, 1.4));
        painter->setBrush(Qt::NoBrush);
        painter->drawEllipse(middle, 4.8, 4.8);
        return;
    case SessionState::Failed: // a cross
        painter->setPen(QPen(tokens.failed, 1.8, Qt::SolidLine, Qt::RoundCap));
        painter->drawLine(middle + QPointF(-3.5, -3.5), middle + QPointF(3.5, 3.5));
        painter->drawLine(middle + QPointF(-3.5, 3.5), middle + QPointF(3.5, -3.5));
        return;
    case SessionState::NotOpen:
    case SessionState::AtRest:
        break;
    }
    painter->setPen(QPen(tokens.dim, 1.2));
    painter->setBrush(Qt::NoBrush);
    painter->drawEllipse(middle, 4, 4);
}

void SessionDelegate::paintSession(QPainter *painter, const QRect &rect, const QModelIndex &index) const
{
    const Tokens &tokens = m_theme.tokens();
    const QRect title(rect.topLeft(), QSize(rect.width(), titleHeight()));
    drawShape(painter, SessionState(index.data(SessionListModel::StateRole).toInt()),
        QPointF(kShapeX + 5, title.center().y() + 0.5), tokens);
    const bool isArchived = index.data(SessionListModel::IsArchivedRole).toBool();
    QFont font = QApplication::font();
    font.setBold(SessionState(index.data(SessionListModel::StateRole).toInt()) == SessionState::Finished);
    drawLine(painter, font, isArchived ? tokens.dim : tokens.text, title, kTextX, index.data().toString());
    const QString excerpt = index.data(SessionListModel::ExcerptRole).toString();
    if (!excerpt.isEmpty())
        drawLine(painter, Theme::dimFont(), tokens.dim,
            rect.adjusted(0, titleHeight() - kPaddingY + kLineGap, 0, -kPaddingY), kTextX, excerpt);
}

QWidget *SessionDelegate::createEditor(
    QWidget *parent, const QStyleOptionViewItem &, const QModelIndex &) const
{
    auto *editor = new QLineEdit(parent);
    editor->setObjectName(u"sessionTitle"_s);
    editor->setAccessibleName(tr("Title of the session"));
    editor->setMaxLength(200);
    editor->setStyleSheet(u"padding: 4px;"_s);
    return editor;
}

void SessionDelegate::updateEditorGeometry(
    QWidget *editor, const QStyleOptionViewItem &option, const QModelIndex &) const
{
    QRect place(option.rect.topLeft(), QSize(option.rect.width() - kMargin, titleHeight()));
    place.setLeft(kTextX - 7); // the words stay where they are
    editor->setGeometry(place);
}

void SessionDelegate::setModelData(QWidget *editor, QAbstractItemModel *, const QModelIndex &index) const
{
    const QString title = qobject_cast<QLineEdit *>(editor)->text().simplified();
    if (!title.isEmpty() && title != index.data(Qt::EditRole).toString())
        emit titleEdited(index.data(SessionListModel::SessionIdRole).toString(), title);
}

} // namespace Meanwhile::Ui
