// SPDX-License-Identifier: MIT
#include "listedsession.h"
#include "models/sessionlistmodel.h"
#include "support/testregistry.h"
#include "ui/sessions/sessionlist.h"
#include "ui/sessions/sessionsidebar.h"
#include "ui/sessions/undobar.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/theme.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QTimer>
#include <QToolButton>
#include <QtTest>
#include <QWindow>

using namespace Meanwhile;
using namespace Qt::StringLiterals;
using Models::SessionListModel;
using Models::SessionState;
using Store::SessionSummary;
using Testing::listedSession;
using Ui::SessionSidebar;

namespace {

const QString kShop = u"/src/webshop"_s;
const QString kBoard = u"/src/R&D"_s;

/// A sidebar that is shown, with two sessions of the shop (a, b) and one of another project (c).
struct Shown {
    Ui::Theme theme{*qApp};
    SessionListModel model;
    SessionSidebar sidebar{theme};
    QSignalSpy activated{&sidebar, &SessionSidebar::sessionActivated};
    QSignalSpy fresh{&sidebar, &SessionSidebar::newSessionRequested};
    QSignalSpy renamed{&sidebar, &SessionSidebar::renameRequested};
    QSignalSpy archived{&sidebar, &SessionSidebar::archiveRequested};
    QSignalSpy exported{&sidebar, &SessionSidebar::exportRequested};
    QSignalSpy deleted{&sidebar, &SessionSidebar::deleteRequested};
    QSignalSpy undone{&sidebar, &SessionSidebar::undoDeleteRequested};
    QSignalSpy searched{&sidebar, &SessionSidebar::searchRequested};

    explicit Shown(bool filled = true)
    {
        sidebar.setModel(&model);
        if (filled) {
            model.setSessions({listedSession(u"a"_s, kShop, 9, u"Install and configure"_s),
                listedSession(u"b"_s, kShop, 8, u"Fix the cart"_s),
                listedSession(u"c"_s, kBoard, 7, u"Flash over serial"_s)});
        }
        sidebar.resize(SessionSidebar::kWidth, 600);
        sidebar.show();
        sidebar.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&sidebar));
        list()->setFocus();
    }

    template <typename T>
    T *child(const QString &name) const
    {
        return sidebar.findChild<T *>(name);
    }
    Ui::SessionList *list() const { return child<Ui::SessionList>(u"sessionList"_s); }
    QLineEdit *search() const { return child<QLineEdit>(u"sessionSearch"_s); }
    QWidget *undoBar() const { return child<QWidget>(u"undoBar"_s); }
    QString undoText() const { return child<Ui::ElidedLabel>(u"undoText"_s)->text(); }
    QString selected() const
    {
        return list()->currentIndex().data(SessionListModel::SessionIdRole).toString();
    }
    void select(const QString &id) const { list()->setCurrentIndex(model.index(model.rowOf(id))); }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) const
    {
        QTest::keyClick(list(), key, modifiers);
    }
    /// The menu's entries that can be seen, as it is opened on this row.
    QStringList menuOn(int row) const
    {
        emit list()->menuRequested(model.index(row), QPoint());
        QStringList texts;
        for (QMenu *menu : sidebar.findChildren<QMenu *>()) {
            if (!menu->isVisible())
                continue;
            for (const QAction *action : menu->actions()) {
                if (action->isVisible() && !action->isSeparator())
                    texts += action->text();
            }
            menu->close();
        }
        return texts;
    }
    /// Asks for it with the Delete key, and answers as the store would.
    void remove(const QString &id)
    {
        select(id);
        press(Qt::Key_Delete);
        model.remove(id);
    }
};

QVariantList one(const QVariant &value)
{
    return {value};
}

} // namespace

class SessionSidebarTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void teachesWhatItIsForWhileItIsEmpty()
    {
        Shown shown(false);
        const auto *empty = shown.child<QLabel>(u"sessionsEmpty"_s);
        QCOMPARE(empty->text(), u"Sessions of all projects appear here"_s);
        QVERIFY(empty->isVisible());
        QVERIFY(!shown.list()->isVisible());
        shown.model.addOrUpdate(listedSession(u"a"_s, kShop, 1, {}));
        QVERIFY(!empty->isVisible());
        QVERIFY(shown.list()->isVisible());
    }

    void theArrowsGoFromSessionToSessionAndEnterOpens()
    {
        Shown shown;
        QCOMPARE(shown.selected(), u"a"_s);
        shown.press(Qt::Key_Down);
        QCOMPARE(shown.selected(), u"b"_s);
        shown.press(Qt::Key_Down); // past the head of the next project
        QCOMPARE(shown.selected(), u"c"_s);
        QCOMPARE(shown.activated.count(), 0);
        shown.press(Qt::Key_Return);
        QCOMPARE(shown.activated, QList<QVariantList>{one(u"c"_s)});
    }

    void aClickOpensOnceAndAHeadDoesNothing()
    {
        Shown shown;
        const auto click = [&shown](int row) {
            QTest::mouseClick(shown.list()->viewport(), Qt::LeftButton, {},
                shown.list()->visualRect(shown.model.index(row)).center());
        };
        click(2);
        QCOMPARE(shown.activated, QList<QVariantList>{one(u"b"_s)});
        click(0);
        QCOMPARE(shown.activated.count(), 1);
    }

    void theKeyboardBeginsAtTheSessionThatTheWindowShows()
    {
        Shown shown;
        shown.model.setCurrent(u"c"_s);
        QCOMPARE(shown.selected(), u"c"_s);
        shown.press(Qt::Key_Up);
        shown.model.setState(u"c"_s, SessionState::Working);
        QCOMPARE(shown.selected(), u"b"_s); // but stays where the person went
        shown.model.setCurrent(u"d"_s);
        shown.model.addOrUpdate(listedSession(u"d"_s, kShop, 20, {}));
        QCOMPARE(shown.selected(), u"d"_s);
    }

    void typingFindsASessionByItsTitle()
    {
        Shown shown;
        QTest::keyClicks(shown.list(), u"fla"_s);
        QCOMPARE(shown.selected(), u"c"_s);
    }

    void aTitleIsChangedInPlace()
    {
        Shown shown;
        shown.select(u"b"_s);
        shown.press(Qt::Key_F2);
        auto *editor = shown.list()->findChild<QLineEdit *>(u"sessionTitle"_s);
        QVERIFY(editor);
        QCOMPARE(editor->text(), u"Fix the cart"_s);
        QVERIFY(editor->hasSelectedText());
        QTest::keyClicks(editor, u"  Round  prices "_s);
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_COMPARE(shown.renamed, (QList<QVariantList>{{u"b"_s, u"Round prices"_s}}));
        QCOMPARE(shown.list()->currentIndex().data().toString(), u"Round prices"_s);
        QCOMPARE(shown.activated.count(), 0);
    }

    void escapeAnEmptyAndTheSameTitleChangeNothing()
    {
        Shown shown;
        const auto edit = [&shown](const QString &text, Qt::Key key) {
            shown.select(u"b"_s);
            shown.list()->setFocus();
            shown.press(Qt::Key_F2);
            auto *editor = shown.list()->findChild<QLineEdit *>(u"sessionTitle"_s);
            editor->setText(text);
            QTest::keyClick(editor, key);
            QCoreApplication::processEvents();
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        };
        edit(u"Other"_s, Qt::Key_Escape);
        edit(u"  "_s, Qt::Key_Return);
        edit(u"Fix the cart"_s, Qt::Key_Return);
        QCOMPARE(shown.renamed.count(), 0);
        QCOMPARE(shown.model.session(u"b"_s)->title, u"Fix the cart"_s);
    }

    void theDeleteKeyInATitleDeletesALetter()
    {
        Shown shown;
        shown.select(u"b"_s);
        shown.press(Qt::Key_F2);
        auto *editor = shown.list()->findChild<QLineEdit *>(u"sessionTitle"_s);
        QTest::keyClick(editor, Qt::Key_Home);
        QTest::keyClick(editor, Qt::Key_Delete);
        QCOMPARE(editor->text(), u"ix the cart"_s);
        QCOMPARE(shown.deleted.count(), 0);
    }

    void theKeysOfTheListWorkWhateverMenuWasOpenBefore()
    {
        Shown shown;
        shown.select(u"b"_s);
        shown.menuOn(0); // of a project, which has no such entries
        shown.press(Qt::Key_Delete);
        QCOMPARE(shown.deleted, QList<QVariantList>{one(u"b"_s)});
        shown.press(Qt::Key_F2);
        QVERIFY(shown.list()->findChild<QLineEdit *>(u"sessionTitle"_s));
    }

    // A click on a session leads on to the composer, where F2 means the session too but Delete does not.
    void theMenuPromisesOnlyKeysThatAlsoWorkAfterAClick()
    {
        const Shown shown;
        QVERIFY(shown.child<QAction>(u"sessionRename"_s)->isShortcutVisibleInContextMenu());
        QVERIFY(!shown.child<QAction>(u"sessionDelete"_s)->isShortcutVisibleInContextMenu());
    }

    void theMenuOffersWhatFitsTheRow()
    {
        Shown shown;
        QCOMPARE(shown.menuOn(1),
            (QStringList{u"Rename"_s, u"Archive"_s, u"Export…"_s, u"New session in webshop"_s, u"Delete"_s}));
        QCOMPARE(shown.menuOn(3), QStringList{u"New session in R&&D"_s});
        shown.child<QAction>(u"sessionNewHere"_s)->trigger();
        QCOMPARE(shown.fresh, QList<QVariantList>{one(kBoard)});
        shown.select(u"b"_s);
        shown.child<QAction>(u"sessionExport"_s)->trigger();
        QCOMPARE(shown.exported, QList<QVariantList>{one(u"b"_s)});
    }

    void theMenuKeyOpensItAtTheRow()
    {
        Shown shown;
        shown.select(u"b"_s);
        QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(), QPoint());
        QApplication::sendEvent(shown.list()->viewport(), &event);
        QVERIFY(shown.child<QMenu>(u"sessionMenu"_s)->isVisible());
        shown.child<QMenu>(u"sessionMenu"_s)->close();
    }

    void anArchivedSessionIsFoldedAwayAndCanComeBack()
    {
        Shown shown;
        shown.select(u"b"_s);
        shown.child<QAction>(u"sessionArchive"_s)->trigger();
        QCOMPARE(shown.archived, (QList<QVariantList>{{u"b"_s, true}}));
        SessionSummary put = *shown.model.session(u"b"_s);
        put.isArchived = true;
        shown.model.addOrUpdate(put);
        QCOMPARE(shown.model.rowOf(u"b"_s), -1);
        // The row that folds them is reached and opened by keys, as a session is.
        shown.select(u"a"_s);
        shown.press(Qt::Key_Down);
        QCOMPARE(shown.list()->currentIndex().data().toString(), u"Archived (1)"_s);
        shown.press(Qt::Key_Return);
        QVERIFY(shown.model.rowOf(u"b"_s) > 0);
        QCOMPARE(shown.activated.count(), 0);
        QVERIFY(shown.menuOn(shown.model.rowOf(u"b"_s)).contains(u"Unarchive"_s));
        shown.select(u"b"_s);
        shown.child<QAction>(u"sessionArchive"_s)->trigger();
        QCOMPARE(shown.archived.constLast(), (QVariantList{u"b"_s, false}));
    }

    void aDeletionIsOfferedBackOnceItIsDone()
    {
        Shown shown;
        shown.select(u"b"_s);
        shown.press(Qt::Key_Delete);
        QCOMPARE(shown.deleted, QList<QVariantList>{one(u"b"_s)});
        shown.model.remove(u"c"_s);
        QVERIFY(!shown.undoBar()->isVisible()); // it may yet fail
        shown.model.remove(u"b"_s);
        QVERIFY(shown.undoBar()->isVisible());
        QCOMPARE(shown.undoText(), u"Deleted “Fix the cart”"_s);
        QVERIFY(!shown.selected().isEmpty());
        QTest::mouseClick(shown.child<QPushButton>(u"undoButton"_s), Qt::LeftButton);
        QCOMPARE(shown.undone, QList<QVariantList>{one(u"b"_s)});
        QVERIFY(!shown.undoBar()->isVisible());
        shown.model.addOrUpdate(listedSession(u"b"_s, kShop, 8, u"Fix the cart"_s));
        QCOMPARE(shown.selected(), u"b"_s);
        QVERIFY(shown.list()->hasFocus());
    }

    void theNextDeletionTakesThePlaceOfTheLast()
    {
        Shown shown;
        shown.remove(u"a"_s);
        shown.remove(u"c"_s);
        QCOMPARE(shown.undoText(), u"Deleted “Flash over serial”"_s);
        shown.press(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(shown.undone, QList<QVariantList>{one(u"c"_s)});
        shown.press(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(shown.undone.count(), 1);
    }

    void theOfferEndsByItselfButNotUnderThePersonsHands()
    {
        Shown shown;
        shown.remove(u"a"_s);
        auto *timer = shown.child<QTimer>(u"undoTimer"_s);
        QCOMPARE(timer->intervalAsDuration(), std::chrono::seconds(10));
        timer->setInterval(1);
        shown.child<QPushButton>(u"undoButton"_s)->setFocus();
        QSignalSpy ended(timer, &QTimer::timeout);
        QVERIFY(ended.wait(Testing::kPatienceMs));
        QVERIFY(shown.undoBar()->isVisible());
        shown.list()->setFocus();
        QTRY_VERIFY(!shown.undoBar()->isVisible());
        QCOMPARE(shown.undone.count(), 0);
    }

    void theLastSessionCanBeBroughtBackToo()
    {
        Shown shown(false);
        shown.model.addOrUpdate(listedSession(u"a"_s, kShop, 1, u"One"_s));
        shown.remove(u"a"_s);
        QVERIFY(shown.child<QLabel>(u"sessionsEmpty"_s)->isVisible());
        QVERIFY(shown.undoBar()->isVisible());
    }

    void searchesWhenThePersonHasStoppedTyping()
    {
        Shown shown;
        shown.search()->setFocus();
        QTest::keyClicks(shown.search(), u" cart  fix "_s);
        QCOMPARE(shown.searched.count(), 0);
        QTRY_COMPARE(shown.searched, QList<QVariantList>{one(u"cart fix"_s)});
        shown.sidebar.setHits(u"cart"_s, {{u"a"_s, {}, {}}}); // of another text: too late
        QCOMPARE(shown.model.rowOf(u"c"_s), 4);
        shown.sidebar.setHits(u"cart fix"_s, {{u"b"_s, {}, {}}});
        QCOMPARE(shown.model.rowCount(), 2);
        QTest::keyClick(shown.search(), Qt::Key_Escape);
        QCOMPARE(shown.search()->text(), QString());
        QCOMPARE(shown.model.rowCount(), 5);
        QCOMPARE(shown.searched.count(), 1);
    }

    void theNewestHitIsInSight()
    {
        Shown shown;
        QVector<SessionSummary> all;
        QVector<Store::SessionHit> hits;
        for (int id = 0; id < 60; ++id) {
            all += listedSession(QString::number(id), kShop, id, u"One"_s);
            hits += {QString::number(id), {}, {}};
        }
        shown.model.setSessions(all);
        shown.press(Qt::Key_End);
        QCoreApplication::processEvents();
        QVERIFY(shown.list()->verticalScrollBar()->value() > 0);
        shown.search()->setText(u"one"_s);
        shown.sidebar.setHits(u"one"_s, hits);
        QCoreApplication::processEvents();
        QCOMPARE(shown.list()->verticalScrollBar()->value(), 0);
    }

    void showsWhereTheWordsAre()
    {
        Shown shown;
        const auto shownFor = [&shown](const QString &text, const QString &excerpt) {
            shown.search()->setText(text);
            shown.sidebar.setHits(text, {{u"b"_s, u"m"_s, excerpt}});
            return shown.model.index(1).data(SessionListModel::ExcerptRole).toString();
        };
        QCOMPARE(shownFor(u"cart"_s, u"The cart is wrong"_s), u"The cart is wrong"_s);
        QCOMPARE(
            shownFor(u"CART sum"_s, u"…and in the sum of a full cart we see"_s), u"…a full cart we see"_s);
        QCOMPARE(shownFor(u"장바구니"_s, u"그리고가나다라마바사아장바구니의 합"_s), u"…장바구니의 합"_s);
        QCOMPARE(shownFor(u"ﬁx"_s, u"folded otherwise: fix"_s), u"folded otherwise: fix"_s);
    }

    void saysWhenNothingIsFound()
    {
        Shown shown;
        shown.search()->setText(u"장바구니"_s);
        shown.sidebar.setHits(u"장바구니"_s, {});
        QCOMPARE(shown.child<QLabel>(u"sessionsEmpty"_s)->text(), u"Nothing found for “장바구니”"_s);
        QVERIFY(shown.child<QLabel>(u"sessionsEmpty"_s)->isVisible());
        shown.search()->clear();
        QVERIFY(shown.list()->isVisible());
    }

    void enterOpensTheFirstHitButNotBeforeItIsFound()
    {
        Shown shown;
        shown.sidebar.focusSearch();
        QTest::keyClicks(shown.search(), u"flash"_s);
        QTest::keyClick(shown.search(), Qt::Key_Return); // at once, not after the delay
        QCOMPARE(shown.searched, QList<QVariantList>{one(u"flash"_s)});
        QTest::keyClick(shown.search(), Qt::Key_Return);
        QCOMPARE(shown.activated.count(), 0);
        shown.sidebar.setHits(u"flash"_s, {{u"c"_s, {}, {}}});
        QTest::keyClick(shown.search(), Qt::Key_Return);
        QCOMPARE(shown.activated, QList<QVariantList>{one(u"c"_s)});
    }

    void theDownKeyGoesFromTheFieldToTheList()
    {
        Shown shown;
        shown.sidebar.focusSearch();
        QVERIFY(shown.search()->hasFocus());
        QTest::keyClick(shown.search(), Qt::Key_Down);
        QVERIFY(shown.list()->hasFocus());
        QCOMPARE(shown.selected(), u"a"_s);
    }

    void anEmptyFieldLeavesEscapeToTheWindow()
    {
        Shown shown;
        QKeyEvent escape(QEvent::KeyPress, Qt::Key_Escape, {});
        escape.accept();
        shown.search()->setFocus();
        QApplication::sendEvent(shown.search(), &escape);
        QVERIFY(!escape.isAccepted());
    }

    void aNewSessionIsAButton()
    {
        Shown shown;
        shown.child<QToolButton>(u"newSession"_s)->click();
        QCOMPARE(shown.fresh, QList<QVariantList>{one(QString())});
    }

    void theTabKeyGoesThroughAllOfIt()
    {
        Shown shown;
        shown.remove(u"a"_s);
        shown.sidebar.focusSearch();
        QStringList names;
        for (int stop = 0; stop < 4; ++stop) {
            names += QApplication::focusWidget()->objectName();
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        }
        QCOMPARE(
            names, (QStringList{u"sessionSearch"_s, u"newSession"_s, u"sessionList"_s, u"undoButton"_s}));
    }

    void aScreenReaderHearsTitleStateAndProject()
    {
        Shown shown;
        shown.model.setState(u"b"_s, SessionState::WaitsForPerson);
        QAccessibleInterface *list = QAccessible::queryAccessibleInterface(shown.list());
        QCOMPARE(list->text(QAccessible::Name), u"Sessions"_s);
        QCOMPARE(list->child(2)->text(QAccessible::Name), u"Fix the cart, waits for you, webshop"_s);
        for (const QString &name : {u"sessionSearch"_s, u"newSession"_s}) {
            const QAccessibleInterface *one =
                QAccessible::queryAccessibleInterface(shown.child<QWidget>(name));
            QVERIFY2(!one->text(QAccessible::Name).isEmpty(), qPrintable(name));
        }
    }

    void itMayGoWhileATitleIsBeingChanged()
    {
        Shown shown;
        shown.press(Qt::Key_F2);
        QTest::keyClicks(shown.list()->findChild<QLineEdit *>(u"sessionTitle"_s), u"Half a ti"_s);
    }

    void aModelMayGo()
    {
        Shown shown;
        shown.sidebar.setModel(nullptr);
        QVERIFY(shown.child<QLabel>(u"sessionsEmpty"_s)->isVisible());
        shown.search()->setText(u"x"_s);
        shown.search()->clear();
        shown.sidebar.setHits(u""_s, {});
    }

    void noRowLooksFocusedWhileTheFocusIsElsewhere()
    {
        Shown shown;
        shown.select(u"b"_s);
        shown.search()->setFocus();
        QVERIFY(!shown.list()->currentIndex().isValid());
        QCOMPARE(shown.list()->selectedIndex().data(SessionListModel::SessionIdRole).toString(), u"b"_s);
        shown.list()->setFocus();
        QCOMPARE(shown.selected(), u"b"_s);
        // A title that is being changed stays open.
        shown.press(Qt::Key_F2);
        QVERIFY(shown.child<QLineEdit>(u"sessionTitle"_s));
        QCOMPARE(shown.selected(), u"b"_s);
    }

    void nothingMovesUnderThePointer()
    {
        Shown shown;
        const auto ids = [&shown] {
            QStringList all;
            for (int row = 0; row < shown.model.rowCount(); ++row)
                all += shown.model.index(row).data(SessionListModel::SessionIdRole).toString();
            return all;
        };
        const QStringList before = ids();
        QEnterEvent enter({5, 5}, {5, 5}, {5, 5});
        QApplication::sendEvent(shown.list()->viewport(), &enter);
        shown.model.addOrUpdate(listedSession(u"c"_s, kBoard, 20, u"Flash over serial"_s));
        QCOMPARE(ids(), before);
        QEvent leave(QEvent::Leave);
        QApplication::sendEvent(shown.list()->viewport(), &leave);
        QVERIFY(ids() != before);
        QCOMPARE(ids().at(1), u"c"_s);
    }

    void aPressFindsTheRowUnderTheMouse_data()
    {
        QTest::addColumn<QString>("selected");
        QTest::newRow("the first one is selected") << u"s39"_s;
        QTest::newRow("another one is") << u"s20"_s;
        QTest::newRow("none is") << QString();
    }
    // The press gives the focus, and what is selected is out of sight above.
    void aPressFindsTheRowUnderTheMouse()
    {
        QFETCH(const QString, selected);
        Shown shown(false);
        for (int i = 0; i < 40; ++i)
            shown.model.addOrUpdate(listedSession(u"s%1"_s.arg(i), kShop, i, u"Session %1"_s.arg(i)));
        shown.list()->setFocus();
        if (selected.isEmpty())
            shown.list()->clearSelection();
        else
            shown.select(selected);
        shown.search()->setFocus();
        QScrollBar *bar = shown.list()->verticalScrollBar();
        bar->setValue(bar->maximum());
        QWidget *viewport = shown.list()->viewport();
        const QPoint place = viewport->rect().center();
        const QString under = shown.list()->indexAt(place).data(SessionListModel::SessionIdRole).toString();
        QVERIFY(!under.isEmpty());
        const QPoint inWindow = viewport->mapTo(&shown.sidebar, place);
        QTest::mouseClick(shown.sidebar.windowHandle(), Qt::LeftButton, {}, inWindow);
        QCOMPARE(shown.activated.value(0).value(0).toString(), under);
        QCOMPARE(bar->value(), bar->maximum());
        // With a key it is gone to.
        shown.select(u"s39"_s);
        shown.search()->setFocus();
        bar->setValue(bar->maximum());
        shown.sidebar.focusList();
        QCOMPARE(bar->value(), 0);
    }
};

MEANWHILE_TEST(SessionSidebarTest)
#include "tst_sessionsidebar.moc"
