// SPDX-License-Identifier: MIT
#include "models/sessionlistmodel.h"
#include "support/testregistry.h"

#include <QtTest>

#include <algorithm>
#include <random>

using namespace Meanwhile;
using namespace Qt::StringLiterals;
using Models::SessionListModel;
using Models::SessionState;
using Store::SessionSummary;

namespace {

const QString kShop = u"/src/webshop"_s;
const QString kBoard = u"/src/firmware"_s;

SessionSummary session(
    const QString &id, const QString &project, int minute, const QString &title = {}, bool isArchived = false)
{
    SessionSummary made;
    made.id = id;
    made.project = project;
    made.title = title.isEmpty() ? u"About "_s + id : title;
    made.updatedAt = QDateTime(QDate(2026, 1, 2), QTime(9, 0), Qt::UTC).addSecs(60 * minute);
    made.isArchived = isArchived;
    return made;
}

struct List {
    SessionListModel model;
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};
    QSignalSpy inserted{&model, &QAbstractItemModel::rowsInserted};
    QSignalSpy removed{&model, &QAbstractItemModel::rowsRemoved};
    QSignalSpy moved{&model, &QAbstractItemModel::rowsMoved};
    QSignalSpy changed{&model, &QAbstractItemModel::dataChanged};
    QSignalSpy reset{&model, &QAbstractItemModel::modelReset};

    /// A head as "# name", an archive's row as "> text", a session by its id.
    QStringList shown() const
    {
        QStringList rows;
        for (int row = 0; row < model.rowCount(); ++row) {
            switch (SessionListModel::RowKind(at(row, SessionListModel::KindRole).toInt())) {
            case SessionListModel::RowKind::Project:
                rows += u"# "_s + at(row).toString();
                break;
            case SessionListModel::RowKind::Archive:
                rows += u"> "_s + at(row).toString();
                break;
            case SessionListModel::RowKind::Session:
                rows += at(row, SessionListModel::SessionIdRole).toString();
                break;
            }
        }
        return rows;
    }
    QVariant at(int row, int role = Qt::DisplayRole) const { return model.data(model.index(row), role); }
    QVariant of(const QString &id, int role = Qt::DisplayRole) const { return at(model.rowOf(id), role); }
    void forget()
    {
        for (QSignalSpy *spy : {&inserted, &removed, &moved, &changed, &reset})
            spy->clear();
    }
    /// How often anything was told.
    int told() const { return int(inserted.count() + removed.count() + moved.count() + changed.count()); }
};

} // namespace

class SessionListModelTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void groupsByProjectAndPutsTheNewestFirst()
    {
        List list;
        list.model.setSessions({session(u"a"_s, kBoard, 1), session(u"b"_s, kShop, 5),
            session(u"c"_s, kBoard, 9), session(u"d"_s, kShop, 7)});
        QCOMPARE(
            list.shown(), (QStringList{u"# firmware"_s, u"c"_s, u"a"_s, u"# webshop"_s, u"d"_s, u"b"_s}));
        QCOMPARE(list.inserted.count(), 1);
        QCOMPARE(list.at(0, SessionListModel::ProjectRole).toString(), kBoard);
        QCOMPARE(list.model.rowOf(u"d"_s), 4);
        QCOMPARE(list.model.rowOf(u"x"_s), -1);
    }

    void aSessionThatIsUsedMovesUpWithItsProject()
    {
        List list;
        list.model.setSessions({session(u"a"_s, kShop, 9), session(u"b"_s, kShop, 8),
            session(u"c"_s, kBoard, 5), session(u"d"_s, kBoard, 4)});
        const QPersistentModelIndex used = list.model.index(list.model.rowOf(u"d"_s));
        list.forget();
        list.model.addOrUpdate(session(u"d"_s, kBoard, 10));
        QCOMPARE(
            list.shown(), (QStringList{u"# firmware"_s, u"d"_s, u"c"_s, u"# webshop"_s, u"a"_s, u"b"_s}));
        QCOMPARE(used.data(SessionListModel::SessionIdRole).toString(), u"d"_s);
        QCOMPARE(list.inserted.count() + list.removed.count() + list.reset.count(), 0);
        QVERIFY(list.moved.count() <= 3);
    }

    void keepsItsOrderWhileItIsHeld()
    {
        List list;
        list.model.setSessions({session(u"a"_s, kShop, 9), session(u"b"_s, kShop, 8),
            session(u"c"_s, kBoard, 5), session(u"d"_s, kBoard, 4)});
        const QStringList before = list.shown();
        list.model.holdOrder(true);
        list.model.addOrUpdate(session(u"d"_s, kBoard, 10));
        QCOMPARE(list.shown(), before);
        QCOMPARE(list.moved.count(), 0);
        list.model.setSessions({session(u"a"_s, kShop, 9), session(u"b"_s, kShop, 12),
            session(u"c"_s, kBoard, 5), session(u"d"_s, kBoard, 10)});
        QCOMPARE(list.shown(), before);
        list.model.holdOrder(false);
        QCOMPARE(
            list.shown(), (QStringList{u"# webshop"_s, u"b"_s, u"a"_s, u"# firmware"_s, u"d"_s, u"c"_s}));
    }

    void saysWhatEndedUnseenAndWhatFailed()
    {
        List list;
        list.model.setSessions({session(u"a"_s, kShop, 9)});
        list.model.setState(u"a"_s, SessionState::Finished);
        QCOMPARE(list.of(u"a"_s, Qt::AccessibleTextRole).toString(),
            u"About a, finished, not seen yet, webshop"_s);
        list.model.setState(u"a"_s, SessionState::Failed);
        QCOMPARE(list.of(u"a"_s, Qt::AccessibleTextRole).toString(), u"About a, failed, webshop"_s);
    }

    void aNewSessionIsOneRow()
    {
        List list;
        list.model.setSessions({session(u"a"_s, kShop, 1)});
        list.forget();
        SessionSummary fresh = session(u"b"_s, kShop, 2);
        fresh.title.clear();
        list.model.addOrUpdate(fresh);
        QCOMPARE(list.inserted.count(), 1);
        QCOMPARE(list.inserted.at(0).at(1).toInt(), 1);
        QCOMPARE(list.of(u"b"_s).toString(), u"New session"_s);
        QCOMPARE(list.of(u"b"_s, Qt::EditRole).toString(), QString());
        QCOMPARE(list.told(), 1);
    }

    void tellsNothingWhenNothingHasChanged()
    {
        List list;
        const QVector<SessionSummary> all{session(u"a"_s, kShop, 1), session(u"b"_s, kBoard, 2)};
        list.model.setSessions(all);
        list.forget();
        list.model.setSessions({all.at(1), all.at(0)});
        list.model.addOrUpdate(all.at(0));
        list.model.setState(u"a"_s, SessionState::NotOpen);
        QCOMPARE(list.told(), 0);
    }

    void aHeadComesAndGoesWithItsSessions()
    {
        List list;
        list.model.setSessions({session(u"a"_s, kShop, 1), session(u"b"_s, kBoard, 2)});
        list.model.remove(u"b"_s);
        QCOMPARE(list.shown(), (QStringList{u"# webshop"_s, u"a"_s}));
        QCOMPARE(list.removed.count(), 1);
        list.model.remove(u"a"_s);
        QCOMPARE(list.model.rowCount(), 0);
        QVERIFY(list.model.isEmpty());
    }

    void projectsOfOneNameSayWhereTheyAre()
    {
        List list;
        list.model.setSessions({session(u"a"_s, u"/home/eva/one/api"_s, 3), session(u"b"_s, kShop, 2),
            session(u"c"_s, u"/home/eva/two/api"_s, 1)});
        QCOMPARE(list.shown(),
            (QStringList{u"# api · one"_s, u"a"_s, u"# webshop"_s, u"b"_s, u"# api · two"_s, u"c"_s}));
    }

    void foldsArchivedOnesAwayBehindTheOthers()
    {
        List list;
        list.model.setSessions({session(u"a"_s, kShop, 1), session(u"b"_s, kShop, 2, {}, true),
            session(u"c"_s, kShop, 3, {}, true), session(u"d"_s, kBoard, 0)});
        QCOMPARE(list.shown(),
            (QStringList{u"# webshop"_s, u"a"_s, u"> Archived (2)"_s, u"# firmware"_s, u"d"_s}));
        QCOMPARE(list.model.rowOf(u"b"_s), -1);
        list.forget();
        list.model.setUnfolded(kShop, true);
        QCOMPARE(list.shown(), (QStringList{u"# webshop"_s, u"a"_s, u"> Archived (2)"_s, u"c"_s, u"b"_s,
                                   u"# firmware"_s, u"d"_s}));
        QCOMPARE(list.inserted.count(), 1);
        QCOMPARE(list.changed.count(), 1);
        QVERIFY(list.at(2, SessionListModel::IsUnfoldedRole).toBool());
        QVERIFY(list.of(u"b"_s, SessionListModel::IsArchivedRole).toBool());
        list.model.addOrUpdate(session(u"b"_s, kShop, 2));
        list.model.setUnfolded(kShop, false);
        QCOMPARE(list.shown(),
            (QStringList{u"# webshop"_s, u"b"_s, u"a"_s, u"> Archived (1)"_s, u"# firmware"_s, u"d"_s}));
    }

    void aStateChangesOneRowAndIsAWordToo()
    {
        List list;
        list.model.setState(u"b"_s, SessionState::WaitsForPerson);
        list.model.setSessions({session(u"a"_s, kShop, 1), session(u"b"_s, kShop, 2)});
        QCOMPARE(list.of(u"b"_s, SessionListModel::StateRole).toInt(), int(SessionState::WaitsForPerson));
        QCOMPARE(list.of(u"b"_s, Qt::AccessibleTextRole).toString(), u"About b, waits for you, webshop"_s);
        list.forget();
        list.model.setState(u"a"_s, SessionState::Working);
        QCOMPARE(list.changed.count(), 1);
        QCOMPARE(list.told(), 1);
        QCOMPARE(list.of(u"a"_s, Qt::AccessibleTextRole).toString(), u"About a, working, webshop"_s);
        list.model.setState(u"a"_s, SessionState::TasksRun);
        QCOMPARE(list.of(u"a"_s, Qt::AccessibleTextRole).toString(), u"About a, tasks running, webshop"_s);
        list.model.setState(u"a"_s, SessionState::AtRest);
        QCOMPARE(list.of(u"a"_s, Qt::AccessibleTextRole).toString(), u"About a, webshop"_s);
    }

    void storedResultsWaitForThePersonWhileTheSessionIsNotOpen()
    {
        List list;
        SessionSummary left = session(u"a"_s, kShop, 1);
        left.waitingResults = 3;
        left.unfinishedTasks = 2; // as they were last heard of: nobody knows whether they still run
        list.model.setSessions({left});
        QCOMPARE(list.of(u"a"_s, SessionListModel::StateRole).toInt(), int(SessionState::WaitsForPerson));
        QCOMPARE(list.of(u"a"_s, Qt::AccessibleTextRole).toString(),
            u"About a, 3 results wait for you, webshop"_s);
        list.model.setState(u"a"_s, SessionState::AtRest);
        QCOMPARE(list.of(u"a"_s, SessionListModel::StateRole).toInt(), int(SessionState::AtRest));
    }

    void whatIsStoredOfASessionCountsUntilItIsOpen()
    {
        List list;
        SessionSummary left = session(u"a"_s, kShop, 1);
        const auto shown = [&](Store::SessionMark mark) {
            left.mark = mark;
            list.model.setSessions({left});
            return SessionState(list.of(u"a"_s, SessionListModel::StateRole).toInt());
        };
        QCOMPARE(shown(Store::SessionMark::Waits), SessionState::WaitsForPerson);
        QCOMPARE(list.of(u"a"_s, Qt::AccessibleTextRole).toString(), u"About a, waits for you, webshop"_s);
        QCOMPARE(shown(Store::SessionMark::Failed), SessionState::Failed);
        QCOMPARE(shown(Store::SessionMark::Finished), SessionState::Finished);
        QCOMPARE(list.of(u"a"_s, Qt::AccessibleTextRole).toString(),
            u"About a, finished, not seen yet, webshop"_s);
        QCOMPARE(shown(Store::SessionMark::None), SessionState::NotOpen);
        left.waitingResults = 1; // and beside them a result waits
        QCOMPARE(shown(Store::SessionMark::Finished), SessionState::WaitsForPerson);
        QCOMPARE(shown(Store::SessionMark::Failed), SessionState::Failed);
        list.model.setState(u"a"_s, SessionState::AtRest);
        QCOMPARE(shown(Store::SessionMark::Failed), SessionState::AtRest);
    }

    void theCurrentSessionIsMarked()
    {
        List list;
        list.model.setSessions({session(u"a"_s, kShop, 1), session(u"b"_s, kShop, 2)});
        list.model.setCurrent(u"a"_s);
        list.forget();
        list.model.setCurrent(u"b"_s);
        QCOMPARE(list.model.current(), u"b"_s);
        QVERIFY(!list.of(u"a"_s, SessionListModel::IsCurrentRole).toBool());
        QVERIFY(list.of(u"b"_s, SessionListModel::IsCurrentRole).toBool());
        QCOMPARE(list.told(), 2);
    }

    void showsOnlyWhatASearchHasFound()
    {
        List list;
        list.model.setSessions({session(u"a"_s, kShop, 1), session(u"b"_s, kShop, 2, {}, true),
            session(u"c"_s, kShop, 3), session(u"d"_s, kBoard, 9)});
        const QStringList before = list.shown();
        list.forget();
        list.model.setHits({{u"c"_s, {}, u"About c"_s}, {u"b"_s, u"m1"_s, u"…장바구니를 고쳐…"_s},
            {u"gone"_s, u"m2"_s, u"no such session"_s}});
        QVERIFY(list.model.isFiltered());
        QCOMPARE(list.shown(), (QStringList{u"# webshop"_s, u"c"_s, u"b"_s}));
        QCOMPARE(list.of(u"c"_s, SessionListModel::ExcerptRole).toString(), QString());
        QCOMPARE(list.of(u"b"_s, SessionListModel::ExcerptRole).toString(), u"…장바구니를 고쳐…"_s);
        QCOMPARE(list.of(u"b"_s, Qt::AccessibleTextRole).toString(),
            u"About b, archived, webshop, …장바구니를 고쳐…"_s);
        list.model.setHits({});
        QCOMPARE(list.model.rowCount(), 0);
        list.model.clearHits();
        QCOMPARE(list.shown(), before);
        QCOMPARE(list.reset.count(), 0);
    }

    void nothingHidesInATitle()
    {
        List list;
        list.model.setSessions({session(u"a"_s, kShop, 1, u"<b>one</b>\ntwo\u202e"_s)});
        QCOMPARE(list.of(u"a"_s).toString(), u"<b>one</b> ↵ two⟦U+202E⟧"_s);
        QVERIFY(list.of(u"a"_s, Qt::ToolTipRole).toString().contains(u"&lt;b&gt;one"_s));
    }

    void onlySessionsAreRenamedAndTheArrowsPassHeads()
    {
        List list;
        list.model.setSessions({session(u"a"_s, kShop, 1), session(u"b"_s, kShop, 2, {}, true)});
        QVERIFY(!list.model.flags(list.model.index(0)).testFlag(Qt::ItemIsEnabled));
        QVERIFY(list.model.flags(list.model.index(1)).testFlag(Qt::ItemIsEditable));
        QVERIFY(list.model.flags(list.model.index(2)).testFlag(Qt::ItemIsSelectable));
        QVERIFY(!list.model.flags(list.model.index(2)).testFlag(Qt::ItemIsEditable));
    }

    /// Whatever the order was before, the rows come out as a new model would have them.
    void endsAsANewListWouldHaveIt()
    {
        std::mt19937 random(7);
        const auto below = [&random](int limit) { return int(random() % unsigned(limit)); };
        List list;
        for (int round = 0; round < 200; ++round) {
            QVector<SessionSummary> all;
            for (int id = 0; id < 30; ++id) {
                if (below(4) > 0)
                    all += session(QString::number(id), u"/p/%1"_s.arg(id % 4), below(40), {}, below(5) == 0);
            }
            const bool isUnfolded = below(2) == 0;
            list.model.setUnfolded(u"/p/1"_s, isUnfolded);
            list.model.setSessions(all);
            List other;
            other.model.setUnfolded(u"/p/1"_s, isUnfolded);
            other.model.setSessions(all);
            QCOMPARE(list.shown(), other.shown());
        }
        QCOMPARE(list.reset.count(), 0);
    }

    void aThousandSessionsAreOneChange()
    {
        List list;
        QVector<SessionSummary> all;
        for (int id = 0; id < 1'000; ++id)
            all += session(QString::number(id), u"/p/%1"_s.arg(id % 20), id);
        list.model.setSessions(all);
        QCOMPARE(list.inserted.count(), 1);
        QCOMPARE(list.model.rowCount(), 1'020);
        list.forget();
        // The oldest one is used again: its project's rows go up past the others as blocks.
        all[0].updatedAt = all.constLast().updatedAt.addSecs(60);
        list.model.setSessions(all);
        QVERIFY2(list.told() <= 6, qPrintable(QString::number(list.told())));
        QCOMPARE(list.at(1, SessionListModel::SessionIdRole).toString(), u"0"_s);
    }
};

MEANWHILE_TEST(SessionListModelTest)
#include "tst_sessionlistmodel.moc"
