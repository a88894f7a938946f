// SPDX-License-Identifier: MIT
#include "models/tasktablemodel.h"

#include "base/clock.h"
#include "base/textlimits.h"
#include "models/taskstatus.h"
#include "models/visibletext.h"

#include <QLocale>
#include <QTimer>

#include <array>

namespace Meanwhile::Models {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Tasks::Delivery;
using Tasks::Task;
using Tasks::TaskState;

namespace {

struct Row {
    Task task;
    Delivery delivery;
    Agent::DeliveryBlock block = Agent::DeliveryBlock::Nothing;
};

/// When the provider has accepted it, as far as that is known.
QDateTime toldAt(const Delivery &delivery)
{
    return delivery.state == Delivery::State::Accepted ? delivery.acceptedAt.toLocalTime() : QDateTime();
}

QString requestText(const Delivery &delivery)
{
    // Of a fork, and of what was stored without it, nobody knows in which.
    return delivery.request > 0 ? TaskTableModel::tr("request %1").arg(delivery.request) : QString();
}

QString deliveryText(const Delivery &delivery)
{
    if (const QDateTime at = toldAt(delivery); at.isValid())
        return at.toString(u"HH:mm:ss"_s);
    switch (delivery.state) {
    case Delivery::State::None:
        return TaskTableModel::tr("not yet");
    case Delivery::State::Queued:
        return TaskTableModel::tr("queued");
    case Delivery::State::InRequest:
    case Delivery::State::Accepted:
        break;
    }
    return delivery.request > 0 ? requestText(delivery) : TaskTableModel::tr("earlier");
}

/// Under it: in which request, or why not. `tip`: the whole of it.
QString toldNote(const Row &row, QString *tip = nullptr)
{
    const auto either = [tip](const QString &note, const QString &whole) {
        if (tip)
            *tip = whole;
        return note;
    };
    using Agent::DeliveryBlock;
    switch (row.block) {
    case DeliveryBlock::Nothing:
        break;
    case DeliveryBlock::OnItsWay:
        return either(TaskTableModel::tr("on its way"),
            TaskTableModel::tr("It is in a request that the provider has not accepted yet."));
    case DeliveryBlock::TriesAgain:
        return either(TaskTableModel::tr("failed, retrying"),
            TaskTableModel::tr("The request with this result failed and will be retried automatically."));
    case DeliveryBlock::RequestFailed:
        return either(TaskTableModel::tr("request failed"),
            TaskTableModel::tr(
                "The request with this result failed. The result will be sent with the next request."));
    case DeliveryBlock::NextRequest:
        return either(TaskTableModel::tr("next request"),
            TaskTableModel::tr("The agent is working. The result will be sent with its next request."));
    case DeliveryBlock::Soon:
        return either(TaskTableModel::tr("in a moment"), TaskTableModel::tr("It is sent in a moment."));
    case DeliveryBlock::PersonTypes:
        return either(TaskTableModel::tr("you are writing"),
            TaskTableModel::tr("Held while you type; sent with your message."));
    case DeliveryBlock::Stopped:
        return either(TaskTableModel::tr("held: stopped"),
            TaskTableModel::tr("You pressed Stop. The result will be sent with your next message."));
    case DeliveryBlock::WakeLimit:
        return either(TaskTableModel::tr("waits for you"),
            TaskTableModel::tr("The agent has reached its hourly limit of wake-ups. The result waits until "
                               "you continue, or until the hour is over."));
    case DeliveryBlock::EarlierRun:
        return either(TaskTableModel::tr("waits for you"),
            TaskTableModel::tr("It arrived while you were away, and waits until you continue."));
    case DeliveryBlock::NextTurn:
        return either(TaskTableModel::tr("next turn"),
            TaskTableModel::tr(
                "This result does not wake the agent. It will be sent with your next message."));
    }
    const QDateTime at = toldAt(row.delivery);
    if (!at.isValid())
        return {};
    return either(requestText(row.delivery), TaskTableModel::tr("The provider accepted it at %1.")
                                                 .arg(QLocale().toString(at, QLocale::ShortFormat)));
}

/// The triangle stands for files that changed while it ran; the tool tip and the log's head say which.
QString lastLine(const Task &task)
{
    if (task.hasEnded() && task.survivors > 0)
        return task.survivors == 1 ? TaskTableModel::tr("1 process still runs")
                                   : TaskTableModel::tr("%1 processes still run").arg(task.survivors);
    // Of one that runs: its supervisor is gone.
    const bool isFailureNews = task.state == TaskState::Running ||
                               (task.lastLine.isEmpty() && task.state == TaskState::FailedToStart);
    if (isFailureNews && !task.failure.isEmpty())
        return visibleLine(task.failure);
    const QString last = visibleLine(task.lastLine);
    const QString changed = changedFilesText(task);
    if (changed.isEmpty())
        return last.isEmpty() ? purposeText(task) : last;
    return u"△ "_s + (last.isEmpty() ? changed : last);
}

QString exitText(const Task &task)
{
    if (task.state == TaskState::Exited)
        return QString::number(task.exitCode);
    return task.state == TaskState::Signaled ? TaskTableModel::tr("signal %1").arg(task.signal) : QString();
}

/// Below the command, where it ran comes before what it wrote.
QString secondLine(const Task &task)
{
    QStringList parts{outsideText(task), lastLine(task)};
    parts.removeAll(QString());
    return parts.join(u" · "_s);
}

/// Numbers stand on the right, under their heads.
QVariant alignmentOf(int column)
{
    if (column != TaskTableModel::TimeColumn && column != TaskTableModel::ExitColumn &&
        column != TaskTableModel::OutputColumn)
        return {};
    return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
}

/// Command, what the model says that it is for, its last line, and whether files changed meanwhile.
QString spokenCommand(const Task &task)
{
    const QString last = visibleLine(task.lastLine);
    QStringList parts{visibleCommand(task.spec.command), explainOutside(task), purposeText(task),
        last.isEmpty() ? last : TaskTableModel::tr("Last line: %1").arg(last), changedFilesText(task)};
    if (task.survivors > 0 && task.hasEnded())
        parts += lastLine(task);
    parts.removeAll(QString());
    return parts.join(u". "_s);
}

bool hasTime(const Task &task)
{
    return task.state == TaskState::Running || (task.hasEnded() && task.state != TaskState::FailedToStart);
}

} // namespace

struct TaskTableModel::Private {
    const Clock &clock;
    QVector<Row> rows;
    QHash<QString, int> rowOf;
    QHash<QString, QPair<Delivery, Agent::DeliveryBlock>> early; ///< news of tasks whose row has not come yet
    QTimer *tick = nullptr;                                      ///< the model's child
    int running = 0;
    std::array<int, Tasks::kToneCount> counts{};

