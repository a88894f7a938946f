// SPDX-License-Identifier: MIT
#include "scriptedworkspace.h"
#include "support/testregistry.h"
#include "ui/composer/composer.h"
#include "ui/composer/composeredit.h"
#include "ui/restore/restorepreview.h"
#include "ui/sessions/sessionlist.h"
#include "ui/transcript/rowwidget.h"
#include "ui/transcript/transcriptview.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/menubutton.h"
#include "ui/window/mainwindow.h"
#include "ui/window/messagebar.h"

#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QLayout>
#include <QLineEdit>
#include <QMenu>
#include <QProcess>
#include <QPushButton>
#include <QScrollBar>
#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Testing;
using namespace Meanwhile::Ui;
using namespace Qt::StringLiterals;

/// What a person writes goes where it is meant, and is seen there; also in a small window.
class SendingTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_theme = std::make_unique<Theme>(*qApp);
        m_state = std::make_unique<QTemporaryDir>();
        m_workspace = std::make_unique<ScriptedWorkspace>();
        m_window = std::make_unique<MainWindow>(*m_workspace, *m_workspace, *m_workspace, *m_theme,
            StatePaths{m_state->path(), m_state->path(), m_state->path()});
        m_window->resize(1280, 800);
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }
    void cleanup()
    {
        m_window.reset();
        m_workspace.reset();
    }

    void showsEveryMessageThatIsSent()
    {
        fillTranscript();
        m_window->openFolder(u"/p/shop"_s);
        auto *view = find<TranscriptView>(u"transcript"_s);
        QTRY_VERIFY(view->rowWidget(m_workspace->transcript.rowCount() - 1));
        for (const QString &words : {u"first"_s, u"second"_s, u"third"_s}) {
            view->verticalScrollBar()->setValue(0);
            QVERIFY(!view->isFollowing());
            send(words);
            QVERIFY(view->isFollowing());
            const int row = rowOf(words);
            QVERIFY(row >= 0);
            QTRY_VERIFY(view->rowWidget(row));
            QVERIFY(view->viewport()->rect().intersects(view->rowWidget(row)->geometry()));
        }
        m_workspace->client.stream->answer(u"All done."_s);
        QTRY_VERIFY(view->rowWidget(m_workspace->transcript.rowCount() - 1));
    }

    void fitsIntoASmallWindow_data()
    {
        QTest::addColumn<QString>("model");
        QTest::newRow("short") << u"demo"_s;
        QTest::newRow("long") << u"vendor/a-model-with-a-very-long-name-instruct-2512-preview:free"_s;
    }

    void fitsIntoASmallWindow()
    {
        QFETCH(QString, model);
        m_workspace->current.model = model;
        m_workspace->modelFacts.contextWindow = 200'000;
        m_window->openFolder(u"/p/a-project-with-a-name-that-is-long-as-well"_s);
        m_window->findChild<Composer *>()->setModelText(model);
        send(u"hello"_s);
        QTRY_VERIFY(m_workspace->client.stream);
        m_window->findChild<Composer *>()->setContext(183'000, 200'000);
        m_window->findChild<Composer *>()->setCost(u"$12.34"_s, {});
        m_window->resize(1'280, 700);
        QCoreApplication::processEvents();
        m_window->resize(640, 480); // at once, as a window manager does
        QCoreApplication::processEvents();
        QCOMPARE(m_window->width(), 640);
        QVERIFY(m_window->minimumSizeHint().width() <= 640);
        const auto *send = find<QPushButton>(u"sendButton"_s);
        const QWidget *row = send->parentWidget();
        QVERIFY(m_window->rect().contains(QRect(row->mapTo(m_window.get(), QPoint()), row->size())));
        int right = 0;
        for (int i = 0; i < row->layout()->count(); ++i) {
            const QWidget *part = row->layout()->itemAt(i)->widget();
            if (!part || part->isHidden())
                continue;
            QVERIFY2(part->x() >= right, qPrintable(part->objectName()));
            right = part->geometry().right() + 1;
            // Texts that may be shortened say so with dots; the others are whole.
            const bool isShortened =
                qobject_cast<const MenuButton *>(part) || qobject_cast<const ElidedLabel *>(part);
            QVERIFY2(
                isShortened || part->width() >= part->sizeHint().width(), qPrintable(part->objectName()));
        }
        QVERIFY2(right <= row->width(), qPrintable(QString::number(right)));
    }

    // A scale holds from a program's start on.
    void fitsAtAnyScale_data()
    {
        QTest::addColumn<QString>("factor");
        QTest::newRow("1.5") << u"1.5"_s;
        QTest::newRow("2") << u"2"_s;
    }

    void fitsAtAnyScale()
    {
        QFETCH(QString, factor);
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"QT_SCALE_FACTOR"_s, factor);
        QProcess child;
        child.setProcessEnvironment(environment);
        child.start(QCoreApplication::applicationFilePath(),
            {u"--class"_s, u"SendingTest"_s, u"fitsIntoASmallWindow"_s});
        QVERIFY(child.waitForFinished(-1));
        QVERIFY2(child.exitStatus() == QProcess::NormalExit && child.exitCode() == 0,
            child.readAllStandardOutput().constData());
    }

    void undoStaysInItsSession()
    {
        m_window->openFolder(u"/p/shop"_s);
        send(u"words of the first session"_s);
        m_workspace->stored.insert(u"s2"_s, m_workspace->open(u"/p/firmware"_s));
        m_window->resume(u"s2"_s, {});
        QTRY_COMPARE(m_window->windowTitle(), u"firmware · Meanwhile"_s);
        QTest::keyClick(edit(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(edit()->toPlainText(), QString());
    }

    void aNewTitleIsNoMessage()
    {
        m_window->openFolder(u"/p/shop"_s);
        Store::SessionSummary summary;
        summary.id = u"session of /p/shop"_s;
        summary.project = u"/p/shop"_s;
        summary.title = u"Old title"_s;
        m_workspace->sessionList.setSessions({summary});
        edit()->setFocus();
        QTest::keyClick(edit(), Qt::Key_F2);
        auto *field = find<SessionList>(u"sessionList"_s)->findChild<QLineEdit *>();
        QVERIFY(field && field->hasFocus());
        QTest::keyClicks(field, u"New title"_s);
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_VERIFY(m_workspace->asked.contains(u"rename session of /p/shop New title"_s));
        QTRY_VERIFY(edit()->hasFocus());
        QCOMPARE(m_workspace->client.requests.size(), 0);
        QCOMPARE(edit()->toPlainText(), QString());
    }

    void menusLeaveTheFocusWhereThePersonWrites()
    {
        m_window->openFolder(u"/p/shop"_s);
        edit()->setFocus();
        for (const QString &name : {u"menuButton"_s, u"folderButton"_s, u"modelButton"_s}) {
            auto *button = find<MenuButton>(name);
            QVERIFY2(button, qPrintable(name));
            QTest::mouseClick(button, Qt::LeftButton);
            QVERIFY2(button->openMenu(), qPrintable(name));
            button->openMenu()->close();
            QTRY_VERIFY2(edit()->hasFocus(), qPrintable(name));
        }
        QTest::mouseClick(find<QPushButton>(u"attachButton"_s), Qt::LeftButton);
        QVERIFY(!find<QPushButton>(u"attachButton"_s)->hasFocus());
    }

    void saysWhatWasRestoredWhereThePersonIs()
    {
        m_window->openFolder(u"/p/shop"_s);
        send(u"rewrite it"_s);
        QTRY_VERIFY(m_workspace->client.stream);
        m_workspace->client.stream->answer(u"Done."_s);
        const QString message = m_workspace->controller->history().messages().first().id;
        emit find<TranscriptView>(u"transcript"_s)->commanded(RestoreFiles{message});
        auto *preview = find<RestorePreview>(u"restorePreview"_s);
        QVERIFY(preview);
        const QString words = m_workspace->transcript.restoredText({message, 3, 0, u"77"_s});
        QCOMPARE(words, u"Restored 3 files to their state before “rewrite it”."_s);
        emit preview->restored(words);
        preview->accept();
        QCOMPARE(find<QLabel>(u"messageText"_s)->text(), words);
        QVERIFY(find<QWidget>(u"messageBar"_s)->isVisible());
        m_window->openFolder(u"/p/other"_s); // it is not about that
        QVERIFY(!find<QWidget>(u"messageBar"_s)->isVisible());
    }

private:
    template <typename T>
    T *find(const QString &name) const
    {
        return m_window->findChild<T *>(name);
    }
    ComposerEdit *edit() const { return find<ComposerEdit>(u"composerEdit"_s); }
    void send(const QString &words) const
    {
        QTest::keyClicks(edit(), words);
        QTest::keyClick(edit(), Qt::Key_Return);
    }
    int rowOf(const QString &words) const
    {
        for (int row = m_workspace->transcript.rowCount() - 1; row >= 0; --row) {
            if (m_workspace->transcript.row(row).text == words)
                return row;
        }
        return -1;
    }
    void fillTranscript() const
    {
        Conversation::History history;
        for (int i = 0; i < 80; ++i) {
            Conversation::Message message;
            message.id = u"m%1"_s.arg(i);
            message.role = i % 2 == 0 ? Conversation::Role::User : Conversation::Role::Assistant;
            message.stopReason = Conversation::StopReason::EndTurn;
            message.content = {Conversation::TextBlock{u"Words number %1."_s.arg(i)}};
            history.append(message);
        }
        m_workspace->transcript.load(history);
    }

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<QTemporaryDir> m_state;
    std::unique_ptr<ScriptedWorkspace> m_workspace;
    std::unique_ptr<MainWindow> m_window;
};

MEANWHILE_TEST(SendingTest)
#include "tst_sending.moc"
