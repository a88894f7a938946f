// SPDX-License-Identifier: MIT
#include "support/testregistry.h"
#include "ui/composer/composer.h"
#include "ui/composer/composeredit.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QInputMethodEvent>
#include <QMimeData>
#include <QPushButton>
#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class ComposerTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_theme = std::make_unique<Theme>(*qApp);
        m_composer = std::make_unique<Composer>(*m_theme);
        m_composer->setTypingPause(20ms);
        m_composer->setProjectFolder(u"/p/shop"_s);
        m_composer->resize(600, 200);
        m_composer->show();
        m_composer->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_composer.get()));
        m_edit = m_composer->findChild<ComposerEdit *>();
        m_edit->setFocus();
        m_submitted = std::make_unique<QSignalSpy>(m_composer.get(), &Composer::submitted);
        m_typing = std::make_unique<QSignalSpy>(m_composer.get(), &Composer::typingChanged);
    }

    void enterSendsAndEmptiesTheField()
    {
        QTest::keyClicks(m_edit, u" hello "_s);
        QTest::keyClick(m_edit, Qt::Key_Return);
        QCOMPARE(sent(), QStringList{u"hello"_s});
        QCOMPARE(m_composer->text(), QString());
    }

    void shiftEnterBreaksTheLine()
    {
        QTest::keyClicks(m_edit, u"a"_s);
        QTest::keyClick(m_edit, Qt::Key_Return, Qt::ShiftModifier);
        QTest::keyClicks(m_edit, u"b"_s);
        QCOMPARE(m_composer->text(), u"a\nb"_s);
        QCOMPARE(m_submitted->count(), 0);
    }

    void enterThatEndsAnInputMethodsWordDoesNotSend()
    {
        QInputMethodEvent preedit(u"한"_s, {});
        QApplication::sendEvent(m_edit, &preedit);
        QTest::keyClick(m_edit, Qt::Key_Return);
        QCOMPARE(m_submitted->count(), 0);

        QInputMethodEvent commit;
        commit.setCommitString(u"한"_s);
        QApplication::sendEvent(m_edit, &commit);
        QTest::keyClick(m_edit, Qt::Key_Return);
        QCOMPARE(sent(), QStringList{u"한"_s});
    }

    void sendsNothingThatIsEmpty()
    {
        auto *send = m_composer->findChild<QPushButton *>(u"sendButton"_s);
        QVERIFY(!send->isEnabled());
        QTest::keyClicks(m_edit, u"  "_s);
        QTest::keyClick(m_edit, Qt::Key_Return);
        QCOMPARE(m_submitted->count(), 0);
        QTest::keyClicks(m_edit, u"x"_s);
        QVERIFY(send->isEnabled());
        QTest::mouseClick(send, Qt::LeftButton);
        QCOMPARE(m_submitted->count(), 1);
    }

    void growsToEightLinesAndThenScrolls()
    {
        const int oneLine = m_edit->height();
        m_composer->setText(u"1\n2\n3"_s);
        const int threeLines = m_edit->height();
        QVERIFY(threeLines > oneLine);
        m_composer->setText(u"\n"_s.repeated(7));
        const int eightLines = m_edit->height();
        m_composer->setText(u"\n"_s.repeated(30));
        QCOMPARE(m_edit->height(), eightLines);
        QCOMPARE(m_edit->verticalScrollBarPolicy(), Qt::ScrollBarAsNeeded);
        m_composer->setText({});
        QCOMPARE(m_edit->height(), oneLine);
    }

    void upInAnEmptyFieldAsksForTheLastQueuedMessage()
    {
        const QSignalSpy edit(m_composer.get(), &Composer::editLastQueuedRequested);
        QTest::keyClick(m_edit, Qt::Key_Up);
        QCOMPARE(edit.count(), 1);
        QTest::keyClicks(m_edit, u"x"_s);
        QTest::keyClick(m_edit, Qt::Key_Up);
        QCOMPARE(edit.count(), 1);
    }

    void tellsWhenThePersonTypesAndWhenNot()
    {
        QTest::keyClicks(m_edit, u"ab"_s);
        QCOMPARE(*m_typing, QList<QVariantList>{{true}});
        QTRY_COMPARE(*m_typing, (QList<QVariantList>{{true}, {false}}));
        m_typing->clear();
        QTest::keyClicks(m_edit, u"c"_s);
        QTest::keyClick(m_edit, Qt::Key_Return);
        QCOMPARE(*m_typing, (QList<QVariantList>{{true}, {false}}));
    }

    void textPutInByTheProgramIsNotTyping()
    {
        m_composer->setText(u"an example"_s);
        m_composer->putBefore(u"queued"_s);
        QCOMPARE(m_typing->count(), 0);
        QCOMPARE(m_composer->text(), u"queued\nan example"_s);
    }

    void pastedFilesBecomePaths()
    {
        auto *files = new QMimeData;
        files->setUrls({QUrl::fromLocalFile(u"/p/shop/src/a b.ts"_s), QUrl::fromLocalFile(u"/etc/hosts"_s)});
        QApplication::clipboard()->setMimeData(files);
        QTest::keyClicks(m_edit, u"see"_s);
        m_edit->paste();
        QCOMPARE(m_composer->text(), u"see \"src/a b.ts\" /etc/hosts "_s);
    }

    void bearsAnEmptyClipboard()
    {
        QApplication::clipboard()->setMimeData(new QMimeData);
        m_edit->paste();
        QCOMPARE(m_composer->text(), QString());
    }

    void pastedLinksStayText()
    {
        auto *link = new QMimeData;
        link->setUrls({QUrl(u"https://example.org/x"_s)});
        link->setText(u"https://example.org/x"_s);
        QApplication::clipboard()->setMimeData(link);
        m_edit->paste();
        QCOMPARE(m_composer->text(), u"https://example.org/x"_s);
    }

    void takesALongLineWithoutBreakingItIntoWords()
    {
        QApplication::clipboard()->setText(u"x"_s.repeated(40'000));
        m_edit->paste();
        QCOMPARE(m_composer->text().size(), 40'000);
        QCOMPARE(m_edit->lineWrapMode(), QPlainTextEdit::NoWrap);
        QTest::keyClick(m_edit, Qt::Key_Return);
        m_composer->setText(u"short"_s);
        QCOMPARE(m_edit->lineWrapMode(), QPlainTextEdit::WidgetWidth);
    }

    void refusesWhatIsTooLongForAMessage_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("a long text") << u"line\n"_s.repeated(100'000);
        QTest::newRow("a line without end") << u"x"_s.repeated(60'000);
    }

    void refusesWhatIsTooLongForAMessage()
    {
        QFETCH(QString, text);
        const QSignalSpy refused(m_composer.get(), &Composer::refused);
        QTest::keyClicks(m_edit, u"mine"_s);
        QApplication::clipboard()->setText(text);
        m_edit->paste();
        QCOMPARE(refused.count(), 1);
        QVERIFY(refused.first().first().toString().contains(QLocale().toString(text.size())));
        QCOMPARE(m_composer->text(), u"mine"_s);
    }

    void offersStopWhileTheAgentWorks()
    {
        auto *stop = m_composer->findChild<QPushButton *>(u"stopButton"_s);
        QVERIFY(!stop->isVisible());
        m_composer->setWorking(true);
        const QSignalSpy stopped(m_composer.get(), &Composer::stopRequested);
        QTest::mouseClick(stop, Qt::LeftButton);
        QCOMPARE(stopped.count(), 1);
        stop->setFocus();
        m_composer->setWorking(false);
        QVERIFY(!stop->isVisible());
        QVERIFY(m_edit->hasFocus());
    }

    void whatWasReplacedCanBeUndone()
    {
        QTest::keyClicks(m_edit, u"mine"_s);
        m_composer->setText(u"example"_s);
        m_edit->undo();
        QCOMPARE(m_composer->text(), u"mine"_s);
    }

private:
    QStringList sent() const
    {
        QStringList texts;
        for (const QVariantList &signal : std::as_const(*m_submitted))
            texts += signal.first().toString();
        return texts;
    }

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<Composer> m_composer;
    std::unique_ptr<QSignalSpy> m_submitted;
    std::unique_ptr<QSignalSpy> m_typing;
    ComposerEdit *m_edit = nullptr;
};

MEANWHILE_TEST(ComposerTest)
#include "tst_composer.moc"
