// SPDX-License-Identifier: MIT
#include "scriptedworkspace.h"
#include "support/testregistry.h"
#include "ui/composer/composeredit.h"
#include "ui/sessions/sessionsidebar.h"
#include "ui/transcript/rowwidget.h"
#include "ui/transcript/textsurface.h"
#include "ui/transcript/transcriptview.h"
#include "ui/widgets/menubutton.h"
#include "ui/window/mainwindow.h"

#include <QAction>
#include <QApplication>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QScreen>
#include <QtTest>
#include <QWindow>

using namespace Meanwhile;
using namespace Meanwhile::Testing;
using namespace Meanwhile::Ui;
using namespace Qt::StringLiterals;

/// From session to session, by the sidebar and by keys.
class WindowNavigationTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_theme = std::make_unique<Theme>(*qApp);
        m_state = std::make_unique<QTemporaryDir>();
        m_workspace = std::make_unique<ScriptedWorkspace>();
        makeWindow();
    }
    void cleanup()
    {
        m_window.reset();
        m_workspace.reset();
    }

    void keepsWordsForASessionThatAnotherCameBefore()
    {
        Settings settings = m_workspace->settings();
        settings.rememberFolder(m_state->path());
        m_workspace->apply(settings);
        m_window->reopen({u"fix the build"_s, true});
        m_window->openFolder(u"/p/shop"_s);
        QTRY_COMPARE(
            text(u"messageText"_s), u"Another session was opened meanwhile. Your message was not sent."_s);
        QCOMPARE(find<ComposerEdit>(u"composerEdit"_s)->toPlainText(), u"fix the build"_s);
    }

    void asksTheSessionsForWhatTheSidebarWants()
    {
        m_window->openFolder(u"/p/shop"_s);
        auto *sidebar = find<SessionSidebar>(u"sessionSidebar"_s);
        emit sidebar->renameRequested(u"s1"_s, u"Title"_s);
        emit sidebar->archiveRequested(u"s1"_s, true);
        emit sidebar->searchRequested(u"words"_s);
        emit sidebar->undoDeleteRequested(u"s1"_s);
        emit sidebar->deleteRequested(u"s1"_s);
        QCOMPARE(m_workspace->asked, (QStringList{u"rename s1 Title"_s, u"archive s1"_s, u"search words"_s,
                                         u"undelete s1"_s, u"delete s1"_s}));
        emit sidebar->sessionActivated(u"nothing"_s);
        QTRY_COMPARE(text(u"messageText"_s), u"It is not there."_s);
        m_workspace->stored.insert(u"s2"_s, m_workspace->open(u"/p/firmware"_s));
        emit sidebar->sessionActivated(u"s2"_s);
        QTRY_COMPARE(m_window->windowTitle(), u"firmware · Meanwhile"_s);
        QVERIFY(!find<QWidget>(u"messageBar"_s)->isVisible());
    }

    void exportsAndForksByKeyAndSaysWhenThereIsNothingYet()
    {
        m_window->openFolder(u"/p/shop"_s);
        QVERIFY(!find<QAction>(u"exportAction"_s)->isEnabled());
        QVERIFY(!find<QAction>(u"forkAction"_s)->isEnabled());
        m_window->send(u"hello"_s);
        QTRY_VERIFY(m_workspace->client.stream);
        m_workspace->client.stream->answer(u"Hi."_s);
        QTRY_VERIFY(!m_workspace->controller->isWorking());
        QTest::keyClick(edit(), Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
        auto *dialog = find<QFileDialog>(u"exportDialog"_s);
        QVERIFY(dialog && dialog->isVisible());
        emit dialog->filterSelected(u"JSON (*.json)"_s);
        QVERIFY(dialog->selectedFiles().value(0).endsWith(u".json"_s));
        emit dialog->fileSelected(u"/p/out.json"_s);
        QTRY_COMPARE(text(u"messageText"_s), u"The session was exported to /p/out.json."_s);
        dialog->close();
        QTRY_VERIFY(!find<QFileDialog>(u"exportDialog"_s));
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QCOMPARE(m_workspace->asked.last(), u"export session of /p/shop to /p/out.json"_s);

        const QString last = m_workspace->controller->history().messages().last().id;
        m_workspace->stored.insert(last + u" of session of /p/shop"_s, m_workspace->open(u"/p/fork"_s));
        QTest::keyClick(edit(), Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(m_window->windowTitle(), u"fork · Meanwhile"_s);
    }

    void forksAtTheRowThatIsPointedAt()
    {
        m_window->openFolder(u"/p/shop"_s);
        m_window->send(u"hello"_s);
        QTRY_VERIFY(m_workspace->client.stream);
        m_workspace->client.stream->answer(u"Hi."_s);
        QTRY_VERIFY(!m_workspace->controller->isWorking());
        const QString words = m_workspace->controller->history().messages().first().id;
        m_workspace->stored.insert(words + u" of session of /p/shop"_s, m_workspace->open(u"/p/fork"_s));
        auto *view = find<TranscriptView>(u"transcript"_s);
        QTRY_VERIFY(view->rowWidget(0));
        const std::unique_ptr<QMenu> menu(view->makeContextMenu(view->rowWidget(0)->geometry().center()));
        menu->findChild<QAction *>(u"forkHere"_s)->trigger();
        QTRY_COMPARE(m_window->windowTitle(), u"fork · Meanwhile"_s);
    }

    void opensWhatASearchHasFoundAtItsMessage()
    {
        Conversation::History history;
        for (int i = 0; i < 80; ++i) {
            Conversation::Message message;
            message.id = u"m%1"_s.arg(i);
            message.role = i % 2 == 0 ? Conversation::Role::User : Conversation::Role::Assistant;
            message.stopReason = Conversation::StopReason::EndTurn;
            message.content = {Conversation::TextBlock{u"Words number %1.\n\nMore of them."_s.arg(i)}};
            history.append(message);
        }
        m_workspace->transcript.load(history);
        m_workspace->stored.insert(u"s2"_s, m_workspace->open(u"/p/firmware"_s));
        QTest::keyClick(edit(), Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(QApplication::focusWidget(), find<QWidget>(u"sessionSearch"_s));
        find<QLineEdit>(u"sessionSearch"_s)->setText(u"more of"_s);
        m_workspace->sessionList.setHits({{u"s2"_s, u"m20"_s, u"Words number 20"_s}});
        emit find<SessionSidebar>(u"sessionSidebar"_s)->sessionActivated(u"s2"_s);
        QTRY_COMPARE(m_window->windowTitle(), u"firmware · Meanwhile"_s);
        const auto *view = find<TranscriptView>(u"transcript"_s);
        int row = 0;
        while (m_workspace->transcript.row(row).id != u"m20"_s)
            ++row;
        QTRY_VERIFY(view->rowWidget(row));
        QVERIFY(!view->isFollowing());
        const QList<TextSurface *> surfaces = view->rowWidget(row)->surfaces();
        QCOMPARE(surfaces.first()->selectedText(), u"More of"_s); // and there it is marked
        QVERIFY2(view->rowWidget(row)->y() >= 0 && view->rowWidget(row)->y() < 40,
            qPrintable(QString::number(view->rowWidget(row)->y())));
    }

    void fitsTheScreenWhateverWasRemembered()
    {
        const QRect screen = m_window->screen()->availableGeometry();
        m_window->openFolder(u"/p/shop"_s);
        m_window->resize(screen.size() * 2);
        m_window->move(screen.center());
        QTRY_VERIFY(m_window->width() > screen.width());
        m_window.reset();
        makeWindow();
        QVERIFY2(screen.contains(m_window->geometry()), qPrintable(QDebug::toString(m_window->geometry())));
        // 900 pixels at twice the scale, less a frame and a panel.
        m_window->openFolder(u"/p/shop"_s);
        for (const int width : {720, 1'000}) {
            m_window->resize(width, 200);
            QTRY_VERIFY2(m_window->height() <= 402, QByteArray::number(m_window->height()).constData());
        }
    }

    void namesTheSessionInTheTitle()
    {
        m_window->openFolder(u"/p/shop"_s);
        QCOMPARE(m_window->windowTitle(), u"shop · Meanwhile"_s);
        Store::SessionSummary session;
        session.id = m_workspace->sessionList.current();
        session.project = u"/p/shop"_s;
        session.title = u"Fix\nthe cart"_s;
        m_workspace->sessionList.addOrUpdate(session);
        QCOMPARE(m_window->windowTitle(), u"Fix ↵ the cart · shop · Meanwhile"_s);
        session.title = u"Other"_s;
        m_workspace->sessionList.addOrUpdate(session);
        QCOMPARE(m_window->windowTitle(), u"Other · shop · Meanwhile"_s);
    }

    void aMenuOpenedFromTheKeyboardIsReadyForIt()
    {
        QTest::keyClick(m_window.get(), Qt::Key_F10);
        auto *button = find<MenuButton>(u"menuButton"_s);
        QTRY_VERIFY(button->openMenu() && button->openMenu()->isVisible());
        QMenu *menu = button->openMenu();
        QVERIFY(menu->activeAction());
        QCOMPARE(menu->activeAction()->objectName(), u"newSessionAction"_s);
        QStringList letters;
        const QList<QAction *> actions = menu->actions();
        for (const QAction *action : actions) {
            if (const qsizetype at = action->text().indexOf(u'&'); at >= 0)
                letters += action->text().mid(at + 1, 1).toLower();
        }
        QVERIFY(letters.size() >= 8);
        QCOMPARE(QSet<QString>(letters.begin(), letters.end()).size(), letters.size());
        menu->close();
    }

    void beginsAtOpenFolder()
    {
        QCOMPARE(QApplication::focusWidget(), find<QWidget>(u"firstRunOpen"_s));
        m_window->openFolder(u"/p/shop"_s);
        QCOMPARE(QApplication::focusWidget(), edit());
    }

    void goesFromPartToPartByF6()
    {
        m_window->resize(1'280, 800);
        m_window->openFolder(u"/p/shop"_s);
        m_window->send(u"hello"_s);
        QTRY_VERIFY(m_workspace->client.stream);
        m_workspace->client.stream->answer(u"Hi."_s);
        QTRY_VERIFY(find<TranscriptView>(u"transcript"_s)->isVisible());
        const auto press = [](Qt::KeyboardModifiers modifiers = {}) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_F6, modifiers);
            return QApplication::focusWidget()->objectName();
        };
        find<QWidget>(u"attachButton"_s)->setFocus();
        QStringList parts; // without the task panel: nothing in it takes the focus before there is a task
        for (int i = 0; i < 4; ++i)
            parts += press();
        // Where it was left, a part is entered again.
        QCOMPARE(
            parts, (QStringList{u"folderButton"_s, u"sessionSearch"_s, u"transcript"_s, u"attachButton"_s}));
        QCOMPARE(press(Qt::ShiftModifier), u"transcript"_s);
        QCOMPARE(press(Qt::ShiftModifier), u"sessionSearch"_s);
    }

    void lettersGoToTheMessageFromWhereverTheyAreTyped()
    {
        m_window->openFolder(u"/p/shop"_s);
        auto *page = find<QWidget>(u"firstRunPage"_s);
        find<QWidget>(u"firstRunOpen"_s)->setFocus();
        clickOn(page, QPoint(4, 4));
        QVERIFY(!edit()->hasFocus());
        typeInWindow(u"Hi"_s);
        QVERIFY(edit()->hasFocus());
        QCOMPARE(edit()->toPlainText(), u"Hi"_s);
        QTest::keyClick(edit(), Qt::Key_Return);
        QTRY_VERIFY(m_workspace->client.stream);
        m_workspace->client.stream->answer(u"Hello."_s);
        QTRY_VERIFY(!m_workspace->controller->isWorking());
        auto *view = find<TranscriptView>(u"transcript"_s);
        for (const QPoint &place : {QPoint(40, 16), QPoint(4, 4), view->viewport()->rect().center()}) {
            clickOn(view->viewport(), place);
            QVERIFY(!edit()->hasFocus());
            for (const Qt::Key key : {Qt::Key_Down, Qt::Key_Up, Qt::Key_Space, Qt::Key_Return})
                QTest::keyClick(m_window->windowHandle(), key);
            QTest::keyClick(m_window->windowHandle(), Qt::Key_G, Qt::AltModifier);
            QVERIFY(!edit()->hasFocus());
            QVERIFY(edit()->toPlainText().isEmpty());
            typeInWindow(u"ok"_s);
            QVERIFY(edit()->hasFocus());
            QCOMPARE(edit()->toPlainText(), u"ok"_s);
            edit()->clear();
        }
    }

    void aListKeepsItsLetters()
    {
        m_window->resize(1'280, 800);
        m_window->openFolder(u"/p/shop"_s);
        for (const QString &title : {u"Zebra"_s, u"Apple"_s}) {
            Store::SessionSummary session;
            session.id = title;
            session.project = u"/p/shop"_s;
            session.title = title;
            m_workspace->sessionList.addOrUpdate(session);
        }
        auto *list = find<QListView>(u"sessionList"_s);
        list->setFocus();
        typeInWindow(u"Ze"_s);
        QVERIFY(list->hasFocus());
        QCOMPARE(list->currentIndex().data().toString(), u"Zebra"_s);
        QVERIFY(edit()->toPlainText().isEmpty());
    }

private:
    void clickOn(QWidget *widget, const QPoint &place) const
    {
        QTest::mouseClick(m_window->windowHandle(), Qt::LeftButton, {}, widget->mapTo(m_window.get(), place));
    }
    void typeInWindow(const QString &letters) const
    {
        for (const QChar letter : letters)
            QTest::keyClick(m_window->windowHandle(), letter.toLatin1());
    }
    void makeWindow()
    {
        m_window = std::make_unique<MainWindow>(*m_workspace, *m_workspace, *m_workspace, *m_theme,
            StatePaths{m_state->path(), m_state->path(), m_state->path()});
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }
    template <typename T>
    T *find(const QString &name) const
    {
        return m_window->findChild<T *>(name);
    }
    QString text(const QString &label) const { return find<QLabel>(label)->text(); }
    ComposerEdit *edit() const { return find<ComposerEdit>(u"composerEdit"_s); }

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<QTemporaryDir> m_state;
    std::unique_ptr<ScriptedWorkspace> m_workspace;
    std::unique_ptr<MainWindow> m_window;
};

MEANWHILE_TEST(WindowNavigationTest)
#include "tst_windownavigation.moc"
