// SPDX-License-Identifier: MIT
#pragma once

#include "ui/widgets/theme.h"

#include <QListView>

namespace Meanwhile::Ui {

/// The list of sessions: the arrows move, Enter or a click chooses.
class SessionList : public QListView {
    Q_OBJECT

public:
    explicit SessionList(const Theme &theme, QWidget *parent = nullptr);

    /// Selects the first row that can be; false when there is none.
    bool selectFirst();
    /// The row that is selected, be the focus here or not.
    QModelIndex selectedIndex() const;

signals:
    void chosen(const QModelIndex &index);
    void titleEdited(const QString &sessionId, const QString &title);
    /// For a project's head too.
    void menuRequested(const QModelIndex &index, const QPoint &globalPosition);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    bool isEditing() const;
};

} // namespace Meanwhile::Ui
