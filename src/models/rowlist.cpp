// SPDX-License-Identifier: MIT
#include "models/rowlist.h"

#include "models/transcriptmodel.h"

namespace Meanwhile::Models {

using Kind = TranscriptRow::Kind;

TranscriptRow makeRow(Kind kind, const QString &id, const QString &text)
{
    TranscriptRow row;
    row.kind = kind;
    row.id = id;
    row.text = text;
    return row;
}

TranscriptRow makeCall(const QString &id, const QString &tool)
{
    TranscriptRow row;
    row.kind = Kind::ToolCall;
    row.id = id;
    row.tool = tool;
    return row;
}

RowList::RowList(TranscriptModel *model)
    : m_model(model)
{
}

void RowList::insert(int position, TranscriptRow row)
{
    m_model->beginInsertRows({}, position, position);
    if (position < bodyEnd()) // rare: an answer that held more than was streamed
        moved(position, 1);
    m_queued += row.kind == Kind::Queued;
    m_entries.insert(m_entries.begin() + position, Entry{std::move(row)});
    m_model->endInsertRows();
}

void RowList::remove(int position)
{
    m_model->beginRemoveRows({}, position, position);
    if (position < bodyEnd())
        moved(position, -1);
    m_queued -= at(position).kind == Kind::Queued;
    m_entries.erase(m_entries.begin() + position);
    m_model->endRemoveRows();
}

void RowList::changed(int position)
{
    const QModelIndex index = m_model->index(position);
    emit m_model->dataChanged(index, index);
}

int RowList::append(TranscriptRow row)
{
    aboutToAppend();
    const int position = bodyEnd();
    insert(position, std::move(row));
    return position;
}

void RowList::addNotice(const QString &text)
{
    append(makeRow(Kind::Notice, {}, text));
}

void RowList::appendQueued(TranscriptRow row)
{
    insert(size(), std::move(row));
}

void RowList::removeQueued(const QString &id)
{
    for (int i = bodyEnd(); i < size(); ++i) {
        if (at(i).id == id)
            return remove(i);
    }
}

void RowList::holdQueued(bool isHeld)
{
    for (int i = bodyEnd(); i < size(); ++i) {
        at(i).isHeld = isHeld;
        changed(i);
    }
}

int positionAfter(int at, int position, int by)
{
    return by > 0 ? at + int(at >= position) : at - int(at > position);
}

} // namespace Meanwhile::Models
