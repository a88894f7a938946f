// SPDX-License-Identifier: MIT
#include "notify/noticetext.h"
#include "support/testregistry.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Notify;
using Tasks::Task;
using Tasks::TaskState;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr Abilities kFull{true, true, true};
constexpr Abilities kPlain{true, true, false};

Notice asking(const QString &command)
{
    Notice notice;
    notice.project = u"web-shop"_s;
    notice.question = {u"c1"_s, Question::Kind::Command, command};
    notice.keys = {u"run-1"_s, u"deny-1"_s};
    return notice;
}

Notice ending(const QVector<End> &ends, const QString &project = u"web-shop"_s)
{
    Notice notice;
    notice.project = project;
    notice.ends = ends;
    return notice;
}

Task task(const QString &command, TaskState state = TaskState::Exited, int exitCode = 0)
{
    Task task;
    task.id = u"t1"_s;
    task.spec.command = command;
    task.state = state;
    task.exitCode = exitCode;
    task.signal = 9;
    task.elapsed = 42s;
    return task;
}

} // namespace

/// What a notice says, and when it has the buttons that answer.
class NoticeTextTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void offersRunAndDenyUnderACommandThatStandsThereToTheLetter()
    {
        for (const Abilities &abilities : {kFull, kPlain}) {
            const NoticeText text = textOf(asking(u"npm test -- --watch=false"_s), abilities);
            QCOMPARE(text.summary, u"Approval needed · web-shop"_s);
            QCOMPARE(text.body, u"npm test -- --watch=false"_s);
            QCOMPARE(text.actions,
                (QStringList{u"default"_s, u"Open"_s, u"deny-1"_s, u"Deny"_s, u"run-1"_s, u"Run"_s}));
            QVERIFY(text.isUrgent);
        }
    }

    void offersOnlyOpenUnderAnyOther_data()
    {
        QTest::addColumn<QString>("command");
        QTest::addColumn<QString>("withMarkup");
        QTest::addColumn<QString>("without");
        const QString unsaid = u"A command waits for your answer."_s;
        QTest::newRow("less") << u"sort <in"_s << u"sort &lt;in"_s << unsaid;
        QTest::newRow("greater") << u"echo >out"_s << u"echo &gt;out"_s << unsaid;
        QTest::newRow("ampersand") << u"a && b"_s << u"a &amp;&amp; b"_s << unsaid;
        QTest::newRow("an element") << u"x <b>safe</b>"_s << u"x &lt;b&gt;safe&lt;/b&gt;"_s << unsaid;
        QTest::newRow("an entity") << u"echo &amp;"_s << u"echo &amp;amp;"_s << unsaid;
        const auto same = [](const char *name, const QString &command, const QString &shown) {
            QTest::newRow(name) << command << shown << shown;
        };
        same("turned around", u"rm \u202etxt.exe"_s, u"rm ⟦U+202E⟧txt.exe"_s);
        same("isolated", u"rm \u2066a\u2069"_s, u"rm ⟦U+2066⟧a⟦U+2069⟧"_s);
        same("no width", u"rm\u200b -rf x"_s, u"rm⟦U+200B⟧ -rf x"_s);
        same("a tag", u"ls \U000E0061"_s, u"ls ⟦U+E0061⟧"_s);
        same("a control character", u"printf '\x1b[2K'"_s, u"printf '⟦U+001B⟧[2K'"_s);
        same("two lines", u"true\nrm -rf x"_s, u"true ↵ rm -rf x"_s);
        same("a tab", u"ls\tx"_s, u"ls x"_s);
        same("blanks that may be joined", u"touch 'a  b'"_s, u"touch 'a  b'"_s);
        for (const char32_t unseen : {U'\u2800', U'\ufffc', U'\U0001d159'}) {
            const QString code = u"⟦U+%1⟧"_s.arg(QString::number(uint(unseen), 16).toUpper(), 4, u'0');
            same(qPrintable(u"drawn as nothing "_s + code),
                u"ls x"_s + QString::fromUcs4(&unseen, 1) + u"# y"_s, u"ls x"_s + code + u"# y"_s);
        }
        for (const char32_t wide : {U'\u2e3b', U'\ufdfd', U'\ua9c5', U'\u0bf5'}) {
            const QString command = u"echo "_s + QString::fromUcs4(&wide, 1);
            same(qPrintable(u"as wide as a line, "_s + command), command, command);
        }
        same("a blank before it", u" ls"_s, u"ls"_s);
        same("a blank of another width", u"ls\u3000x"_s, u"ls x"_s);
        same("from right to left", u"rm א.txt"_s, u"\u2068rm א.txt\u2069"_s);
        same("a mark upon a letter", u"rm a\u0338"_s, u"rm a\u0338"_s);
        same("longer than fits", u"x"_s.repeated(101), u"x"_s.repeated(100) + u'…');
        same("as long in full-width letters", u"\uff41"_s.repeated(60), u"\uff41"_s.repeated(60));
        same("as long in wide letters", u"한"_s.repeated(60), u"한"_s.repeated(60));
    }
    void offersOnlyOpenUnderAnyOther()
    {
        QFETCH(const QString, command);
        QFETCH(const QString, withMarkup);
        QFETCH(const QString, without);
        const QStringList open{u"default"_s, u"Open"_s, u"open"_s, u"Open"_s};
        QVERIFY(!isLegible(command));
        QCOMPARE(textOf(asking(command), kFull).body, withMarkup);
        QCOMPARE(textOf(asking(command), kPlain).body, without);
        QCOMPARE(textOf(asking(command), kFull).actions, open);
        QCOMPARE(textOf(asking(command), kPlain).actions, open);
    }

    void offersOnlyOpenWhereTheCommandIsNotAllThereIs()
    {
        const QStringList open{u"default"_s, u"Open"_s, u"open"_s, u"Open"_s};
        Notice special = asking(u"make"_s);
        special.question->isOrdinary = false;
        QCOMPARE(textOf(special, kFull).actions, open);
        Notice leaving = special;
        leaving.question->leavesBox = true;
        QCOMPARE(textOf(leaving, kFull).summary, u"Run outside the box? · web-shop"_s);
        QCOMPARE(textOf(leaving, kFull).actions, open);
        leaving.moreQuestions = 2;
        QCOMPARE(textOf(leaving, kFull).summary, u"3 approvals needed · web-shop"_s);
        Notice several = asking(u"make"_s);
        several.moreQuestions = 2;
        QCOMPARE(textOf(several, kFull).summary, u"3 approvals needed · web-shop"_s);
        QCOMPARE(textOf(several, kFull).body, u"Open the session to answer them."_s);
        QCOMPARE(textOf(several, kFull).actions, open);
        Notice writing = asking(u"src/a.cpp"_s);
        writing.question->kind = Question::Kind::Write;
        QCOMPARE(textOf(writing, kFull).body, u"To write src/a.cpp"_s);
        QCOMPARE(textOf(writing, kFull).actions, open);
        // Without a body nobody sees the command.
        QCOMPARE(textOf(asking(u"make"_s), {true, false, true}).actions, open);
    }

    void offersNothingWhereNothingCanBeClicked()
    {
        QCOMPARE(textOf(asking(u"make"_s), {false, true, true}).actions, QStringList());
        QCOMPARE(textOf(asking(u"make"_s), {false, true, true}).body, u"make"_s);
        QCOMPARE(textOf(ending({task(u"make"_s)}), {}).actions, QStringList());
    }

    void takesCommandsOfAnyLanguageAsTheyAre()
    {
        QVERIFY(isLegible(u"grep -rn 'año' docs | wc -l"_s));
        QVERIFY(isLegible(u"cat 설명서.txt"_s));
        QVERIFY(isLegible(u"x"_s.repeated(100)));
        QVERIFY(!isLegible({}));
    }

    void tellsHowATaskEnded_data()
    {
        QTest::addColumn<Task>("end");
        QTest::addColumn<QString>("summary");
        QTest::addColumn<QString>("body");
        const auto row = [](const char *name, TaskState state, int exitCode, const QString &summary,
                             const QString &body) {
            QTest::newRow(name) << task(u"npm test"_s, state, exitCode) << summary << body;
        };
        row("done", TaskState::Exited, 0, u"Task finished"_s, u"npm test finished in 0:42"_s);
        row("failed", TaskState::Exited, 1, u"Task failed"_s, u"npm test: exit 1 after 0:42"_s);
        row("signal", TaskState::Signaled, 0, u"Task failed"_s, u"npm test: signal 9 after 0:42"_s);
        row("timed out", TaskState::TimedOut, 0, u"Task failed"_s, u"npm test: timed out after 0:42"_s);
        row("stopped", TaskState::Stopped, 0, u"Task ended"_s, u"npm test: stopped after 0:42"_s);
        row("not started", TaskState::FailedToStart, 0, u"Task failed"_s, u"npm test could not be started"_s);
        row("lost", TaskState::Lost, 0, u"Task ended"_s,
            u"npm test: lost, Meanwhile could not see how it ended"_s);
    }
    void tellsHowATaskEnded()
    {
        QFETCH(const Task, end);
        QFETCH(const QString, summary);
        QFETCH(const QString, body);
        const NoticeText text = textOf(ending({end}), kFull);
        QCOMPARE(text.summary, summary + u" · web-shop"_s);
        QCOMPARE(text.body, body);
        QCOMPARE(text.actions, (QStringList{u"default"_s, u"Open"_s}));
        QVERIFY(!text.isUrgent);
    }

    void tellsHowATurnEnded()
    {
        QCOMPARE(textOf(ending({TurnEnd{TurnEnd::How::Done, 0, 80s}}), kFull).body, u"The turn took 1:20"_s);
        QCOMPARE(textOf(ending({TurnEnd{TurnEnd::How::Done, 1, 3'680s}}), kFull).body,
            u"The turn took 1:01:20; 1 task keeps running"_s);
        const NoticeText failed = textOf(ending({TurnEnd{TurnEnd::How::Failed, 0, 21s}}), kFull);
        QCOMPARE(failed.summary, u"Turn failed · web-shop"_s);
        QCOMPARE(failed.body, u"The turn failed after 0:21"_s);
    }

    void tellsSeveralEndsInOneText()
    {
        const NoticeText three = textOf(
            ending({task(u"make"_s), task(u"ctest"_s, TaskState::Exited, 8), task(u"npm ci"_s)}), kFull);
        QCOMPARE(three.summary, u"3 tasks ended · web-shop"_s);
        QCOMPARE(
            three.body, u"• make finished in 0:42\n• ctest: exit 8 after 0:42\n• npm ci finished in 0:42"_s);
        QVector<End> many(6, task(u"make"_s));
        many.append(TurnEnd{TurnEnd::How::Done, 0, 30s});
        const NoticeText text = textOf(ending(many), kFull);
        QCOMPARE(text.summary, u"Turn ended · web-shop"_s);
        QCOMPARE(text.body,
            u"• make finished in 0:42\n• make finished in 0:42\n• The turn took 0:30\n• and 4 more"_s);
    }

    void letsNoCommandSpeakForTheProgram()
    {
        QCOMPARE(
            textOf(ending({task(u"<i>ok</i>"_s)}), kFull).body, u"&lt;i&gt;ok&lt;/i&gt; finished in 0:42"_s);
        QCOMPARE(textOf(ending({task(u"<i>ok</i>"_s)}), kPlain).body, u"A task finished in 0:42"_s);
        QCOMPARE(textOf(ending({task(u"a\n• b finished in 0:01"_s)}), kFull).body,
            u"a ↵ • b finished in 0:01 finished in 0:42"_s);
        // A summary is no place for what may be read as markup or as our own words.
        QCOMPARE(textOf(ending({task(u"make"_s)}, u"a <b>"_s), kFull).summary, u"Task finished"_s);
        QCOMPARE(textOf(ending({task(u"make"_s)}, u"\u202eshop"_s), kFull).summary, u"Task finished"_s);
        QCOMPARE(textOf(ending({task(u"make"_s)}, u"x"_s.repeated(41)), kFull).summary, u"Task finished"_s);
    }
};

MEANWHILE_TEST(NoticeTextTest)
#include "tst_noticetext.moc"
