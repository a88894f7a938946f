// SPDX-License-Identifier: MIT
#include "models/sessionlistmodel.h"

#include "models/visibletext.h"

#include <QDir>
#include <QHash>
#include <QLocale>
#include <QSet>

#include <algorithm>
#include <optional>
#include <utility>

namespace Meanwhile::Models {

using namespace Qt::StringLiterals;
using Store::SessionHit;
using Store::SessionSummary;

/// Everything that is shown of it, so that a comparison finds what has changed.
struct SessionListModel::Row {
    RowKind kind = RowKind::Session;
    QString project = {};
    QString head = {}; ///< the words of a row that is no session
    SessionSummary session = {};
    SessionState state = SessionState::NotOpen; ///< for one that is not open, what is stored of it
    bool isOpen = false;
    QString excerpt = {};
    bool isCurrent = false;
    bool isUnfolded = false;

    QString text() const
    {
        if (kind != RowKind::Session)
            return head;
        return session.title.isEmpty() ? SessionListModel::tr("New session") : visibleLine(session.title);
    }
    bool isSameAs(const Row &other) const
    {
        return kind == other.kind && session.id == other.session.id && project == other.project;
    }
    bool operator==(const Row &) const = default;
};

struct SessionListModel::Private {
    QVector<Row> rows;
    QVector<SessionSummary> sessions; ///< newest first
    QHash<QString, SessionState> states;
    std::optional<QHash<QString, SessionHit>> hits; ///< by session: what a search has found
    QSet<QString> unfolded;
    std::optional<QHash<QString, QDateTime>> heldTimes; ///< by which they are sorted while the order is held
    QString current;

