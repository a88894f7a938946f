// SPDX-License-Identifier: MIT
#include "scriptedworkspace.h"
#include "support/testregistry.h"
#include "ui/approval/approvalbar.h"
#include "ui/composer/composer.h"
#include "ui/composer/composeredit.h"
#include "ui/composer/contextgauge.h"
#include "ui/dialogs/settingsdialog.h"
#include "ui/transcript/transcriptview.h"
#include "ui/widgets/menubutton.h"
#include "ui/window/mainwindow.h"
#include "ui/window/messagebar.h"
#include "ui/window/quitquestion.h"

#include <QAction>
#include <QApplication>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Testing;
using namespace Meanwhile::Ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class MainWindowTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_theme = std::make_unique<Theme>(*qApp);
        m_state = std::make_unique<QTemporaryDir>();
        m_workspace = std::make_unique<ScriptedWorkspace>();
        makeWindow();
        m_window->resize(1280, 800);
    }

    void cleanup()
    {
        m_window.reset();
        m_workspace->tasks->stopAll(Tasks::StoppedBy::Quit);
        QTRY_COMPARE(m_workspace->tasks->liveCount(), 0);
        m_workspace.reset();
    }

    void opensAFolderAndRemembersIt()
    {
        QVERIFY(m_window->openFolder(u"/p/shop"_s));
        QCOMPARE(m_window->windowTitle(), u"shop · Meanwhile"_s);
        QCOMPARE(m_workspace->current.recentFolders, QStringList{u"/p/shop"_s});
        auto *button = find<MenuButton>(u"folderButton"_s);
        QCOMPARE(button->accessibleDescription(), u"/p/shop · main"_s);
        QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(button->openMenu()->findChild<QAction *>(u"recent./p/shop"_s)->isChecked());
    }

    void saysWhyAFolderCannotBeOpened()
    {
        m_window->openFolder(u"/p/shop"_s);
        QVERIFY(!m_window->openFolder(u"/p/locked"_s));
        QCOMPARE(text(u"messageText"_s), u"“locked” may not be read. Open another folder."_s);
        QCOMPARE(m_window->windowTitle(), u"shop · Meanwhile"_s);
        QTest::mouseClick(find<QPushButton>(u"messageButton"_s), Qt::LeftButton);
        QVERIFY(m_window->findChild<QFileDialog *>(u"folderDialog"_s));
    }

    void keepsAMessageThatHasNoProjectYet()
    {
        type(u"hello"_s);
        QTest::keyClick(edit(), Qt::Key_Return);
        QVERIFY(text(u"messageText"_s).startsWith(u"Open a folder first"_s));
        QCOMPARE(edit()->toPlainText(), u"hello"_s);
        m_window->openFolder(u"/p/shop"_s);
        QCOMPARE(edit()->toPlainText(), u"hello"_s);
        QTest::keyClick(edit(), Qt::Key_Return);
        QTRY_COMPARE(m_workspace->client.requests.size(), 1);
    }

    void sendsShowsAndEndsATurn()
    {
        m_window->openFolder(u"/p/shop"_s);
        QVERIFY(find<QWidget>(u"firstRunPage"_s)->isVisible());
        type(u"hello"_s);
        QTest::keyClick(edit(), Qt::Key_Return);
        QTRY_VERIFY(m_workspace->client.stream);
        QVERIFY(!find<QWidget>(u"firstRunPage"_s)->isVisible());
        QCOMPARE(text(u"statusWaiting"_s), u"Working"_s);
        QVERIFY(find<QPushButton>(u"stopButton"_s)->isVisible());
        m_workspace->client.stream->answer(u"Hi."_s);
        QTRY_COMPARE(text(u"statusTokens"_s), u"100 in · 10 out · cost unknown"_s);
        QVERIFY(!find<QPushButton>(u"stopButton"_s)->isVisible());
        QCOMPARE(edit()->placeholderText(), u"Message Meanwhile"_s);
    }

    void escapeStopsTheTurn()
    {
        startTurn();
        QTest::keyClick(edit(), Qt::Key_Escape);
        QTRY_VERIFY(!m_workspace->controller->isWorking());
        QVERIFY(!find<QPushButton>(u"stopButton"_s)->isVisible());
    }

    void escapeClosesWhatIsOpenBeforeItStops()
    {
        startTurn();
        Tasks::Task task;
        task.id = u"t1"_s;
        task.spec.command = u"npm test"_s;
        task.state = Tasks::TaskState::Running;
        m_workspace->taskTable.addOrUpdate(task);
        find<QAction>(u"taskFilterAction"_s)->trigger();
        auto *filter = find<QLineEdit>(u"taskFilterText"_s);
        QTRY_VERIFY(filter->hasFocus());
        QTest::keyClick(filter, Qt::Key_Escape);
        QVERIFY(!filter->isVisible());
        find<QPushButton>(u"logFind"_s)->click();
        auto *find = this->find<QLineEdit>(u"findText"_s);
        QTest::keyClick(find, Qt::Key_Escape);
        QVERIFY(!find->isVisible());
        QVERIFY(m_workspace->controller->isWorking());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QTRY_VERIFY(!m_workspace->controller->isWorking());
    }

    void enterPressesTheButtonThatHasTheFocus()
    {
        m_window->openFolder(u"/p/shop"_s);
        auto *attach = find<QAbstractButton>(u"attachButton"_s);
        QVERIFY(attach);
        attach->setFocus(Qt::TabFocusReason);
        QTest::keyClick(attach, Qt::Key_Return);
        QVERIFY(m_window->findChild<QFileDialog *>(u"filesDialog"_s));
    }

    void beginsNoLargerThanTheScreen()
    {
        m_window.reset();
        m_state = std::make_unique<QTemporaryDir>(); // nothing is remembered there
        makeWindow();
        const QSize room = m_window->screen()->availableSize();
        QVERIFY(m_window->width() <= room.width() && m_window->height() < room.height());
    }

    void theTabKeyGoesFromPartToPart()
    {
        startTurn();
        m_workspace->client.stream->answer(
            u"Now."_s, {{u"c1"_s, u"bash"_s, R"({"command":"npm test"})", {}}});
        QTRY_VERIFY(find<ApprovalBar>(u"approvalBar"_s)->isArmed());
        Tasks::Task task;
        task.id = u"t1"_s;
        task.spec.command = u"npm test"_s;
        task.state = Tasks::TaskState::Running;
        m_workspace->taskTable.addOrUpdate(task);
        QTRY_VERIFY(find<QWidget>(u"taskTable"_s)->isVisible());
        m_workspace->sessionList.addOrUpdate({u"s1"_s, u"/p/shop"_s, u"Title"_s});
        edit()->setFocus();
        QStringList stops;
        do {
            stops += QApplication::focusWidget()->objectName();
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        } while (QApplication::focusWidget() != edit() && stops.size() < 40);
        QCOMPARE(
            stops, (QStringList{u"composerEdit"_s, u"modelButton"_s, u"attachButton"_s, u"stopButton"_s,
                       u"taskFilterButton"_s, u"taskTable"_s, u"logFollow"_s, u"logWrap"_s, u"logFind"_s,
                       u"logStop"_s, u"logView"_s, u"folderButton"_s, u"modeButton"_s, u"menuButton"_s,
                       u"sessionSearch"_s, u"newSession"_s, u"sessionList"_s, u"transcript"_s,
                       u"approvalExact"_s, u"denyButton"_s, u"allowForSessionButton"_s, u"allowButton"_s}));
    }

    void upTakesTheLastQueuedMessageBack()
    {
        startTurn();
        for (const QString &message : {u"one"_s, u"two"_s}) {
            type(message);
            QTest::keyClick(edit(), Qt::Key_Return);
        }
        QTest::keyClick(edit(), Qt::Key_Up);
        QCOMPARE(edit()->toPlainText(), u"two"_s);
        edit()->clear();
        QTest::keyClick(edit(), Qt::Key_Up);
        QCOMPARE(edit()->toPlainText(), u"one"_s);
        edit()->clear();
        QTest::keyClick(edit(), Qt::Key_Up);
        QCOMPARE(edit()->toPlainText(), QString());
    }

    void asksBeforeACommandAndRunsItWhenAllowed()
    {
        startTurn();
        m_workspace->client.stream->answer(
            u"Now."_s, {{u"c1"_s, u"bash"_s, R"({"command":"npm test"})", {}}});
        auto *bar = find<ApprovalBar>(u"approvalBar"_s);
        QTRY_VERIFY(bar->isVisible());
        QCOMPARE(edit()->placeholderText(), u"Message Meanwhile"_s);
        QCOMPARE(m_workspace->client.requests.size(), 1);
        QTRY_VERIFY(bar->isArmed());
        QTest::keyClick(edit(), Qt::Key_3, Qt::AltModifier);
        QTRY_COMPARE(m_workspace->client.requests.size(), 2);
        QVERIFY(!bar->isVisible());
    }

    void choosesWhatRunsWithoutAsking()
    {
        auto *button = find<MenuButton>(u"modeButton"_s);
        QTest::mouseClick(button, Qt::LeftButton);
        button->openMenu()->findChild<QAction *>(u"mode.edits"_s)->trigger();
        QCOMPARE(m_workspace->current.permissionMode, u"edits"_s);
        QCOMPARE(text(u"modeText"_s), u"Edit files, ask before commands"_s);
    }

    void offersTheModelsOfEveryProvider()
    {
        m_workspace->current.provider = u"anthropic"_s;
        m_workspace->current.model = u"small"_s;
        m_workspace->listed = {
            {u"anthropic"_s, QVector<Llm::ModelInfo>{{u"big"_s, u"Big One"_s}, {u"small"_s, u"Small One"_s}}},
            {u"openai"_s, QVector<Llm::ModelInfo>{{u"other"_s, {}}}},
            {u"demo"_s, QVector<Llm::ModelInfo>{{u"demo"_s, u"Demo (offline)"_s}}}};
        QMenu *menu = openModels();
        QTRY_COMPARE(rows(menu), (QStringList{u"Anthropic"_s, u"Big One"_s, u"Small One"_s, u"OpenAI"_s,
                                     u"other"_s, u"Demo"_s, u"Demo (offline)"_s}));
        QCOMPARE(selected(menu), u"Small One"_s);
        // By keyboard alone: down to the next one that can be chosen, past the name of its provider.
        QTest::keyClick(field(menu), Qt::Key_Down);
        QCOMPARE(selected(menu), u"other"_s);
        QVERIFY(field(menu)->accessibleDescription().contains(u"other"_s));
        QTest::keyClick(field(menu), Qt::Key_Return);
        QVERIFY(!menu->isVisible());
        QCOMPARE(m_workspace->current.provider, u"openai"_s);
        QCOMPARE(m_workspace->current.model, u"other"_s);
        QCOMPARE(find<MenuButton>(u"modelButton"_s)->text(), u"other ▾"_s);
        QCOMPARE(m_workspace->current.lastChoice(u"anthropic"_s).model, u"small"_s);
        // Lists are asked for once.
        QTRY_COMPARE(rows(openModels()).size(), 7);
        QCOMPARE(m_workspace->modelRequests.size(), 3);
    }

    void takesAnIdThatIsTyped()
    {
        m_workspace->current.provider = u"anthropic"_s;
        m_workspace->listed = {
            {u"anthropic"_s, QVector<Llm::ModelInfo>{{u"big"_s, u"Big One"_s}, {u"small"_s, u"Small One"_s}}},
            {u"openai"_s, failure(ErrorKind::Authentication, u"Check the key in Settings."_s)}};
        QMenu *menu = openModels();
        QTRY_VERIFY(rows(menu).contains(u"Check the key in Settings."_s));
        QTest::keyClicks(field(menu), u"sm"_s);
        QCOMPARE(selected(menu), u"Small One"_s);
        QTest::keyClicks(field(menu), u"all-2"_s);
        QCOMPARE(rows(menu).first(), u"Anthropic"_s);
        QCOMPARE(selected(menu), u"Use “small-2”"_s);
        QTest::keyClick(field(menu), Qt::Key_Return);
        QCOMPARE(m_workspace->current.provider, u"anthropic"_s);
        QCOMPARE(m_workspace->current.model, u"small-2"_s);
    }

    void offersServersOnThisComputerOnlyWhenAsked()
    {
        m_workspace->servers = {{u"Ollama"_s, u"http://127.0.0.1:11434/v1"_s}};
        m_workspace->listed = {
            {u"http://127.0.0.1:11434/v1"_s, QVector<Llm::ModelInfo>{{u"qwen3:8b"_s, {}}}}};
        QCOMPARE(m_workspace->serverSearches, 0);
        QTest::keyClick(edit(), Qt::Key_M, Qt::ControlModifier);
        QMenu *menu = find<MenuButton>(u"modelButton"_s)->openMenu();
        QVERIFY(menu);
        QCOMPARE(m_workspace->serverSearches, 1);
        QTRY_VERIFY(rows(menu).contains(u"Ollama · on this computer"_s));
        QTRY_VERIFY(rows(menu).contains(u"qwen3:8b"_s));
        QTest::keyClicks(field(menu), u"qwen3:8b"_s);
        QTest::keyClick(field(menu), Qt::Key_Return);
        QCOMPARE(m_workspace->current.customProviders.size(), 1);
        const CustomProvider own = m_workspace->current.customProviders.first();
        QCOMPARE(own.name, u"Ollama"_s);
        QCOMPARE(own.baseUrl, u"http://127.0.0.1:11434/v1"_s);
        QCOMPARE(m_workspace->current.provider, own.id);
        QCOMPARE(m_workspace->current.model, u"qwen3:8b"_s);
        // Now it is one of the person's own and not offered again.
        menu = openModels();
        QCOMPARE(m_workspace->serverSearches, 2);
        QTRY_VERIFY(rows(menu).contains(u"The provider lists no models. Type an ID."_s));
        QCoreApplication::processEvents();
        QVERIFY(rows(menu).contains(u"Ollama"_s));
        QVERIFY(!rows(menu).contains(u"Ollama · on this computer"_s));
    }

    void switchesThinkingWhereTheModelHasIt()
    {
        m_workspace->current.provider = u"anthropic"_s;
        m_workspace->current.model = u"big"_s;
        QVERIFY(!openModels()->findChild<QPushButton *>(u"thinking.low"_s));
        m_workspace->modelFacts.thinking = Llm::ThinkingForm::Budget;
        QMenu *menu = openModels();
        QVERIFY(menu->findChild<QPushButton *>(u"thinking.off"_s)->isChecked());
        QVERIFY(!menu->findChild<QPushButton *>(u"thinking.automatic"_s));
        QTest::mouseClick(menu->findChild<QPushButton *>(u"thinking.high"_s), Qt::LeftButton);
        QCOMPARE(m_workspace->current.thinking, u"high"_s);
        QVERIFY(menu->isVisible());
        QCOMPARE(find<MenuButton>(u"modelButton"_s)->text(), u"big · thinks ▾"_s);
        // By keyboard: from the field on, all around, and back.
        field(menu)->setFocus();
        QTest::keyClick(field(menu), Qt::Key_Tab);
        QCOMPARE(menu->focusWidget()->objectName(), u"thinking.high"_s);
        QTest::keyClick(menu->focusWidget(), Qt::Key_Left);
        QCOMPARE(m_workspace->current.thinking, u"medium"_s);
        QTest::keyClick(menu->focusWidget(), Qt::Key_Backtab);
        QCOMPARE(menu->focusWidget(), field(menu));
        QTest::keyClick(field(menu), Qt::Key_Backtab);
        QCOMPARE(menu->focusWidget()->objectName(), u"modelSettings"_s);
    }

    void putsTheWordsOfALaterStartIntoTheComposer()
    {
        m_window->take({u"Run it."_s, false});
        QCOMPARE(edit()->toPlainText(), u"Run it."_s);
        QVERIFY(m_window->openFolder(u"/p/shop"_s));
        m_window->take({u"Run that."_s, false});
        QVERIFY(edit()->toPlainText().startsWith(u"Run that."_s));
        QVERIFY(!m_workspace->controller->isWorking());
        m_window->take({u"Mine."_s});
        QVERIFY(m_workspace->controller->isWorking());
    }

    void asksWithTwoAnswers()
    {
        int used = 0;
        m_window->messageBar().ask(
            u"Use them?"_s, {u"Use"_s, [&] { used += 1; }}, {u"Back"_s, [&] { used += 10; }});
        auto *other = find<QPushButton>(u"messageOtherButton"_s);
        QVERIFY(other->isVisible());
        other->click();
        QCOMPARE(used, 10);
        QVERIFY(!m_window->messageBar().isVisible());
        m_window->tell(u"Something else."_s);
        QVERIFY(!other->isVisible());
    }

    void showsHowFullTheContextIsAndWhatItCost()
    {
        m_workspace->modelFacts.contextWindow = 1000;
        QVERIFY(m_window->openFolder(u"/p/shop"_s));
        auto *gauge = find<ContextGauge>(u"contextGauge"_s);
        QVERIFY(!gauge->isVisible());
        m_window->send(u"Hi"_s);
        m_workspace->client.stream->answer(u"Hello"_s);
        QTRY_VERIFY(gauge->isVisible());
        QCOMPARE(gauge->text(), u"11 % of 1,000"_s);
        QCOMPARE(text(u"costText"_s), u"cost unknown"_s);
        m_workspace->modelFacts.contextWindow = 0;
        m_window->refreshModel();
        QCOMPARE(gauge->text(), u"110 tokens"_s);
    }

    void summarisesOnDemandAndSaysWhyNot()
    {
        auto *action = find<QAction>(u"summariseAction"_s);
        QVERIFY(!action->isEnabled());
        QCOMPARE(action->text(), u"Summarise conversation (open a folder first)"_s);
        m_window->openFolder(u"/p/shop"_s);
        QCOMPARE(action->text(), u"Summarise conversation (nothing to summarise yet)"_s);
        startTurn();
        QVERIFY(!action->isEnabled());
        QCOMPARE(action->text(), u"Summarise conversation (after this turn)"_s);
        m_workspace->client.stream->answer(u"Hi."_s);
        QTRY_VERIFY(action->isEnabled());
        const int said = m_workspace->transcript.rowCount();

        // Stopped: the conversation is as it was.
        QTest::keyClick(edit(), Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(lastRow(), u"Summarising the conversation to free up context…"_s);
        QVERIFY(find<QPushButton>(u"stopButton"_s)->isVisible() && !action->isEnabled());
        QTest::keyClick(edit(), Qt::Key_Escape);
        QCOMPARE(lastRow(), u"Stopped."_s);
        QVERIFY(action->isEnabled());

        // Failed: the button tries the same again.
        QTest::keyClick(edit(), Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
        emit m_workspace->client.stream->happened(
            Llm::AnswerFailed{{ErrorKind::Network, u"There is no connection."_s}});
        QTRY_COMPARE(lastRow(), u"There is no connection."_s);
        emit find<TranscriptView>(u"transcript"_s)->commanded(Retry{});
        QCOMPARE(lastRow(), u"Summarising the conversation to free up context…"_s);
        m_workspace->client.stream->answer(u"notes"_s);
        QTRY_VERIFY(lastRow().startsWith(u"From here on, the model works with a summary"_s));
        QCOMPARE(action->text(), u"Summarise conversation (nothing to summarise yet)"_s);
        QVERIFY(m_workspace->transcript.rowCount() > said); // what was said stays in sight
        QVERIFY(!find<ContextGauge>(u"contextGauge"_s)->isVisible());
    }

    void followsTheChosenTheme()
    {
        auto *button = find<MenuButton>(u"menuButton"_s);
        QTest::keyClick(m_window.get(), Qt::Key_F10);
        for (const QString &choice : {u"dark"_s, u"light"_s}) {
            button->open();
            button->openMenu()->findChild<QAction *>(u"theme."_s + choice)->trigger();
            QCOMPARE(m_workspace->current.theme, choice);
            QCOMPARE(m_theme->isDark(), choice == u"dark"_s);
        }
    }

    void settingsOpenOnceAndAreTakenOver()
    {
        m_window->openFolder(u"/p/shop"_s);
        QTest::keyClick(edit(), Qt::Key_Comma, Qt::ControlModifier);
        auto *dialog = m_window->findChild<SettingsDialog *>();
        QVERIFY(dialog && dialog->isVisible() && !dialog->isModal());
        QTest::keyClick(edit(), Qt::Key_Comma, Qt::ControlModifier);
        QCOMPARE(m_window->findChildren<SettingsDialog *>().size(), 1);
        Settings settings = m_workspace->current;
        settings.theme = u"dark"_s;
        settings.provider = u"anthropic"_s;
        settings.model = u"big"_s;
        settings.permissionMode = u"plan"_s;
        emit dialog->saved(settings);
        QCOMPARE(m_workspace->current, settings);
        QVERIFY(m_theme->isDark());
        QCOMPARE(find<MenuButton>(u"modelButton"_s)->text(), u"big ▾"_s);
        QCOMPARE(text(u"modeText"_s), u"Read only"_s);
    }

    void hidesThePanelWithAKey()
    {
        auto *panel = m_window->findChild<QWidget *>(u"taskPanel"_s);
        QVERIFY(panel && panel->isVisible());
        QTest::keyClick(edit(), Qt::Key_F8);
        QVERIFY(!panel->isVisible());
        QTest::keyClick(edit(), Qt::Key_F8);
        QVERIFY(panel->isVisible());
    }

    void hidesTheSidebarWithAKeyAndRemembersIt()
    {
        m_window->openFolder(u"/p/shop"_s);
        auto *sidebar = find<QWidget>(u"sessionSidebar"_s);
        QVERIFY(sidebar && sidebar->isVisible());
        QTest::keyClick(edit(), Qt::Key_F9);
        QVERIFY(!sidebar->isVisible());
        QVERIFY(edit()->hasFocus());
        m_window->close();
        makeWindow();
        sidebar = find<QWidget>(u"sessionSidebar"_s);
        QVERIFY(!sidebar->isVisible());
        m_workspace->sessionList.addOrUpdate({u"s1"_s, u"/p/shop"_s, u"Title"_s});
        QTest::keyClick(edit(), Qt::Key_F9);
        QVERIFY(sidebar->isVisible());
        QVERIFY(sidebar->isAncestorOf(QApplication::focusWidget()));
    }

    void droppedFilesAreNamedInTheMessage()
    {
        m_window->openFolder(m_state->path());
        QFile file(m_state->filePath(u"notes.txt"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        dropOnWindow(QUrl::fromLocalFile(file.fileName()));
        QTRY_COMPARE(edit()->toPlainText(), u"notes.txt "_s);
        dropOnWindow(QUrl(u"https://example.org/x"_s));
        QTRY_VERIFY(text(u"messageText"_s).contains(u"https://example.org/x"_s));
    }

    void draftsBelongToTheirProjectAndComeBack()
    {
        m_window->openFolder(u"/p/shop"_s);
        type(u"about the shop"_s);
        m_window->openFolder(u"/p/firmware"_s);
        QCOMPARE(edit()->toPlainText(), QString());
        type(u"about the chip"_s);
        m_window->resize(700, 620);
        m_window->close();
        makeWindow();
        QCOMPARE(m_window->size(), QSize(700, 620));
        m_window->openFolder(u"/p/shop"_s);
        QCOMPARE(edit()->toPlainText(), u"about the shop"_s);
        m_window->openFolder(u"/p/firmware"_s);
        QCOMPARE(edit()->toPlainText(), u"about the chip"_s);
    }

    void asksBeforeQuittingWhileTasksRun_data()
    {
        QTest::addColumn<QString>("button");
        QTest::addColumn<bool>("closes");
        QTest::addColumn<int>("left");
        QTest::newRow("keep") << u"quitKeep"_s << true << 1;
        QTest::newRow("stop") << u"quitStop"_s << true << 0;
        QTest::newRow("cancel") << u"quitCancel"_s << false << 1;
    }

    void asksBeforeQuittingWhileTasksRun()
    {
        QFETCH(QString, button);
        QFETCH(bool, closes);
        m_window->openFolder(m_state->path());
        Tasks::TaskSpec spec;
        spec.command = u"sleep 60"_s;
        spec.workingDirectory = m_state->path();
        spec.wake = Tasks::WakePolicy::Never;
        m_workspace->tasks->start(spec);
        QTRY_COMPARE(text(u"statusTasks"_s), u"◐ 1 task running"_s);
        QTest::keyClick(m_window.get(), Qt::Key_Q, Qt::ControlModifier);
        auto *question = m_window->findChild<QuitQuestion *>();
        QVERIFY(question && question->isVisible() && m_window->isVisible());
        QCOMPARE(question->findChild<QLabel *>(u"quitTasks"_s)->text(), u"sleep 60"_s);
        QTest::mouseClick(question->findChild<QPushButton *>(button), Qt::LeftButton);
        if (closes)
            QTRY_VERIFY(!m_window->isVisible());
        else
            QVERIFY(m_window->isVisible());
        QTEST(m_workspace->tasks->liveCount(), "left");
    }

private:
    void makeWindow()
    {
        m_window.reset();
        m_window = std::make_unique<MainWindow>(*m_workspace, *m_workspace, *m_workspace, *m_theme,
            StatePaths{m_state->path(), m_state->path(), m_state->path()});
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        find<ApprovalBar>(u"approvalBar"_s)->setArmingDelay(0ms);
    }

    void dropOnWindow(const QUrl &url) const
    {
        QMimeData data;
        data.setUrls({url});
        QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(m_window.get(), &enter);
        QDropEvent drop(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(m_window.get(), &drop);
    }

    void startTurn()
    {
        m_window->openFolder(u"/p/shop"_s);
        type(u"hello"_s);
        QTest::keyClick(edit(), Qt::Key_Return);
        QTRY_VERIFY(m_workspace->client.stream);
    }

    static QLineEdit *field(QMenu *menu) { return menu->findChild<QLineEdit *>(u"modelField"_s); }
    static QStringList rows(QMenu *menu)
    {
        QStringList texts;
        const QAbstractItemModel *model = menu->findChild<QListView *>(u"modelList"_s)->model();
        for (int row = 0; row < model->rowCount(); ++row)
            texts += model->index(row, 0).data().toString();
        return texts;
    }
    static QString selected(QMenu *menu)
    {
        return menu->findChild<QListView *>(u"modelList"_s)->currentIndex().data().toString();
    }
    QMenu *openModels()
    {
        auto *button = find<MenuButton>(u"modelButton"_s);
        if (button->openMenu())
            button->openMenu()->close();
        button->open();
        return button->openMenu();
    }

    template <typename T>
    T *find(const QString &name) const
    {
        return m_window->findChild<T *>(name);
    }
    QString lastRow() const
    {
        return m_workspace->transcript.row(m_workspace->transcript.rowCount() - 1).text;
    }
    QString text(const QString &label) const { return find<QWidget>(label)->property("text").toString(); }
    ComposerEdit *edit() const { return find<ComposerEdit>(u"composerEdit"_s); }
    void type(const QString &text) const { QTest::keyClicks(edit(), text); }

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<QTemporaryDir> m_state;
    std::unique_ptr<ScriptedWorkspace> m_workspace;
    std::unique_ptr<MainWindow> m_window;
};

MEANWHILE_TEST(MainWindowTest)
#include "tst_mainwindow.moc"
