// SPDX-License-Identifier: MIT
#include "support/testregistry.h"
#include "ui/composer/approvalbar.h"
#include "ui/composer/composer.h"
#include "ui/composer/composeredit.h"
#include "ui/composer/exacttext.h"
#include "ui/composer/keyhintbutton.h"
#include "ui/theme.h"

#include <QApplication>
#include <QLabel>
#include <QScrollBar>
#include <QTextBlock>
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
    event.intent.kind = Tools::Intent::Kind::Execute;
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
        QTest::addColumn<Tools::Intent::Kind>("kind");
        QTest::addColumn<bool>("leaves");
        QTest::addColumn<QString>("title");
        QTest::addColumn<QString>("verb");
        using Kind = Tools::Intent::Kind;
        QTest::newRow("write") << Kind::Write << false << u"Write this file?"_s << u"Write"_s;
        QTest::newRow("write outside")
            << Kind::Write << true << u"Write outside the project?"_s << u"Write"_s;
        QTest::newRow("read outside") << Kind::Read << true << u"Read outside the project?"_s << u"Read"_s;
        QTest::newRow("stop") << Kind::Stop << false << u"Stop this task?"_s << u"Stop"_s;
    }

    void wordsTheQuestionByWhatWouldHappen()
    {
        QFETCH(Tools::Intent::Kind, kind);
        QFETCH(bool, leaves);
        ApprovalAsked asked = command(u"a"_s, u"/etc/hosts"_s);
        asked.intent.kind = kind;
        asked.intent.leavesProject = leaves;
        asked.reason = u"it leads out of the project"_s;
        m_bar->setPending({asked});
        QTEST(label(u"approvalTitle"_s), "title");
        QTEST(button(u"allowButton"_s)->text(), "verb");
        // What is allowed for the session is no more than this.
        QVERIFY(button(u"allowForSessionButton"_s)->toolTip().contains(u"xactly this"_s));
        QCOMPARE(label(u"approvalWhere"_s), leaves ? asked.reason : u"in shop"_s);
    }

    void showsTheDifferenceAWriteMakes()
    {
        ApprovalAsked asked = command(u"a"_s, u"app.toml"_s);
        asked.intent.kind = Tools::Intent::Kind::Write;
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
    ExactText *exact() const { return m_bar->findChild<ExactText *>(); }

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<QWidget> m_window;
    ApprovalBar *m_bar = nullptr;
    Composer *m_composer = nullptr;
    Answers m_answers;
};

MEANWHILE_TEST(ApprovalBarTest)
#include "tst_approvalbar.moc"
