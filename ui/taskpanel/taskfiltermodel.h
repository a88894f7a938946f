// SPDX-License-Identifier: MIT
#pragma once

#include <QSortFilterProxyModel>

namespace Meanwhile::Ui {

/// The tasks as the panel shows them: newest first unless a column was chosen, and only what fits the filter.
class TaskFilterModel : public QSortFilterProxyModel {
    Q_OBJECT

public:
    enum class States { All, Live, Failed, Done };

    explicit TaskFilterModel(QObject *parent = nullptr);

    /// Every word must be in the command, its description, its last line, its id or its state.
    void setText(const QString &text);
    void setStates(States states);
    bool isFiltering() const { return !m_words.isEmpty() || m_states != States::All; }
    /// Heads in fewer words, for a narrow table.
    void setShortHeads(bool isShort);

    /// Column -1: newest first.
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    QStringList m_words;
    States m_states = States::All;
    bool m_byAge = true;
    bool m_hasShortHeads = false;
};

} // namespace Meanwhile::Ui
