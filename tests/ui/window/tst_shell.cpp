// SPDX-License-Identifier: MIT
#include "support/testregistry.h"
#include "ui/drop/dropoverlay.h"
#include "ui/drop/droptarget.h"
#include "ui/widgets/theme.h"
#include "ui/window/adaptivepanes.h"
#include "ui/window/firstrunpage.h"
#include "ui/window/messagebar.h"
#include "ui/window/resumebar.h"
#include "ui/window/sidebarpanes.h"
#include "ui/window/statusrow.h"
#include "ui/window/windowstate.h"

#include <QApplication>
#include <QDragEnterEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QScopeGuard>
#include <QSplitter>
#include <QTabBar>
#include <QToolButton>
#include <QtTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace Meanwhile;
using namespace Meanwhile::Ui;
using namespace Qt::StringLiterals;

class ShellTest : public QObject {
    Q_OBJECT

private slots:
    void init() { m_theme = std::make_unique<Theme>(*qApp); }

    void draftsAreWrittenWhileTheWindowIsOpen()
    {
        const QTemporaryDir state;
        WindowStateFile file(state.path());
        WindowState memory;
        memory.drafts.insert(u"s1"_s, u"half a sentence"_s);
        file.save(memory);
        const WindowStateFile another(state.path()); // after a crash
        QTRY_COMPARE(another.load().drafts.value(u"s1"_s), u"half a sentence"_s);
        memory.drafts.insert(u"s1"_s, u"half a sentence more"_s);
        file.save(memory);
        QTRY_COMPARE(another.load().drafts.value(u"s1"_s), u"half a sentence more"_s);
    }

    void cutsNothingOfTheStateForWhatWasUsed()
    {
        QWidget window; // whose layout would keep to what the row wants
        StatusRow row(*m_theme, &window);
        row.resize(400, 24);
        row.setTasks(u"2 tasks running"_s);
        row.setWaiting(u"Waiting for 2 tasks"_s);
        row.setTokens(u"Turn 1,801 in · 300 out   Session 5,040 in · 2,000 out"_s);
        window.show();
        QCoreApplication::processEvents();
        const auto part = [&row](const QString &name) { return row.findChild<QWidget *>(name); };
        for (const QString &name : {u"statusTasks"_s, u"statusWaiting"_s})
            QVERIFY2(part(name)->width() >= part(name)->sizeHint().width(), qPrintable(name));
        QVERIFY(row.rect().contains(part(u"statusTokens"_s)->geometry()) ||
                !part(u"statusTokens"_s)->isVisible());
        row.resize(200, 24);
        QVERIFY(!part(u"statusTokens"_s)->isVisible());
        row.resize(1'000, 24);
        QVERIFY(part(u"statusTokens"_s)->width() >= part(u"statusTokens"_s)->sizeHint().width());
        row.setBox(Permissions::Box::None, {});
        row.resize(400, 24);
        for (const QString &name : {u"statusTasks"_s, u"statusWaiting"_s, u"statusBox"_s})
            QVERIFY2(part(name)->width() >= part(name)->sizeHint().width(), qPrintable(name));
    }

    void looksAtWhatIsDropped()
    {
        const QTemporaryDir folder;
        QVERIFY(QDir(folder.path()).mkdir(u"sub"_s));
        QFile file(folder.filePath(u"a.txt"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const auto local = [](const QString &path) { return QUrl::fromLocalFile(path); };
        QCOMPARE(inspectDrop({local(folder.path())}), (DroppedItems{folder.path(), {}, {}}));
        QCOMPARE(inspectDrop({local(file.fileName())}), (DroppedItems{{}, {file.fileName()}, {}}));
        const QString sub = folder.filePath(u"sub"_s);
        QCOMPARE(inspectDrop({local(file.fileName()), local(sub)}),
            (DroppedItems{{}, {file.fileName(), sub}, {}}));
        QVERIFY(inspectDrop({local(folder.filePath(u"gone"_s))}).problem.contains(u"not there any more"_s));
        const DroppedItems remote = inspectDrop({local(file.fileName()), QUrl(u"https://example.org/x"_s)});
        QVERIFY(remote.problem.contains(u"https://example.org/x"_s));
        QVERIFY(remote.paths.isEmpty());
    }

    void opensAFolderWhoseNameIsNotUtf8()
    {
        const QTemporaryDir home;
        qputenv("MEANWHILE_HOME", QFile::encodeName(home.path()));
        const auto asBefore = qScopeGuard([] { qunsetenv("MEANWHILE_HOME"); });
        const QTemporaryDir around;
        const QByteArray odd = QFile::encodeName(around.path()) + "/odd\xff\xfe";
        QCOMPARE(mkdir(odd.constData(), 0700), 0);
        const auto removed = qScopeGuard([&odd] { rmdir(odd.constData()); }); // Qt cannot
        const auto url = [](const QByteArray &path) {
            return QUrl::fromEncoded("file://" + path.toPercentEncoding("/"));
        };
        const DroppedItems items = inspectDrop({url(odd)});
        QCOMPARE(items.problem, QString());
        QCOMPARE(QFileInfo(items.folder).fileName(), u"odd__"_s);
        QVERIFY(QFileInfo(items.folder).isDir());
        QVERIFY(items.folder.startsWith(home.path()));
        // Several things are named, as the tools read such names.
        const DroppedItems several = inspectDrop({url(odd), QUrl::fromLocalFile(around.path())});
        QCOMPARE(several.paths, (QStringList{around.path() + u"/odd\\xff\\xfe"_s, around.path()}));
    }

    void saysThatAFolderMayNotBeRead()
    {
        const QTemporaryDir folder;
        QFile::setPermissions(folder.path(), {});
        const QFileInfo info(folder.path());
        if (info.isReadable())
            QSKIP("the superuser may read every folder");
        QVERIFY(inspectDrop({QUrl::fromLocalFile(folder.path())})
                    .problem.contains(u"do not have permission to read"_s));
    }

    void aFolderDraggedOverTheWindowIsAnnouncedAndOpened()
    {
        const QTemporaryDir folder;
        QWidget window;
        window.resize(500, 400);
        window.show();
        DropTarget target(window, *m_theme);
        const QSignalSpy dropped(&target, &DropTarget::folderDropped);
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(folder.path())});

        QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&window, &enter);
        QVERIFY(enter.isAccepted());
        auto *overlay = window.findChild<DropOverlay *>();
        QVERIFY(overlay && overlay->isVisible());
        QCOMPARE(overlay->geometry(), window.rect());
        const QString name = QFileInfo(folder.path()).fileName();
        QTRY_COMPARE(overlay->title(), u"Drop to work in “%1”"_s.arg(name));

        QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(overlay, &drop);
        QVERIFY(!overlay->isVisible());
        QTRY_COMPARE(dropped, QList<QVariantList>{{folder.path()}});
    }

