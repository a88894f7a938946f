// SPDX-License-Identifier: MIT
#include "support/testregistry.h"
#include "ui/approval/approvalbar.h"
#include "ui/composer/composer.h"
#include "ui/composer/composeredit.h"
#include "ui/widgets/exacttext.h"
#include "ui/widgets/keyhintbutton.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QTextBlock>
#include <QTimer>
#include <QtTest>
#include <QVBoxLayout>

using namespace Meanwhile;
using namespace Meanwhile::Agent;
using namespace Meanwhile::Ui;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

static ApprovalAsked command(const QString &callId, const QString &text)
{
    ApprovalAsked event;
    event.callId = callId;
    event.tool = u"bash"_s;
    event.intent.effect = Tools::Effect::Execute;
    event.intent.subject = text;
    return event;
}

class ApprovalBarTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { qRegisterMetaType<ApprovalAnswer>(); }

    void init()
    {
        m_theme = std::make_unique<Theme>(*qApp);
        m_window = std::make_unique<QWidget>();
        m_bar = new ApprovalBar(*m_theme, m_window.get());
        m_composer = new Composer(*m_theme, m_window.get());
        auto *layout = new QVBoxLayout(m_window.get());
        layout->addStretch(1);
        layout->addWidget(m_bar);
        layout->addWidget(m_composer);
        m_window->resize(800, 500);
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        m_bar->setArmingDelay(0ms);
        m_bar->setProjectName(u"shop"_s);
        m_composer->takeFocus();
        m_answers.clear();
        connect(m_bar, &ApprovalBar::answered, this, [this](const QString &callId, ApprovalAnswer answer) {
            m_answers += {callId, answer};
        });
    }

    void isNotArmedBeforeItsTime()
    {
        QCOMPARE(m_bar->findChild<QTimer *>(u"arming"_s)->timerType(), Qt::PreciseTimer);
    }

    void asksWithTheExactText()
    {
        QVERIFY(!m_bar->isVisible());
        m_bar->setPending({command(u"a"_s, u"npm test\nrm -rf ~\u202e"_s)});
        QVERIFY(m_bar->isVisible());
        QCOMPARE(label(u"approvalTitle"_s), u"Run this command?"_s);
        QCOMPARE(label(u"approvalWhere"_s), u"in shop"_s);
        QCOMPARE(exact()->toPlainText(), u"npm test\nrm -rf ~⟦U+202E⟧"_s);
        QCOMPARE(button(u"allowButton"_s)->text(), u"Run"_s);
        m_bar->setPending({});
        QVERIFY(!m_bar->isVisible());
    }

    void wordsTheQuestionByWhatWouldHappen_data()
    {
        QTest::addColumn<Tools::Effect>("kind");
        QTest::addColumn<bool>("leaves");
        QTest::addColumn<QString>("title");
        QTest::addColumn<QString>("verb");
        using Kind = Tools::Effect;
        QTest::newRow("write") << Kind::Write << false << u"Write this file?"_s << u"Write"_s;
        QTest::newRow("write outside")
            << Kind::Write << true << u"Write outside the project?"_s << u"Write"_s;
        QTest::newRow("read outside") << Kind::Read << true << u"Read outside the project?"_s << u"Read"_s;
        QTest::newRow("stop") << Kind::Stop << false << u"Stop this task?"_s << u"Stop"_s;
        QTest::newRow("reach") << Kind::Reach << false << u"Reach outside this computer?"_s << u"Allow"_s;
    }

    void callsASearchASearch_data()
    {
        using Reading = Tools::Intent::Reading;
        QTest::addColumn<Reading>("reading");
        QTest::addColumn<bool>("leaves");
        QTest::addColumn<QString>("title");
        QTest::addColumn<QString>("verb");
        QTest::newRow("search") << Reading::Lines << false << u"Search here?"_s << u"Search"_s;
        QTest::newRow("search outside")
            << Reading::Lines << true << u"Search outside the project?"_s << u"Search"_s;
        QTest::newRow("list") << Reading::Names << false << u"List the files here?"_s << u"List"_s;
        QTest::newRow("list outside")
            << Reading::Names << true << u"List files outside the project?"_s << u"List"_s;
        QTest::newRow("read") << Reading::File << false << u"Read this file?"_s << u"Read"_s;
    }

    void callsASearchASearch()
    {
        QFETCH(Tools::Intent::Reading, reading);
        QFETCH(bool, leaves);
        ApprovalAsked asked = command(u"a"_s, u"/etc"_s);
        asked.intent.effect = Tools::Effect::Read;
        asked.intent.reading = reading;
        asked.intent.leavesProject = leaves;
        m_bar->setPending({asked});
        QTEST(label(u"approvalTitle"_s), "title");
        QTEST(button(u"allowButton"_s)->text(), "verb");
    }

    void wordsTheQuestionByWhatWouldHappen()
    {
        QFETCH(Tools::Effect, kind);
        QFETCH(bool, leaves);
        ApprovalAsked asked = command(u"a"_s, u"/etc/hosts"_s);
        asked.intent.effect = kind;
        asked.intent.leavesProject = leaves;
        asked.reason = u"Reads outside the project folder. It is a link there."_s;
        asked.intent.why = leaves ? u"It is a link there."_s : QString();
        m_bar->setPending({asked});
        QTEST(label(u"approvalTitle"_s), "title");
        QTEST(button(u"allowButton"_s)->text(), "verb");
        // What is allowed for the session is no more than this.
        QVERIFY(button(u"allowForSessionButton"_s)->toolTip().contains(u"xactly this"_s));
        // Nothing that the title has said already.
        QCOMPARE(label(u"approvalWhere"_s), leaves ? asked.intent.why : u"in shop"_s);
    }

    void showsTheDifferenceAWriteMakes()
    {
        ApprovalAsked asked = command(u"a"_s, u"app.toml"_s);
        asked.intent.effect = Tools::Effect::Write;
        asked.intent.preview = u"--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y\n"_s;
        m_bar->setPending({asked});
        QCOMPARE(exact()->toPlainText(), u"-x\n+y"_s);
        QVERIFY(label(u"approvalWhere"_s).contains(u"app.toml"_s));
        QCoreApplication::sendPostedEvents();
        const QImage image = m_bar->grab().toImage();
        const int line = exact()->fontMetrics().lineSpacing();
        const auto groundOfLine = [&](int number) {
            const QPoint place(exact()->width() - 20, number * line + line / 2);
            return image.pixelColor(exact()->mapTo(m_bar, place)).rgb();
        };
        const Tokens &tokens = m_theme->tokens();
        QCOMPARE(groundOfLine(0), tokens.removed.rgb());
        QCOMPARE(groundOfLine(1), tokens.added.rgb());
        QCOMPARE(exact()->height(), 2 * line + 2);
    }

    void asksTwiceAboutAWriteThatCannotBeShown()
    {
        ApprovalAsked asked = command(u"a"_s, u"data.sh"_s);
        asked.intent.effect = Tools::Effect::Write;
        asked.intent.unshown = u"Too large to be shown (2.1 MB)."_s;
        m_bar->setPending({asked});
        QVERIFY(label(u"approvalWhere"_s).contains(asked.intent.unshown));
        QCOMPARE(exact()->toPlainText(), u"data.sh"_s);
        QTRY_VERIFY(m_bar->isArmed());
        QVERIFY(!button(u"allowButton"_s)->property("primary").toBool());
        QTest::mouseClick(button(u"allowButton"_s), Qt::LeftButton);
        QVERIFY(m_answers.isEmpty());
        QVERIFY(label(u"approvalNote"_s).startsWith(u"What would be written is not shown."_s));
        QTRY_VERIFY(m_bar->isArmed());
        QTest::mouseClick(button(u"allowButton"_s), Qt::LeftButton);
        QCOMPARE(m_answers, (Answers{{u"a"_s, ApprovalAnswer::AllowOnce}}));
    }

    void marksThePurposeAsTheModelsWord()
    {
        ApprovalAsked asked = command(u"a"_s, u"make check"_s);
        asked.intent.purpose = u"run the tests\u202e"_s;
        m_bar->setPending({asked});
        const QString shown = label(u"approvalWhere"_s).remove(u'\u200b');
        QCOMPARE(shown, u"in shop · The model says: run the tests⟦U+202E⟧"_s);
        asked.intent.purpose = u"x"_s.repeated(5'000);
        m_bar->setPending({asked});
        QVERIFY(label(u"approvalWhere"_s).size() < 300);
        QVERIFY(m_bar->height() < 450);
    }

    void asksToLeaveTheBoxInAmberWithTheModelsReason()
    {
        const auto edge = [this] {
            QCoreApplication::sendPostedEvents();
            return m_bar->grab().toImage().pixelColor(m_bar->width() / 2, 0);
        };
        ApprovalAsked asked = command(u"a"_s, u"docker ps"_s);
        m_bar->setPending({asked});
        QCOMPARE(edge().rgb(), m_theme->tokens().accent.rgb());
        asked.callId = u"b"_s;
        asked.reason = u"Runs a command outside the box: it can do all that you can."_s;
        asked.intent.outside = u"the daemon\u202e"_s;
        m_bar->setPending({asked});
        QCOMPARE(label(u"approvalTitle"_s), u"Run outside the box?"_s);
        const QString shown = label(u"approvalWhere"_s).remove(u'\u200b');
        QCOMPARE(shown, asked.reason + u" · The model says: the daemon⟦U+202E⟧"_s);
        QCOMPARE(m_bar->accessibleName(), u"Run outside the box? "_s + shown);
        QCOMPARE(m_bar->accessibleDescription(), u"docker ps"_s);
        QCOMPARE(edge().rgb(), m_theme->tokens().waiting.rgb());
        const auto *title = m_bar->findChild<QLabel *>(u"approvalTitle"_s);
        const auto *where = m_bar->findChild<QLabel *>(u"approvalWhere"_s);
        QVERIFY(where->y() >= title->geometry().bottom());
        QCOMPARE(button(u"allowButton"_s)->text(), u"Run"_s);
        asked.intent.purpose = u"list containers"_s;
        asked.intent.outside = u"x"_s.repeated(5'000);
        m_bar->setPending({asked});
        QVERIFY(label(u"approvalWhere"_s).endsWith(u"… · list contain\u200bers"_s));
        QVERIFY(m_bar->height() < 450);
    }

    void showsTheWholePathOfAWrite_data()
    {
        QTest::addColumn<QString>("path");
        QTest::newRow("without a blank") << u"README.md"_s + u"_"_s.repeated(110) + u"evil.sh"_s;
        QTest::newRow("with line ends") << u"safe.txt"_s + u"\n"_s.repeated(70) + u"real.txt"_s;
        QTest::newRow("as long as can be") << u"a/"_s.repeated(2'000) + u"real.txt"_s;
    }

    void showsTheWholePathOfAWrite()
    {
        QFETCH(const QString, path);
        ApprovalAsked asked = command(u"a"_s, path);
        asked.intent.effect = Tools::Effect::Write;
        asked.intent.preview = u"--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y\n"_s;
        m_bar->setPending({asked});
        QCoreApplication::sendPostedEvents();
        const auto *where = m_bar->findChild<QLabel *>(u"approvalWhere"_s);
        QVERIFY(where->heightForWidth(where->width()) <= where->height());
        const QString shown = where->text().remove(u'\u200b') + exact()->toPlainText();
        QVERIFY(shown.contains(QString(path).replace(u'\n', u'↵')));
        QVERIFY(m_bar->height() < 450);
    }

    void answersByButtonOnce()
    {
        m_bar->setPending({command(u"a"_s, u"x"_s)});
        QTRY_VERIFY(m_bar->isArmed());
        QTest::mouseClick(button(u"allowForSessionButton"_s), Qt::LeftButton);
        QTest::mouseClick(button(u"allowButton"_s), Qt::LeftButton);
        QCOMPARE(m_answers, (Answers{{u"a"_s, ApprovalAnswer::AllowForSession}}));
    }

    void takesNoAnswerBeforeItIsArmed()
    {
        m_bar->setArmingDelay(1h);
        m_bar->setPending({command(u"a"_s, u"x"_s)});
        QTest::mouseClick(button(u"allowButton"_s), Qt::LeftButton);
        m_bar->setFocus();
        QTest::keyClick(m_bar, Qt::Key_3);
        QTest::keyClick(m_composer->findChild<ComposerEdit *>(), Qt::Key_3, Qt::AltModifier);
        QVERIFY(m_answers.isEmpty());
    }

    // The key of an answer that came too late, or a moment too early, is no word of a message.
    void theKeysOfAnswersAreNeverTyped_data()
    {
        QTest::addColumn<bool>("asks");
        QTest::addColumn<Qt::KeyboardModifiers>("keypad");
        QTest::newRow("not armed") << true << Qt::KeyboardModifiers();
        QTest::newRow("nothing is asked") << false << Qt::KeyboardModifiers();
        QTest::newRow("keypad") << false << Qt::KeyboardModifiers(Qt::KeypadModifier);
    }

    void theKeysOfAnswersAreNeverTyped()
    {
        QFETCH(bool, asks);
        QFETCH(Qt::KeyboardModifiers, keypad);
        m_bar->setArmingDelay(1h);
        if (asks)
            m_bar->setPending({command(u"a"_s, u"x"_s)});
        const QSignalSpy typing(m_composer, &Composer::typingChanged);
        for (const Qt::Key key : {Qt::Key_1, Qt::Key_2, Qt::Key_3})
            QTest::keyClick(m_composer->findChild<ComposerEdit *>(), key, Qt::AltModifier | keypad);
        QCOMPARE(m_composer->text(), QString());
        QVERIFY(typing.isEmpty() && m_answers.isEmpty());
    }

    void isArmedAfterHalfASecond()
    {
        ApprovalBar bar(*m_theme);
        QElapsedTimer timer;
        timer.start();
        bar.setPending({command(u"a"_s, u"x"_s)});
        QVERIFY(!bar.isArmed());
        QTRY_VERIFY(bar.isArmed());
        QVERIFY(timer.elapsed() >= 490);
    }

    void isArmedAnewWhenTheQuestionChanges()
    {
        m_bar->setPending({command(u"a"_s, u"x"_s), command(u"b"_s, u"y"_s)});
        QCOMPARE(label(u"approvalCount"_s), u"1 of 2"_s);
        QTRY_VERIFY(m_bar->isArmed());
        QTest::mouseClick(button(u"allowButton"_s), Qt::LeftButton);
        m_bar->setArmingDelay(1h);
        m_bar->setPending({command(u"b"_s, u"y"_s)});
        QVERIFY(!m_bar->isArmed());
        QTest::mouseClick(button(u"allowButton"_s), Qt::LeftButton);
        QCOMPARE(m_answers, (Answers{{u"a"_s, ApprovalAnswer::AllowOnce}}));
        QCOMPARE(exact()->toPlainText(), u"y"_s);
    }

    void isArmedAnewWhenTheWindowComesToTheFront()
    {
        m_bar->setPending({command(u"a"_s, u"x"_s)});
        QTRY_VERIFY(m_bar->isArmed());
        m_bar->setArmingDelay(1h);
        QEvent activated(QEvent::WindowActivate);
        QApplication::sendEvent(m_bar, &activated);
        QVERIFY(!m_bar->isArmed());
    }

    void aFurtherQuestionDoesNotDisturbTheFirst()
    {
        m_bar->setPending({command(u"a"_s, u"x"_s)});
        QTRY_VERIFY(m_bar->isArmed());
        m_bar->setPending({command(u"a"_s, u"x"_s), command(u"b"_s, u"y"_s)});
        QVERIFY(m_bar->isArmed());
    }

    void digitsTypedIntoTheComposerStayThere()
    {
        m_bar->setPending({command(u"a"_s, u"x"_s)});
        QTRY_VERIFY(m_bar->isArmed());
        auto *edit = m_composer->findChild<ComposerEdit *>();
        QTest::keyClicks(edit, u"123"_s);
        QCOMPARE(edit->toPlainText(), u"123"_s);
        QVERIFY(m_answers.isEmpty());
        QVERIFY(edit->hasFocus());
    }

    void digitsAnswerInsideTheBarAndWithAltEverywhere_data()
    {
        QTest::addColumn<Qt::Key>("key");
        QTest::addColumn<ApprovalAnswer>("answer");
        QTest::newRow("1") << Qt::Key_1 << ApprovalAnswer::Deny;
        QTest::newRow("2") << Qt::Key_2 << ApprovalAnswer::AllowForSession;
        QTest::newRow("3") << Qt::Key_3 << ApprovalAnswer::AllowOnce;
    }

    void digitsAnswerInsideTheBarAndWithAltEverywhere()
    {
        QFETCH(Qt::Key, key);
        QFETCH(ApprovalAnswer, answer);
        m_bar->setPending({command(u"a"_s, u"x"_s)});
        QTRY_VERIFY(m_bar->isArmed());
        button(u"denyButton"_s)->setFocus();
        QCOMPARE(button(u"denyButton"_s)->hint(), u"1"_s);
        QTest::keyClick(button(u"denyButton"_s), key);
        m_bar->setPending({});
        m_bar->setPending({command(u"b"_s, u"x"_s)});
        QTRY_VERIFY(m_bar->isArmed());
        m_composer->takeFocus();
        QCOMPARE(button(u"denyButton"_s)->hint(), u"Alt+1"_s);
        QTest::keyClick(m_composer->findChild<ComposerEdit *>(), key, Qt::AltModifier);
        QCOMPARE(m_answers, (Answers{{u"a"_s, answer}, {u"b"_s, answer}}));
    }

    void theTextAnswersNeitherWithSpaceNorEnterNorAHeldKey()
    {
        m_bar->setPending({command(u"a"_s, u"x"_s)});
        QTRY_VERIFY(m_bar->isArmed());
        exact()->setFocus();
        QTest::keyClick(exact(), Qt::Key_Return);
        QTest::keyClick(exact(), Qt::Key_Space);
        QKeyEvent held(QEvent::KeyPress, Qt::Key_3, Qt::NoModifier, u"3"_s, true);
        QApplication::sendEvent(m_bar, &held);
        QVERIFY(m_answers.isEmpty());
    }

    void everyLineOfALongCommandCanBeReached()
    {
        QStringList lines;
        for (int i = 0; i < 500; ++i)
            lines += u"echo %1"_s.arg(i);
        m_bar->setPending({command(u"a"_s, lines.join(u'\n'))});
        const int ten = exact()->height();
        QVERIFY(ten < 400);
        QScrollBar *bar = exact()->verticalScrollBar();
        bar->setValue(bar->maximum());
        QCOMPARE(exact()->cursorForPosition(QPoint(5, exact()->height() - 8)).block().text(), lines.last());
        m_bar->setPending({command(u"b"_s, u"y"_s.repeated(2'000))});
        QVERIFY(exact()->lineCount() > 5);
    }

    void countsWhatIsBelowAndPrefersNoAnswerBeforeItsEndWasSeen_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("isDiff");
        QTest::addColumn<QString>("below");
        const QString blank = u"echo shown"_s + u"\n"_s.repeated(15) + u"echo hidden"_s;
        QTest::newRow("blank lines") << blank << false << u"6 more lines"_s;
        QTest::newRow("one") << u"\n"_s.repeated(10) + u"x"_s << false << u"1 more line"_s;
        QTest::newRow("a diff") << u"--- a\n+++ b\n@@ -1,9 +1,9 @@\n"_s + u"+x\n"_s.repeated(266) << true
                                << u"256 more lines"_s;
    }

    void countsWhatIsBelowAndPrefersNoAnswerBeforeItsEndWasSeen()
    {
        QFETCH(QString, text);
        QFETCH(bool, isDiff);
        ApprovalAsked asked = command(u"a"_s, text);
        if (isDiff) {
            asked.intent = {Tools::Effect::Write, u"a.txt"_s, false, text};
            asked.tool = u"write_file"_s;
        }
        m_bar->setPending({asked});
        QTRY_VERIFY(m_bar->isArmed());
        m_bar->grab();
        QCoreApplication::processEvents();
        auto *below = m_bar->findChild<QPushButton *>(u"approvalBelow"_s);
        QVERIFY(below->isVisible());
        QTEST(below->text(), "below");
        QVERIFY(!isPrimary());
        QVERIFY(!button(u"allowButton"_s)->toolTip().isEmpty());
        below->setFocus(Qt::TabFocusReason);
        for (int page = 0; page < 40 && below->isVisible(); ++page) {
            QVERIFY(!isPrimary());
            below->click();
        }
        QVERIFY(!below->isVisible());
        QVERIFY(m_bar->hasFocus()); // the next key is not the composer's
        m_bar->grab();
        QTRY_VERIFY(isPrimary());
        exact()->verticalScrollBar()->setValue(0);
        QVERIFY(isPrimary() && below->isVisible()); // it was seen
        m_bar->setPending({command(u"b"_s, text + u"\nmore\n\n\n\n\n\n\n\n\n\n"_s)});
        QVERIFY(!isPrimary());
    }

    void allowsOnlyWhatWasSeenToItsEnd_data()
    {
        QTest::addColumn<int>("way");
        QTest::addColumn<ApprovalAnswer>("answer");
        QTest::newRow("Alt+3") << 0 << ApprovalAnswer::AllowOnce;
        QTest::newRow("Alt+2") << 1 << ApprovalAnswer::AllowForSession;
        QTest::newRow("click") << 2 << ApprovalAnswer::AllowOnce;
        QTest::newRow("space") << 3 << ApprovalAnswer::AllowOnce;
        QTest::newRow("3 in the bar") << 4 << ApprovalAnswer::AllowOnce;
    }

    void allowsOnlyWhatWasSeenToItsEnd()
    {
        QFETCH(int, way);
        QFETCH(ApprovalAnswer, answer);
        auto *edit = m_composer->findChild<ComposerEdit *>();
        auto *allow = button(u"allowButton"_s);
        auto *note = m_bar->findChild<QLabel *>(u"approvalNote"_s);
        const auto give = [&] {
            if (way < 2)
                QTest::keyClick(edit, way == 0 ? Qt::Key_3 : Qt::Key_2, Qt::AltModifier);
            else if (way == 2)
                QTest::mouseClick(allow, Qt::LeftButton);
            else
                QTest::keyClick(QApplication::focusWidget(), way == 3 ? Qt::Key_Space : Qt::Key_3);
        };
        m_bar->setPending({command(u"a"_s, u"echo shown\n"_s.repeated(40) + u"rm -rf ~"_s)});
        QTRY_VERIFY(m_bar->isArmed());
        if (way > 2)
            allow->setFocus(Qt::TabFocusReason);
        QWidget *focus = QApplication::focusWidget();
        m_bar->setArmingDelay(1h);
        QVERIFY(!note->isVisible());
        give();
        QVERIFY(exact()->isEndInSight());
        QVERIFY(note->isVisible());
        if (way != 2) // a click takes it to the bar
            QCOMPARE(QApplication::focusWidget(), focus);
        give(); // in haste
        QVERIFY(m_answers.isEmpty());
        m_bar->setArmingDelay(0ms);
        QTRY_VERIFY(m_bar->isArmed());
        give();
        QCOMPARE(m_answers, (Answers{{u"a"_s, answer}}));
        m_bar->setPending({command(u"b"_s, u"x"_s)});
        QVERIFY(!note->isVisible());
    }

    void deniesAlsoWhatWasNotSeenToItsEnd()
    {
        m_bar->setPending({command(u"a"_s, u"echo shown\n"_s.repeated(40))});
        QTRY_VERIFY(m_bar->isArmed());
        QTest::keyClick(m_composer->findChild<ComposerEdit *>(), Qt::Key_1, Qt::AltModifier);
        QCOMPARE(m_answers, (Answers{{u"a"_s, ApprovalAnswer::Deny}}));
    }

    void prefersTheAnswerToAQuestionThatIsSeenWhole_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("Latin") << u"npm test"_s;
        QTest::newRow("letters of other fonts") << u"echo 한국어 ñandú 😀 שלום\necho 한국어; ls"_s;
    }

    void prefersTheAnswerToAQuestionThatIsSeenWhole()
    {
        QFETCH(QString, text);
        m_bar->setPending({command(u"a"_s, text)});
        m_bar->grab();
        QTRY_VERIFY(isPrimary());
        QVERIFY(!m_bar->findChild<QPushButton *>(u"approvalBelow"_s)->isVisible());
        QVERIFY(button(u"allowButton"_s)->toolTip().isEmpty());
    }

    void givesALongReasonALineOfItsOwn()
    {
        ApprovalAsked asked = command(u"a"_s, u"/home/person/.ssh/config"_s);
        asked.intent.effect = Tools::Effect::Read;
        asked.reason = asked.intent.why =
            u"Keys or passwords are in files of this name, and the model would be shown what is in it."_s;
        m_bar->setPending({asked});
        auto *where = m_bar->findChild<QLabel *>(u"approvalWhere"_s);
        QTRY_VERIFY(where->width() > 600);
        QVERIFY(where->height() < 2 * where->fontMetrics().lineSpacing());
        QVERIFY(where->mapTo(m_bar, QPoint()).y() < exact()->y());
        m_bar->setPending({command(u"b"_s, u"npm test"_s)});
        QTRY_VERIFY(where->y() < button(u"denyButton"_s)->height());
    }

    void putsTheButtonsBelowTheTextInANarrowColumn()
    {
        m_bar->setPending({command(u"a"_s, u"x"_s)});
        QCoreApplication::sendPostedEvents();
        const auto isBelow = [this] {
            return button(u"denyButton"_s)->mapTo(m_bar, QPoint()).y() > exact()->y();
        };
        QTRY_VERIFY(!isBelow());
        m_window->resize(440, 500);
        QTRY_VERIFY(isBelow());
    }

    void tellsAScreenReaderWhatIsAsked()
    {
        m_bar->setPending({command(u"a"_s, u"npm test"_s)});
        QCOMPARE(m_bar->accessibleName(), u"Run this command? in shop"_s);
        QCOMPARE(m_bar->accessibleDescription(), u"npm test"_s);
    }

private:
    using Answers = QList<QPair<QString, ApprovalAnswer>>;

    QString label(const QString &name) const { return m_bar->findChild<QLabel *>(name)->text(); }
    KeyHintButton *button(const QString &name) const { return m_bar->findChild<KeyHintButton *>(name); }
    bool isPrimary() const { return button(u"allowButton"_s)->property("primary").toBool(); }
    ExactText *exact() const { return m_bar->findChild<ExactText *>(); }

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<QWidget> m_window;
    ApprovalBar *m_bar = nullptr;
    Composer *m_composer = nullptr;
    Answers m_answers;
};

MEANWHILE_TEST(ApprovalBarTest)
#include "tst_approvalbar.moc"