    explicit Private(const Clock &theClock)
        : clock(theClock)
    {
    }

    std::chrono::milliseconds elapsed(const Task &task) const
    {
        return task.state == TaskState::Running ? clock.now() - task.startedMonotonic : task.elapsed;
    }
    QString display(const Row &row, int column) const;
    QVariant sortValue(const Row &row, int column) const;
    QString accessible(const Row &row, int column) const;
    QString toolTip(const Row &row, int column) const;
    void updateTick();
};

QString TaskTableModel::Private::display(const Row &row, int column) const
{
    switch (column) {
    case StateColumn: {
        const TaskStatus status = statusOf(row.task);
        return status.shape + u' ' + status.word;
    }
    case CommandColumn:
        return visibleCommand(row.task.spec.command);
    case TimeColumn:
        return hasTime(row.task) ? formatElapsed(elapsed(row.task)) : QString();
    case ExitColumn:
        return exitText(row.task);
    case OutputColumn:
        return row.task.outputBytes > 0 || row.task.hasEnded() ? formatBytes(row.task.outputBytes)
                                                               : QString();
    case DeliveryColumn:
        return deliveryText(row.delivery);
    default:
        return {};
    }
}

QVariant TaskTableModel::Private::sortValue(const Row &row, int column) const
{
    switch (column) {
    case StateColumn:
        return Tasks::traitsOf(row.task).rank;
    case TimeColumn:
        return hasTime(row.task) ? qlonglong(elapsed(row.task).count()) : qlonglong(-1);
    case ExitColumn:
        // Signals after every exit code; what has none comes first.
        if (row.task.state == TaskState::Signaled)
            return 1000 + row.task.signal;
        return row.task.state == TaskState::Exited ? row.task.exitCode : -1;
    case OutputColumn:
        return row.task.outputBytes;
    case DeliveryColumn:
        return qlonglong(row.delivery.state) * 1'000'000'000 + row.delivery.request;
    default:
        return row.task.spec.command;
    }
}

QString TaskTableModel::Private::accessible(const Row &row, int column) const
{
    const QString text = display(row, column);
    switch (column) {
    case StateColumn:
        return Tasks::wordOf(row.task);
    case CommandColumn:
        return spokenCommand(row.task);
    case TimeColumn:
        return hasTime(row.task) ? tr("elapsed %1").arg(formatDuration(elapsed(row.task).count()))
                                 : QString();
    case ExitColumn:
        return text.isEmpty() ? tr("no exit code") : tr("exit code %1").arg(text);
    case OutputColumn:
        return tr("output %1").arg(formatBytes(row.task.outputBytes));
    case DeliveryColumn: {
        const QString note = toldNote(row);
        return tr("sent to model: %1").arg(note.isEmpty() ? text : text + u", "_s + note);
    }
    default:
        return text;
    }
}

QString TaskTableModel::Private::toolTip(const Row &row, int column) const
{
    const auto paragraph = [](const QString &text) { return text.isEmpty() ? text : u"\n\n"_s + text; };
    const auto changes = [](const Task &task) {
        const QString text = changedFilesText(task);
        return text.isEmpty() ? text : u"\n\n%1:\n%2"_s.arg(text, changedFilesNames(task));
    };
    if (column == StateColumn)
        return plainToolTip(explainState(row.task) + changes(row.task));
    if (column == CommandColumn)
        return plainToolTip(row.task.spec.command + paragraph(row.task.spec.description) +
                            paragraph(explainOutside(row.task)) + changes(row.task));
    QString told;
    if (column == DeliveryColumn)
        toldNote(row, &told);
    return told;
}

void TaskTableModel::Private::updateTick()
{
    if (running > 0 && !tick->isActive())
        tick->start();
    else if (running == 0)
        tick->stop();
}

TaskTableModel::TaskTableModel(const Clock &clock, QObject *parent)
    : QAbstractTableModel(parent)
    , d(std::make_unique<Private>(clock))
{
    d->tick = new QTimer(this);
    d->tick->setObjectName(u"elapsedTick"_s);
    d->tick->setInterval(1s);
    // A coarse timer drifts by up to 5 %, and a second would be seen to be left out.
    d->tick->setTimerType(Qt::PreciseTimer);
    connect(d->tick, &QTimer::timeout, this, [this] {
        for (int row = 0; row < d->rows.size(); ++row) {
            if (d->rows.at(row).task.state != TaskState::Running)
                continue;
            const QModelIndex cell = index(row, TimeColumn);
            emit dataChanged(cell, cell);
        }
    });
}

TaskTableModel::~TaskTableModel() = default;

void TaskTableModel::addOrUpdate(const Task &task)
{
    const bool runs = task.state == TaskState::Running;
    const auto known = d->rowOf.constFind(task.id);
    if (known == d->rowOf.constEnd()) {
        const int row = int(d->rows.size());
        beginInsertRows({}, row, row);
        d->rowOf.insert(task.id, row);
        const auto [delivery, block] = d->early.take(task.id);
        d->rows.append({task, delivery, block});
        endInsertRows();
        d->running += runs;
        ++d->counts.at(size_t(Tasks::traitsOf(task).tone));
    } else {
        Row &row = d->rows[*known];
        if (row.task == task)
            return;
        d->running += int(runs) - int(row.task.state == TaskState::Running);
        --d->counts.at(size_t(Tasks::traitsOf(row.task).tone));
        ++d->counts.at(size_t(Tasks::traitsOf(task).tone));
        row.task = task;
        emit dataChanged(index(*known, 0), index(*known, ColumnCount - 1));
    }
    d->updateTick();
}

void TaskTableModel::setDelivery(const QString &taskId, const Delivery &delivery, Agent::DeliveryBlock why)
{
    const int row = rowOf(taskId);
    if (row < 0) {
        d->early.insert(taskId, {delivery, why});
        return;
    }
    if (d->rows.at(row).delivery == delivery && d->rows.at(row).block == why)
        return;
    d->rows[row].delivery = delivery;
    d->rows[row].block = why;
    const QModelIndex cell = index(row, DeliveryColumn);
    emit dataChanged(cell, cell);
}

int TaskTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(d->rows.size());
}

int TaskTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

int TaskTableModel::rowOf(const QString &taskId) const
{
    return d->rowOf.value(taskId, -1);
}

int TaskTableModel::count(Tone tone) const
{
    return d->counts.at(size_t(tone));
}

QVariant TaskTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row &row = d->rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return d->display(row, index.column());
    case Qt::AccessibleTextRole:
        return d->accessible(row, index.column());
    case Qt::ToolTipRole:
        return d->toolTip(row, index.column());
    case Qt::TextAlignmentRole:
        return alignmentOf(index.column());
    case TaskIdRole:
        return row.task.id;
    case TaskRole:
        return QVariant::fromValue(row.task);
    case DeliveryRole:
        return QVariant::fromValue(row.delivery);
    case DeliveryTextRole:
        return toldNote(row);
    case SortRole:
        return d->sortValue(row, index.column());
    case LastLineRole:
        return secondLine(row.task);
    case ToneRole:
        return int(Tasks::traitsOf(row.task).tone);
    default:
        return {};
    }
}

QVariant TaskTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole)
        return alignmentOf(section);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    switch (section) {
    case StateColumn:
        return tr("State");
    case CommandColumn:
        return tr("Command");
    case TimeColumn:
        return tr("Time");
    case ExitColumn:
        return tr("Exit code");
    case OutputColumn:
        return tr("Output");
    case DeliveryColumn:
        return tr("Sent to model");
    default:
        return {};
    }
}

} // namespace Meanwhile::Models