    void aDragThatLeavesChangesNothing()
    {
        QWidget window;
        window.show();
        DropTarget target(window, *m_theme);
        QMimeData data;
        data.setUrls({QUrl(u"https://example.org"_s)});
        QDragEnterEvent enter(QPoint(1, 1), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&window, &enter);
        auto *overlay = window.findChild<DropOverlay *>();
        QTRY_COMPARE(overlay->title(), u"This cannot be used"_s);
        QDragLeaveEvent leave;
        QApplication::sendEvent(overlay, &leave);
        QVERIFY(!overlay->isVisible());
    }

    void aDraggedTextIsLeftToTheComposer()
    {
        QWidget window;
        DropTarget target(window, *m_theme);
        QMimeData data;
        data.setText(u"words"_s);
        QDragEnterEvent enter(QPoint(1, 1), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        enter.ignore();
        QApplication::sendEvent(&window, &enter);
        QVERIFY(!window.findChild<DropOverlay *>());
    }

    void thePanelStandsBesideOrBehindATab()
    {
        AdaptivePanes panes;
        auto *page = new QWidget(&panes);
        auto *panel = new QWidget(&panes);
        auto *below = new QWidget(&panes);
        below->setFixedHeight(30);
        panes.addPage(page);
        panes.addBelow(below);
        panes.setPanel(panel);
        panes.resize(1280, 600);
        panes.show();
        auto *tabs = panes.findChild<QTabBar *>();
        QVERIFY(page->isVisible() && panel->isVisible() && !tabs->isVisible());
        QTRY_COMPARE(panel->width(), AdaptivePanes::kPanelWidth);

        panes.resize(880, 600);
        QVERIFY(panes.isNarrow());
        QVERIFY(page->isVisible() && !panel->isVisible() && tabs->isVisible());
        panes.setPanelVisible(true);
        QVERIFY(!page->isVisible() && panel->isVisible() && below->isVisible());
        panes.setRunningTasks(2);
        QCOMPARE(tabs->tabText(1), u"Tasks (2)"_s);

        panes.resize(1280, 600);
        QVERIFY(page->isVisible() && panel->isVisible() && !tabs->isVisible());
        QTRY_COMPARE(panel->width(), AdaptivePanes::kPanelWidth);
        panes.setPanelVisible(false);
        QVERIFY(!panel->isVisible());
        panes.resize(880, 600);
        panes.resize(1280, 600);
        QVERIFY(!panel->isVisible());
    }

    void theEmptyWindowOffersWhatToDo()
    {
        FirstRunPage page(*m_theme);
        const QString folder = QDir::tempPath();
        page.setRecentFolders({u"/p/gone"_s, folder});
        page.setIsDemo(true);
        page.resize(800, 700);
        page.show();
        const QSignalSpy open(&page, &FirstRunPage::openFolderRequested);
        const QSignalSpy chosen(&page, &FirstRunPage::folderChosen);
        const QSignalSpy settings(&page, &FirstRunPage::settingsRequested);
        const QSignalSpy example(&page, &FirstRunPage::exampleChosen);
        const auto click = [&page](const QString &name) {
            auto *button = page.findChild<QPushButton *>(name);
            QVERIFY2(button && button->isVisible(), qPrintable(name));
            QTest::mouseClick(button, Qt::LeftButton);
        };
        click(u"firstRunOpen"_s);
        click(u"recentFolder1"_s);
        click(u"connectModelButton"_s);
        click(u"example1"_s);
        QCOMPARE(open.count(), 1);
        QCOMPARE(chosen, QList<QVariantList>{{folder}});
        QVERIFY(!page.findChild<QPushButton *>(u"recentFolder2"_s)); // one is not there
        QCOMPARE(settings.count(), 1);
        QCOMPARE(example.at(0).at(0).toString(),
            u"Run \"sleep 5 && echo done\" in the background, then create a file while it runs"_s);

        page.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&page));
        page.findChild<QPushButton *>(u"firstRunOpen"_s)->setFocus();
        for (const QString &stop : {u"recentFolder1"_s, u"example1"_s}) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
            QCOMPARE(QApplication::focusWidget()->objectName(), stop);
        }

        page.setProjectName(u"shop"_s);
        page.setIsDemo(false);
        QVERIFY(!page.findChild<QPushButton *>(u"firstRunOpen"_s)->isVisible());
        QVERIFY(!page.findChild<QPushButton *>(u"connectModelButton"_s)->isVisible());
        QVERIFY(page.findChild<QPushButton *>(u"example3"_s)->isVisible());
    }

    void theMessageBarOffersTheButtonThatHelps()
    {
        MessageBar bar(*m_theme);
        int helped = 0;
        bar.tell(u"Not readable."_s, u"Open another"_s, [&helped] { ++helped; });
        QVERIFY(bar.isVisible());
        QCOMPARE(bar.accessibleName(), u"Not readable."_s);
        QTest::mouseClick(bar.findChild<QPushButton *>(u"messageButton"_s), Qt::LeftButton);
        QCOMPARE(helped, 1);
        QVERIFY(!bar.isVisible());
        bar.tell(u"Only said."_s);
        QVERIFY(!bar.findChild<QPushButton *>(u"messageButton"_s)->isVisible());
        QTest::mouseClick(bar.findChild<QToolButton *>(u"messageClose"_s), Qt::LeftButton);
        QVERIFY(!bar.isVisible());
    }

    void theMessageBarComesBackToItsQuestion()
    {
        MessageBar bar(*m_theme);
        QString answered;
        const auto answers = [&](const QString &name) {
            return MessageBar::Answer{name, [&answered, name] { answered += name; }};
        };
        const auto shows = [&](const QString &text) {
            return bar.isVisible() && bar.findChild<QLabel *>(u"messageText"_s)->text() == text;
        };
        const auto click = [&](const QString &name) {
            QTest::mouseClick(bar.findChild<QAbstractButton *>(name), Qt::LeftButton);
        };
        bar.ask(u"Use them?"_s, answers(u"use"_s), answers(u"back"_s));
        bar.tellOfSession(u"The folder is gone."_s, answers(u"choose"_s));
        QVERIFY(shows(u"The folder is gone."_s));
        QVERIFY(!bar.findChild<QPushButton *>(u"messageOtherButton"_s)->isVisible());
        bar.tellOfSession(u"It is another one."_s, answers(u"choose"_s));
        bar.forgetSession();
        QVERIFY(shows(u"Use them?"_s));
        bar.tell(u"Not readable."_s, u"open"_s, [&] { answered += u"open"_s; });
        click(u"messageButton"_s);
        QCOMPARE(answered, u"open"_s);
        QVERIFY(shows(u"Use them?"_s));
        bar.tell(u"Exported."_s);
        click(u"messageClose"_s);
        QVERIFY(shows(u"Use them?"_s));
        bar.forgetSession();
        QVERIFY(shows(u"Use them?"_s));

        // A newer question comes before a message, which is not lost.
        bar.tellOfSession(u"The folder is gone."_s, answers(u"choose"_s));
        bar.ask(u"And these?"_s, answers(u"use"_s), answers(u"back"_s));
        QVERIFY(shows(u"And these?"_s));
        click(u"messageOtherButton"_s);
        QCOMPARE(answered, u"openback"_s);
        QVERIFY(shows(u"The folder is gone."_s));
        bar.ask(u"Use them?"_s, answers(u"use"_s), answers(u"back"_s));
        bar.forgetSession();
        QVERIFY(shows(u"Use them?"_s));
        bar.tell(u"Exported."_s);
        bar.forgetQuestion();
        click(u"messageClose"_s);
        QVERIFY(!bar.isVisible());
    }

    void theSidebarLiesAboveTheRestWhereThereIsNoRoomForIt()
    {
        SidebarPanes panes;
        auto *sidebar = new QLineEdit(&panes);
        auto *content = new QLineEdit(&panes);
        panes.setParts(sidebar, content);
        QSignalSpy visibility(&panes, &SidebarPanes::sidebarVisibilityChanged);
        panes.resize(1280, 700);
        panes.show();
        QVERIFY(sidebar->isVisible());
        const QByteArray state = panes.saveState();
        panes.resize(1000, 700);
        QCoreApplication::processEvents();
        QVERIFY(!sidebar->isVisible());
        QCOMPARE(content->width(), 1000);
        QCOMPARE(panes.saveState(), state);
        panes.setSidebarVisible(true);
        QVERIFY(sidebar->isVisible());
        QCOMPARE(content->width(), 1000);
        QTest::keyClick(sidebar, Qt::Key_Escape);
        QVERIFY(!sidebar->isVisible());
        panes.setSidebarVisible(true);
        panes.closeAbove();
        QVERIFY(!sidebar->isVisible());
        panes.resize(1280, 700);
        QCoreApplication::processEvents();
        QVERIFY(sidebar->isVisible());
        QTest::keyClick(sidebar, Qt::Key_Escape);
        panes.closeAbove();
        QVERIFY(sidebar->isVisible()); // beside the rest it stays
        panes.setSidebarVisible(false);
        QVERIFY(!sidebar->isVisible());
        QCOMPARE(visibility.last().first().toBool(), false);
    }

    void saysWhatCameInWhileThePersonWasAway()
    {
        ResumeBar bar(*m_theme);
        QSignalSpy goOn(&bar, &ResumeBar::resumeRequested);
        bar.setLeftBehind({3, true});
        QVERIFY(bar.isVisible());
        QCOMPARE(bar.accessibleName(), u"3 tasks finished while you were away."_s);
        bar.setLeftBehind({1, false});
        QCOMPARE(bar.accessibleName(), u"1 task finished while you were away."_s);
        bar.setLeftBehind({0, true});
        QCOMPARE(bar.accessibleName(), u"Your last message was not answered."_s);
        bar.findChild<QPushButton *>(u"awayContinue"_s)->click();
        QCOMPARE(goOn.size(), 1);
        bar.setLeftBehind({});
        QVERIFY(!bar.isVisible());
    }

    void theWindowsMemoryComesBack()
    {
        const QTemporaryDir folder;
        const WindowState memory{"geometry", "sidebar", "splitter", "panel", false, false,
            {{u"/p/shop"_s, u"half a senten"_s}, {u""_s, u"draft"_s}}};
        {
            WindowStateFile file(folder.path());
            file.save({});
            file.save(memory);
        }
        QCOMPARE(WindowStateFile(folder.path()).load(), memory);
        const QFile::Permissions others = QFile::ReadGroup | QFile::ReadOther;
        QVERIFY(!(QFile::permissions(folder.filePath(u"window.json"_s)) & others));
    }

    void aDamagedMemoryIsForgotten()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath(u"window.json"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"geometry\": 7, \"drafts\": [");
        file.close();
        QCOMPARE(WindowStateFile(folder.path()).load(), WindowState());
    }

private:
    std::unique_ptr<Theme> m_theme;
};

MEANWHILE_TEST(ShellTest)
#include "tst_shell.moc"
