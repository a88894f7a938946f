// SPDX-License-Identifier: MIT
#include "ui/modelpicker/modellist.h"

#include <algorithm>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

void ModelList::setCurrent(const QString &provider, const QString &model)
{
    m_provider = provider;
    m_model = model;
    if (!m_rows.isEmpty())
        emit dataChanged(index(0), index(int(m_rows.size()) - 1), {IsCurrentRole});
}

void ModelList::addProvider(const ProviderName &provider, const QString &note)
{
    m_groups.append({provider, note, {}});
    refresh();
}

void ModelList::setNote(const QString &provider, const QString &note)
{
    if (Group *group = find(provider)) {
        group->note = note;
        refresh();
    }
}

void ModelList::setModels(
    const QString &provider, const QVector<Llm::ModelInfo> &models, const QStringList &details)
{
    Group *group = find(provider);
    if (!group)
        return;
    group->note.clear();
    group->models.clear();
    for (qsizetype i = 0; i < models.size(); ++i) {
        const Llm::ModelInfo &model = models.at(i);
        group->models.append({Kind::Model, provider, model.name.isEmpty() ? model.id : model.name, model.id,
            details.value(i)});
    }
    refresh();
}

void ModelList::setFilter(const QString &text)
{
    m_filter = text.trimmed();
    refresh();
}

bool ModelList::has(const QString &provider) const
{
    return std::any_of(
        m_groups.begin(), m_groups.end(), [&](const Group &group) { return group.provider.id == provider; });
}

ModelList::Group *ModelList::find(const QString &provider)
{
    const auto found = std::find_if(
        m_groups.begin(), m_groups.end(), [&](const Group &group) { return group.provider.id == provider; });
    return found == m_groups.end() ? nullptr : &*found;
}

QVector<ModelList::Row> ModelList::rowsOf(const Group &group) const
{
    QVector<Row> rows;
    bool isListed = false;
    for (const Row &model : group.models) {
        isListed = isListed || model.model == m_filter;
        if (model.text.contains(m_filter, Qt::CaseInsensitive) ||
            model.model.contains(m_filter, Qt::CaseInsensitive))
            rows.append(model);
    }
    if (!group.note.isEmpty())
        rows.append({Kind::Note, group.provider.id, group.note, {}, {}});
    // The demo has one model, and there is no other to be typed.
    if (!m_filter.isEmpty() && !isListed && group.provider.id != u"demo"_s)
        rows.append({Kind::TypedId, group.provider.id, tr("Use “%1”").arg(m_filter), m_filter, {}});
    if (!rows.isEmpty())
        rows.prepend({Kind::Provider, group.provider.id, group.provider.name, {}, {}});
    return rows;
}

void ModelList::refresh()
{
    QVector<Row> wanted;
    for (const Group &group : std::as_const(m_groups))
        wanted += rowsOf(group);
    qsizetype same = 0;
    while (same < std::min(wanted.size(), m_rows.size()) && wanted.at(same) == m_rows.at(same))
        ++same;
    qsizetype tail = 0;
    while (tail < std::min(wanted.size(), m_rows.size()) - same &&
           wanted.at(wanted.size() - 1 - tail) == m_rows.at(m_rows.size() - 1 - tail))
        ++tail;
    if (m_rows.size() > same + tail) {
        beginRemoveRows({}, int(same), int(m_rows.size() - tail) - 1);
        m_rows.remove(same, m_rows.size() - tail - same);
        endRemoveRows();
    }
    if (wanted.size() > same + tail) {
        const qsizetype count = wanted.size() - tail - same;
        beginInsertRows({}, int(same), int(same + count) - 1);
        m_rows = wanted;
        endInsertRows();
    }
}

int ModelList::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant ModelList::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Row &row = m_rows.at(index.row());
    const bool isCurrent = row.kind == Kind::Model && row.provider == m_provider && row.model == m_model;
    switch (role) {
    case Qt::DisplayRole:
        return row.text;
    case Qt::ToolTipRole:
        return row.kind == Kind::Model ? row.model : row.text;
    case Qt::AccessibleTextRole:
        return isCurrent              ? tr("%1, in use").arg(row.text)
               : row.detail.isEmpty() ? row.text
                                      : row.text + u", "_s + row.detail;
    case KindRole:
        return QVariant::fromValue(row.kind);
    case ProviderRole:
        return row.provider;
    case ModelRole:
        return row.model;
    case DetailRole:
        return row.detail;
    case IsCurrentRole:
        return isCurrent;
    default:
        return {};
    }
}

Qt::ItemFlags ModelList::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    const Kind kind = m_rows.at(index.row()).kind;
    const bool canBeChosen = kind == Kind::Model || kind == Kind::TypedId;
    return canBeChosen ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren
                       : Qt::ItemNeverHasChildren;
}

} // namespace Meanwhile::Ui
