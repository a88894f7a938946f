// SPDX-License-Identifier: MIT
#pragma once

#include "ui/ports/providers.h"

#include <QAbstractListModel>
#include <QVector>

namespace Meanwhile::Ui {

/// What can answer, as one list: under the name of each provider its models, or a word on why there are none,
/// and a row for an id that was typed.
///
/// Rows are added and removed one by one. With words typed in setFilter(), a group keeps the models that hold
/// them, and offers to use them as an id unless it has just that.
class ModelList : public QAbstractListModel {
    Q_OBJECT

public:
    enum class Kind { Provider, Note, Model, TypedId };
    enum Role { KindRole = Qt::UserRole, ProviderRole, ModelRole, DetailRole, IsCurrentRole };

    using QAbstractListModel::QAbstractListModel;

    void setCurrent(const QString &provider, const QString &model);
    /// At the end. `note` stands there until models come.
    void addProvider(const ProviderName &provider, const QString &note);
    void setNote(const QString &provider, const QString &note);
    /// `detail`, e.g. the window of the model, at the right; one for each, or none.
    void setModels(
        const QString &provider, const QVector<Llm::ModelInfo> &models, const QStringList &details = {});
    void setFilter(const QString &text);
    bool has(const QString &provider) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    struct Row {
        Kind kind = Kind::Model;
        QString provider;
        QString text;
        QString model;
        QString detail;

        bool operator==(const Row &) const = default;
    };
    struct Group {
        ProviderName provider;
        QString note;
        QVector<Row> models;
    };

    Group *find(const QString &provider);
    QVector<Row> rowsOf(const Group &group) const;
    /// Brings the rows to what the groups and the filter say.
    void refresh();

    QVector<Group> m_groups;
    QVector<Row> m_rows;
    QString m_filter;
    QString m_provider;
    QString m_model;
};

} // namespace Meanwhile::Ui
