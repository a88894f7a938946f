// SPDX-License-Identifier: MIT
#pragma once

#include "models/sessionlistmodel.h"
#include "ui/widgets/theme.h"

#include <QPointer>
#include <QWidget>

class QAction;
class QLabel;
class QLineEdit;
class QMenu;
class QTimer;
class QToolButton;

namespace Meanwhile::Ui {

class SessionList;
class UndoBar;

/// The sessions of all projects: a search above them, and a place to undo a deletion below.
///
/// Shows and asks; whoever receives the signals does what is asked for and updates the model. Not owned: the
/// model. A deletion can be undone here once its row has gone, until the next one or for ten seconds.
class SessionSidebar : public QWidget {
    Q_OBJECT

public:
    static constexpr int kWidth = 216;

    explicit SessionSidebar(const Theme &theme, QWidget *parent = nullptr);
    ~SessionSidebar() override;

    /// The sessions to show from now on; null: none.
    void setModel(Models::SessionListModel *model);
    /// What is searched for; empty: nothing is.
    QString searchText() const;
    /// What a search for `text` has found. Dropped when the field says something else by now.
    void setHits(const QString &text, const QVector<Store::SessionHit> &hits);
    /// Puts the cursor into the search field.
    void focusSearch();
    /// The list, or the search field while there is none.
    void focusList();
    /// Opens the title of the session that the window shows for editing; the focus comes back afterwards.
    void renameShown();
    QSize sizeHint() const override { return {kWidth, 600}; }

signals:
    void sessionActivated(const QString &sessionId);
    /// Empty: the project that the window shows.
    void newSessionRequested(const QString &project);
    void renameRequested(const QString &sessionId, const QString &title);
    void archiveRequested(const QString &sessionId, bool archived);
    void exportRequested(const QString &sessionId);
    void deleteRequested(const QString &sessionId);
    void undoDeleteRequested(const QString &sessionId);
    /// Not empty; once the person has stopped typing for a moment.
    void searchRequested(const QString &text);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void build();
    void buildActions();
    void connectAll();
    QAction *action(const QString &name, const QString &text, void (SessionSidebar::*slot)());
    void choose(const QModelIndex &index);
    QString selectedId() const;
    void rename();
    void titleEdited(const QString &sessionId, const QString &title);
    void archive();
    void exportSession();
    void deleteSession();
    void newSession();
    void undo();
    void rowsInserted();
    void followCurrent();
    void rowsRemoved();
    void textChanged();
    void popUpMenu(const QModelIndex &index, const QPoint &globalPosition);
    void refresh();
    void restyle();

    const Theme &m_theme;
    QPointer<Models::SessionListModel> m_model;
    SessionList *m_list = nullptr;
    UndoBar *m_undo = nullptr;
    QLineEdit *m_search = nullptr;
    QToolButton *m_new = nullptr;
    QLabel *m_empty = nullptr;
    QMenu *m_menu = nullptr;
    QMenu *m_projectMenu = nullptr;
    QAction *m_clear = nullptr;
    QAction *m_rename = nullptr;
    QAction *m_archive = nullptr;
    QAction *m_export = nullptr;
    QAction *m_delete = nullptr;
    QAction *m_newHere = nullptr;
    QTimer *m_searchDelay;
    QString m_deletedId; ///< asked for, its row still there
    QString m_deletedTitle;
    QString m_restoredId; ///< asked for, its row not back yet
    QString m_followedId; ///< the current session, once its row was selected
    QString m_foundText;  ///< what the rows are the hits of
    QString m_menuProject;
    QPointer<QWidget> m_focusBefore; ///< the title that is being edited was asked for there
};

} // namespace Meanwhile::Ui
