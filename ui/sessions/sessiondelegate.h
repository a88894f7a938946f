// SPDX-License-Identifier: MIT
#pragma once

#include "ui/widgets/theme.h"

#include <QStyledItemDelegate>

namespace Meanwhile::Ui {

/// Paints the rows of a SessionListModel, and lets a title be changed in place.
///
/// A disc: something runs; a diamond: it waits for the person; a ring: at rest.
class SessionDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    explicit SessionDelegate(const Theme &theme, QObject *parent = nullptr);

    void paint(
        QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QWidget *createEditor(
        QWidget *parent, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void updateEditorGeometry(
        QWidget *editor, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void setModelData(QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const override;

signals:
    /// Neither empty nor what it was.
    void titleEdited(const QString &sessionId, const QString &title) const;

private:
    void paintHead(QPainter *painter, const QRect &rect, const QModelIndex &index) const;
    void paintArchive(QPainter *painter, const QRect &rect, const QModelIndex &index) const;
    void paintSession(QPainter *painter, const QRect &rect, const QModelIndex &index) const;

    const Theme &m_theme;
};

} // namespace Meanwhile::Ui
