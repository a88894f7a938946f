// SPDX-License-Identifier: MIT
#include "ui/taskpanel/taskdelegate.h"

#include "base/textlimits.h"
#include "models/taskstatus.h"
#include "models/tasktablemodel.h"
#include "ui/taskpanel/tasktable.h"

#include <QPainter>

#include <algorithm>

namespace Meanwhile::Ui {

using Models::TaskTableModel;
using Models::Tone;
using Tasks::Delivery;

static constexpr int kPaddingX = 8;
static constexpr int kPaddingY = 7;
static constexpr int kLineGap = 2;

static QColor colourOf(Tone tone, const Tokens &tokens)
{
    switch (tone) {
    case Tone::Active:
        return tokens.accent;
    case Tone::Waiting:
    case Tone::Unknown:
        return tokens.waiting;
    case Tone::Done:
        return tokens.done;
    case Tone::Failed:
        return tokens.failed;
    case Tone::Ended:
        break;
    }
    return tokens.dim;
}

TaskDelegate::TaskDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

int TaskDelegate::rowHeight() const
{
    const int first = std::max(QFontMetrics(Theme::codeFont()).height(), QFontMetrics(QFont()).height());
    return first + QFontMetrics(Theme::dimFont()).height() + 2 * kPaddingY + kLineGap + 1;
}

QSize TaskDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {0, rowHeight()};
}

TaskDelegate::Lines TaskDelegate::lines(const QModelIndex &index, bool isFolded)
{
    const auto beside = [&index](int column) { return index.siblingAtColumn(column).data().toString(); };
    switch (index.column()) {
    case TaskTableModel::StateColumn: {
        // Any other exit code is in the word already.
        const bool done = Tone(index.data(TaskTableModel::ToneRole).toInt()) == Tone::Done;
        return {index.data().toString(), isFolded && done ? tr("exit 0") : QString()};
    }
    case TaskTableModel::CommandColumn:
        return {index.data().toString(), index.data(TaskTableModel::LastLineRole).toString()};
    case TaskTableModel::TimeColumn:
        return {index.data().toString(), isFolded ? beside(TaskTableModel::OutputColumn) : QString()};
    case TaskTableModel::DeliveryColumn:
        return {index.data().toString(), index.data(TaskTableModel::DeliveryTextRole).toString()};
    default:
        return {index.data().toString(), {}};
    }
}

void TaskDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Tokens &tokens = m_theme.tokens();
    const auto *table = qobject_cast<const TaskTable *>(option.widget);
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    painter->save();
    painter->fillRect(option.rect, isSelected ? tokens.accentTint : tokens.surface);
    painter->fillRect(QRect(option.rect.bottomLeft(), QSize(option.rect.width(), 1)), tokens.border);
    if (isSelected && table && table->hasFocus() && index.column() == TaskTableModel::StateColumn)
        painter->fillRect(QRect(option.rect.topLeft(), QSize(2, option.rect.height() - 1)), tokens.accent);

    const Lines text = lines(index, table && table->isFolded());
    const bool isCommand = index.column() == TaskTableModel::CommandColumn;
    const bool isState = index.column() == TaskTableModel::StateColumn;
    const auto delivery = index.data(TaskTableModel::DeliveryRole).value<Delivery>();
    const bool isQuiet =
        index.column() == TaskTableModel::DeliveryColumn && delivery.state == Delivery::State::None;
    QColor first = isQuiet ? tokens.dim : tokens.text;
    if (isState)
        first = colourOf(Tone(index.data(TaskTableModel::ToneRole).toInt()), tokens);

    // Both faces stand on one line.
    const QRect area = option.rect.adjusted(kPaddingX, kPaddingY, -kPaddingX, -kPaddingY - 1);
    const bool isRight = index.data(Qt::TextAlignmentRole).isValid();
    const auto line = [&](const QFont &font, const QColor &colour, const QString &words, int baseline) {
        const QFontMetrics metrics(font);
        const QString fitting = metrics.elidedText(words, Qt::ElideRight, area.width());
        const int indent = isRight ? area.width() - metrics.horizontalAdvance(fitting) : 0;
        painter->setFont(font);
        painter->setPen(colour);
        painter->drawText(area.left() + indent, baseline, fitting);
    };
    const QFontMetrics code(Theme::codeFont());
    const QFontMetrics dim(Theme::dimFont());
    const int ascent = std::max(code.ascent(), option.fontMetrics.ascent());
    line(isCommand ? Theme::codeFont() : option.font, first, text.first, area.top() + ascent);
    line(Theme::dimFont(), tokens.dim, text.second, area.bottom() - dim.descent());
    painter->restore();
}

} // namespace Meanwhile::Ui
