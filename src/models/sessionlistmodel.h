// SPDX-License-Identifier: MIT
#pragma once

#include "store/storedsession.h"

#include <QAbstractListModel>

#include <memory>

namespace Meanwhile::Models {

/// What happens in a session. NotOpen: this program does not have it open, so what is stored of it counts,
/// and the list shows one of the others where that says so. Finished: its turn has ended and the person has
/// not seen that yet; Failed: its last request did.
enum class SessionState {
    NotOpen,
    AtRest,
    TasksRun,
    Working,
    WaitsForApproval,
    WaitsForPerson,
    Finished,
    Failed
};

/// For people: "working", "waiting for approval", "waits for you"; empty for what is at rest.
QString describeState(SessionState state);

/// The sessions of all projects in one list: a head for each project, its sessions newest first, and behind
/// them a row that folds its archived ones away. The project with the newest session comes first.
///
/// Thread: GUI thread. Changes by row, never resets; a call costs what sorting the sessions costs.
class SessionListModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum class RowKind { Project, Session, Archive };
    enum Role {
        KindRole = Qt::UserRole, ///< RowKind as int
        SessionIdRole,           ///< empty for other rows
        ProjectRole,             ///< the project's folder, for every row
        StateRole,               ///< SessionState as int
        ExcerptRole,             ///< where a search found something: the words around it
        IsCurrentRole,           ///< the session that the window shows
        IsArchivedRole,
        IsUnfoldedRole, ///< of an Archive row
    };

    explicit SessionListModel(QObject *parent = nullptr);
    ~SessionListModel() override;

    /// All there are, in any order.
    void setSessions(const QVector<Store::SessionSummary> &sessions);
    /// One that is new or has changed, e.g. before it is stored. An empty title shows as "New session".
    void addOrUpdate(const Store::SessionSummary &session);
    void remove(const QString &sessionId);
    /// Also before the session is listed.
    void setState(const QString &sessionId, SessionState state);
    /// The session that the window shows; empty: none.
    void setCurrent(const QString &sessionId);
    QString current() const;

    /// Only these from now on, archived ones too, each with its excerpt. Ids of no session are left out.
    void setHits(const QVector<Store::SessionHit> &hits);
    void clearHits();
    bool isFiltered() const;
    /// The message that the search has found in this session; empty: its title, or there is no search.
    QString foundMessage(const QString &sessionId) const;
    void setUnfolded(const QString &project, bool unfolded);
    /// While it is held, nothing that is listed changes its place, e.g. under the pointer.
    void holdOrder(bool isHeld);

    /// Null when there is none; until the next change.
    const Store::SessionSummary *session(const QString &sessionId) const;
    bool isEmpty() const;
    /// -1 when it has no row now.
    int rowOf(const QString &sessionId) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    struct Row;
    struct Private;

    void refresh();
    void removeUnwanted(const QVector<Row> &wanted);
    void insertAndMove(const QVector<Row> &wanted);
    void updateContent(int row, const Row &wanted);
    void updateRow(const QString &sessionId);

    std::unique_ptr<Private> d;
};

} // namespace Meanwhile::Models