    void sort();
    QDateTime timeOf(const SessionSummary &session) const;
    Row rowFor(const SessionSummary &session) const;
    QVector<Row> wantedRows() const;
};

namespace {

QString nameOf(const QString &project)
{
    const QString name = QDir(project).dirName();
    return visibleLine(name.isEmpty() ? project : name);
}

/// The name alone, and the folder that it is in where another project has the same name.
QHash<QString, QString> headsOf(const QStringList &projects)
{
    QHash<QString, int> count;
    for (const QString &project : projects)
        ++count[nameOf(project)];
    QHash<QString, QString> heads;
    for (const QString &project : projects) {
        const QString name = nameOf(project);
        const QString parent = nameOf(project.section(u'/', 0, -2));
        heads.insert(project, count.value(name) > 1 ? u"%1 · %2"_s.arg(name, parent) : name);
    }
    return heads;
}

SessionState storedState(const SessionSummary &session)
{
    switch (session.mark) {
    case Store::SessionMark::Failed:
        return SessionState::Failed;
    case Store::SessionMark::Waits:
        return SessionState::WaitsForPerson;
    case Store::SessionMark::Finished:
    case Store::SessionMark::None:
        break;
    }
    return session.waitingResults > 0                     ? SessionState::WaitsForPerson
           : session.mark == Store::SessionMark::Finished ? SessionState::Finished
                                                          : SessionState::NotOpen;
}

QString stateInWords(bool isOpen, SessionState state, const SessionSummary &session)
{
    if (isOpen || state != SessionState::WaitsForPerson || session.waitingResults == 0)
        return describeState(state);
    return session.waitingResults == 1
               ? SessionListModel::tr("1 result waits for you")
               : SessionListModel::tr("%1 results wait for you").arg(session.waitingResults);
}

} // namespace

QString describeState(SessionState state)
{
    switch (state) {
    case SessionState::TasksRun:
        return SessionListModel::tr("tasks running");
    case SessionState::Working:
        return SessionListModel::tr("working");
    case SessionState::WaitsForApproval:
        return SessionListModel::tr("waiting for approval");
    case SessionState::WaitsForPerson:
        return SessionListModel::tr("waits for you");
    case SessionState::Finished:
        return SessionListModel::tr("finished, not seen yet");
    case SessionState::Failed:
        return SessionListModel::tr("failed");
    case SessionState::NotOpen:
    case SessionState::AtRest:
        break;
    }
    return {};
}

QDateTime SessionListModel::Private::timeOf(const SessionSummary &session) const
{
    return heldTimes ? heldTimes->value(session.id, session.updatedAt) : session.updatedAt;
}

void SessionListModel::Private::sort()
{
    std::sort(
        sessions.begin(), sessions.end(), [this](const SessionSummary &left, const SessionSummary &right) {
            const QDateTime leftTime = timeOf(left);
            const QDateTime rightTime = timeOf(right);
            return leftTime != rightTime ? leftTime > rightTime : left.id < right.id;
        });
}

SessionListModel::Row SessionListModel::Private::rowFor(const SessionSummary &session) const
{
    const auto open = states.constFind(session.id);
    const bool isOpen = open != states.cend();
    return {.kind = RowKind::Session,
        .project = session.project,
        .session = session,
        .state = isOpen ? *open : storedState(session),
        .isOpen = isOpen,
        .excerpt = hits ? hits->value(session.id).excerpt : QString(),
        .isCurrent = session.id == current};
}

QVector<SessionListModel::Row> SessionListModel::Private::wantedRows() const
{
    struct Group {
        QVector<Row> rows;
        QVector<Row> archived;
    };
    QStringList projects;
    QHash<QString, Group> groups;
    for (const SessionSummary &session : sessions) {
        if (hits && !hits->contains(session.id))
            continue;
        if (!groups.contains(session.project))
            projects += session.project;
        Group &group = groups[session.project];
        (session.isArchived && !hits ? group.archived : group.rows).append(rowFor(session));
    }
    const QHash<QString, QString> heads = headsOf(projects);
    QVector<Row> wanted;
    for (const QString &project : std::as_const(projects)) {
        const Group group = groups.take(project);
        wanted.append({.kind = RowKind::Project, .project = project, .head = heads.value(project)});
        wanted += group.rows;
        if (group.archived.isEmpty())
            continue;
        const bool isUnfolded = unfolded.contains(project);
        wanted.append({.kind = RowKind::Archive,
            .project = project,
            .head = SessionListModel::tr("Archived (%1)").arg(group.archived.size()),
            .isUnfolded = isUnfolded});
        if (isUnfolded)
            wanted += group.archived;
    }
    return wanted;
}

SessionListModel::SessionListModel(QObject *parent)
    : QAbstractListModel(parent)
    , d(std::make_unique<Private>())
{
}

SessionListModel::~SessionListModel() = default;

void SessionListModel::setSessions(const QVector<SessionSummary> &sessions)
{
    d->sessions = sessions;
    d->sort();
    refresh();
}

void SessionListModel::addOrUpdate(const SessionSummary &session)
{
    const auto known = std::find_if(d->sessions.begin(), d->sessions.end(),
        [&session](const SessionSummary &one) { return one.id == session.id; });
    if (known == d->sessions.end())
        d->sessions.append(session);
    else if (*known == session)
        return;
    else
        *known = session;
    d->sort();
    refresh();
}

void SessionListModel::remove(const QString &sessionId)
{
    d->sessions.removeIf([&sessionId](const SessionSummary &one) { return one.id == sessionId; });
    refresh();
}

void SessionListModel::setState(const QString &sessionId, SessionState state)
{
    if (d->states.value(sessionId, SessionState::NotOpen) == state)
        return;
    if (state == SessionState::NotOpen)
        d->states.remove(sessionId);
    else
        d->states.insert(sessionId, state);
    updateRow(sessionId);
}

void SessionListModel::setCurrent(const QString &sessionId)
{
    const QString before = std::exchange(d->current, sessionId);
    updateRow(before);
    updateRow(sessionId);
}

QString SessionListModel::current() const
{
    return d->current;
}

void SessionListModel::setHits(const QVector<SessionHit> &hits)
{
    d->hits.emplace();
    for (const SessionHit &hit : hits)
        d->hits->insert(hit.sessionId, hit.messageId.isEmpty() ? SessionHit() : hit);
    refresh();
}

void SessionListModel::clearHits()
{
    d->hits.reset();
    refresh();
}

bool SessionListModel::isFiltered() const
{
    return d->hits.has_value();
}

QString SessionListModel::foundMessage(const QString &sessionId) const
{
    return d->hits ? d->hits->value(sessionId).messageId : QString();
}

void SessionListModel::setUnfolded(const QString &project, bool unfolded)
{
    if (unfolded)
        d->unfolded.insert(project);
    else
        d->unfolded.remove(project);
    refresh();
}

void SessionListModel::holdOrder(bool isHeld)
{
    if (isHeld == d->heldTimes.has_value())
        return;
    d->heldTimes.reset();
    if (isHeld) {
        d->heldTimes.emplace();
        for (const SessionSummary &session : std::as_const(d->sessions))
            d->heldTimes->insert(session.id, session.updatedAt);
        return;
    }
    d->sort();
    refresh();
}

const SessionSummary *SessionListModel::session(const QString &sessionId) const
{
    const auto known = std::find_if(d->sessions.cbegin(), d->sessions.cend(),
        [&sessionId](const SessionSummary &one) { return one.id == sessionId; });
    return known == d->sessions.cend() ? nullptr : &*known;
}

bool SessionListModel::isEmpty() const
{
    return d->sessions.isEmpty();
}

int SessionListModel::rowOf(const QString &sessionId) const
{
    const auto row = std::find_if(d->rows.cbegin(), d->rows.cend(),
        [&](const Row &one) { return one.kind == RowKind::Session && one.session.id == sessionId; });
    return row == d->rows.cend() ? -1 : int(row - d->rows.cbegin());
}

/// After any change: works out the rows to show, then turns the present ones into them block by block.
void SessionListModel::refresh()
{
    const QVector<Row> wanted = d->wantedRows();
    const bool isSameList = std::equal(d->rows.cbegin(), d->rows.cend(), wanted.cbegin(), wanted.cend(),
        [](const Row &left, const Row &right) { return left.isSameAs(right); });
    if (!isSameList) {
        removeUnwanted(wanted);
        insertAndMove(wanted);
    }
    for (qsizetype row = 0; row < wanted.size(); ++row)
        updateContent(int(row), wanted.at(row));
}

static QString keyOf(SessionListModel::RowKind kind, const QString &project, const QString &session)
{
    return QString::number(int(kind)) + u'/' + session + u'/' + project;
}

void SessionListModel::removeUnwanted(const QVector<Row> &wanted)
{
    QSet<QString> keys;
    for (const Row &row : wanted)
        keys.insert(keyOf(row.kind, row.project, row.session.id));
    const auto isWanted = [&](const Row &row) {
        return keys.contains(keyOf(row.kind, row.project, row.session.id));
    };
    for (qsizetype last = d->rows.size() - 1; last >= 0; --last) {
        qsizetype first = last;
        while (first >= 0 && !isWanted(d->rows.at(first)))
            --first;
        if (first == last)
            continue;
        beginRemoveRows({}, int(first + 1), int(last));
        d->rows.remove(first + 1, last - first);
        endRemoveRows();
        last = first;
    }
}

void SessionListModel::insertAndMove(const QVector<Row> &wanted)
{
    QSet<QString> shown;
    for (const Row &row : std::as_const(d->rows))
        shown.insert(keyOf(row.kind, row.project, row.session.id));
    for (qsizetype at = 0; at < wanted.size(); ++at) {
        if (at < d->rows.size() && d->rows.at(at).isSameAs(wanted.at(at)))
            continue;
        const auto isShown = [&](qsizetype row) {
            return shown.contains(
                keyOf(wanted.at(row).kind, wanted.at(row).project, wanted.at(row).session.id));
        };
        qsizetype count = 1;
        if (!isShown(at)) {
            while (at + count < wanted.size() && !isShown(at + count))
                ++count;
            beginInsertRows({}, int(at), int(at + count - 1));
            d->rows.insert(at, count, {});
            std::copy_n(wanted.cbegin() + at, count, d->rows.begin() + at);
            endInsertRows();
        } else {
            // Rows only move up: where one belongs lower, all between move up past it as one block.
            const auto from = std::find_if(d->rows.cbegin() + at, d->rows.cend(),
                [&](const Row &row) { return row.isSameAs(wanted.at(at)); });
            const qsizetype first = from - d->rows.cbegin();
            while (at + count < wanted.size() && first + count < d->rows.size() &&
                   d->rows.at(first + count).isSameAs(wanted.at(at + count)))
                ++count;
            beginMoveRows({}, int(first), int(first + count - 1), {}, int(at));
            std::rotate(d->rows.begin() + at, d->rows.begin() + first, d->rows.begin() + first + count);
            endMoveRows();
        }
        at += count - 1;
    }
}

void SessionListModel::updateContent(int row, const Row &wanted)
{
    if (d->rows.at(row) == wanted)
        return;
    d->rows[row] = wanted;
    emit dataChanged(index(row), index(row));
}

void SessionListModel::updateRow(const QString &sessionId)
{
    if (const int row = rowOf(sessionId); row >= 0)
        updateContent(row, d->rowFor(*session(sessionId)));
}

int SessionListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(d->rows.size());
}

QVariant SessionListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row &row = d->rows.at(index.row());
    const bool isSession = row.kind == RowKind::Session;
    switch (role) {
    case Qt::DisplayRole:
        return row.text();
    case Qt::EditRole:
        return row.session.title;
    case Qt::AccessibleTextRole: {
        if (row.kind == RowKind::Archive)
            return row.isUnfolded ? tr("%1, expanded").arg(row.text()) : tr("%1, collapsed").arg(row.text());
        QStringList parts{row.text()};
        if (isSession)
            parts += {stateInWords(row.isOpen, row.state, row.session),
                row.session.isArchived ? tr("archived") : QString(), nameOf(row.project),
                visibleLine(row.excerpt)};
        parts.removeAll(QString());
        return parts.join(u", "_s);
    }
    case Qt::ToolTipRole:
        if (!isSession)
            return plainToolTip(row.project);
        return plainToolTip(QStringList{row.text(), stateInWords(row.isOpen, row.state, row.session),
            QLocale().toString(row.session.updatedAt.toLocalTime(), QLocale::ShortFormat)}
                                .join(u'\n'));
    case KindRole:
        return int(row.kind);
    case SessionIdRole:
        return row.session.id;
    case ProjectRole:
        return row.project;
    case StateRole:
        return int(row.state);
    case ExcerptRole:
        return visibleLine(row.excerpt);
    case IsCurrentRole:
        return row.isCurrent;
    case IsArchivedRole:
        return row.session.isArchived;
    case IsUnfoldedRole:
        return row.isUnfolded;
    default:
        return {};
    }
}

Qt::ItemFlags SessionListModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    const Qt::ItemFlags row = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    switch (d->rows.at(index.row()).kind) {
    case RowKind::Project:
        return Qt::ItemNeverHasChildren; // the arrows pass it
    case RowKind::Archive:
        return row;
    case RowKind::Session:
        break;
    }
    return row | Qt::ItemIsEditable;
}

} // namespace Meanwhile::Models
