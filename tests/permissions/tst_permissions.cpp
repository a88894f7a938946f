// SPDX-License-Identifier: MIT
#include "permissions/permissions.h"
#include "support/testregistry.h"

#include <QtTest>

using namespace Meanwhile::Permissions;
using namespace Qt::StringLiterals;

namespace {

QString wordOf(Decision::Verdict verdict)
{
    switch (verdict) {
    case Decision::Verdict::Allow:
        return u"allow"_s;
    case Decision::Verdict::Ask:
        return u"ask"_s;
    case Decision::Verdict::Refuse:
        return u"refuse"_s;
    case Decision::Verdict::Later:
        return u"later"_s;
    }
    return {};
}

Policy policyWith(Mode mode, Box box = Box::Full)
{
    return Policy(mode, box);
}

QString decided(const Policy &policy, const Action &action)
{
    return wordOf(policy.decide(action).verdict);
}

} // namespace

class PermissionsTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void decidesByModeAndKind_data()
    {
        QTest::addColumn<QString>("mode");
        QTest::addColumn<QString>("inside");  // inform read write execute stop reach
        QTest::addColumn<QString>("outside"); // read write
        QTest::newRow("box") << u"box"_s << u"allow allow allow allow allow ask"_s << u"ask ask"_s;
        QTest::newRow("ask") << u"ask"_s << u"allow allow ask ask allow ask"_s << u"ask ask"_s;
        QTest::newRow("edits") << u"edits"_s << u"allow allow allow ask allow ask"_s << u"ask ask"_s;
        QTest::newRow("auto") << u"auto"_s << u"allow allow allow allow allow ask"_s << u"ask ask"_s;
        QTest::newRow("plan") << u"plan"_s << u"allow allow refuse refuse refuse refuse"_s << u"ask refuse"_s;
    }

    void decidesByModeAndKind()
    {
        QFETCH(QString, mode);
        QFETCH(QString, inside);
        QFETCH(QString, outside);
        const Policy policy = policyWith(modeFromString(mode).value_or(Mode::Ask));
        QCOMPARE(nameOf(policy.mode()), mode);
        QStringList words;
        for (const Effect effect :
            {Effect::Inform, Effect::Read, Effect::Write, Effect::Execute, Effect::Stop, Effect::Reach})
            words += decided(policy, {effect, u"x"_s, false});
        QCOMPARE(words.join(u' '), inside);
        words.clear();
        for (const Effect effect : {Effect::Read, Effect::Write})
            words += decided(policy, {effect, u"/etc/x"_s, true});
        QCOMPARE(words.join(u' '), outside);
    }

    void decidesAboutCommandsByWhatHoldsThem_data()
    {
        QTest::addColumn<QString>("mode");
        QTest::addColumn<QString>("inBox");   // unknown full reduced none off
        QTest::addColumn<QString>("leaving"); // the same
        QTest::newRow("box") << u"box"_s << u"later allow ask ask ask"_s << u"later ask ask ask ask"_s;
        QTest::newRow("ask") << u"ask"_s << u"later ask ask ask ask"_s << u"later ask ask ask ask"_s;
        QTest::newRow("auto") << u"auto"_s << u"later allow allow ask allow"_s
                              << u"later allow allow ask allow"_s;
    }

    void decidesAboutCommandsByWhatHoldsThem()
    {
        QFETCH(QString, mode);
        QFETCH(QString, inBox);
        QFETCH(QString, leaving);
        QStringList in;
        QStringList out;
        for (const Box box : {Box::Unknown, Box::Full, Box::Reduced, Box::None, Box::Off}) {
            const Policy policy = policyWith(modeFromString(mode).value_or(Mode::Ask), box);
            Action action{Effect::Execute, u"make"_s, false};
            in += decided(policy, action);
            action.leavesBox = true;
            out += decided(policy, action);
        }
        QCOMPARE(in.join(u' '), inBox);
        QCOMPARE(out.join(u' '), leaving);
    }

    void allowsNothingOutsideForWhatWasAllowedInTheBox()
    {
        Policy policy = policyWith(Mode::Ask);
        Action action{Effect::Execute, u"make"_s, false};
        policy.allowForSession(action);
        QCOMPARE(decided(policy, action), u"allow"_s);
        action.leavesBox = true;
        QCOMPARE(decided(policy, action), u"ask"_s);
        QVERIFY(policy.decide(action).reason.contains(u"outside the box"_s));
    }

    void asksOnceWithoutABoxWhereEverythingRuns()
    {
        Policy policy = policyWith(Mode::Auto, Box::None);
        const Action action{Effect::Execute, u"make"_s, false};
        QCOMPARE(decided(policy, action), u"ask"_s);
        policy.allowOnce(action);
        QCOMPARE(decided(policy, {Effect::Execute, u"make install"_s, false}), u"allow"_s);
    }

    void tellsTheModelWhatItMayDoInsteadOfEachRefusal()
    {
        const Policy policy = policyWith(Mode::Plan);
        for (const Effect effect : {Effect::Write, Effect::Execute, Effect::Stop, Effect::Reach}) {
            const QString reason = policy.decide({effect, u"x"_s, false}).reason;
            QVERIFY2(reason.contains(u"plan mode"_s) && reason.count(u'.') >= 2, qPrintable(reason));
        }
    }

    void givesThePersonAReasonForEachQuestion()
    {
        const Policy policy = policyWith(Mode::Ask);
        for (const Effect effect : {Effect::Write, Effect::Execute})
            QVERIFY(!policy.decide({effect, u"x"_s, false}).reason.isEmpty());
        for (const Effect effect : {Effect::Read, Effect::Write, Effect::Execute})
            QVERIFY(policy.decide({effect, u"x"_s, true}).reason.contains(u"outside"_s));
    }

    void allowsExactlyTheCommandThePersonAllowed()
    {
        Policy policy = policyWith(Mode::Ask);
        policy.allowForSession({Effect::Execute, u"make test"_s, false});
        QCOMPARE(decided(policy, {Effect::Execute, u"make test"_s, false}), u"allow"_s);
        QCOMPARE(decided(policy, {Effect::Execute, u"make test; rm -rf ~"_s, false}), u"ask"_s);
        QCOMPARE(decided(policy, {Effect::Write, u"make test"_s, false}), u"ask"_s);
    }

    void asksAgainWhenAnAllowedPathComesToLeadOutside()
    {
        Policy policy = policyWith(Mode::Ask);
        policy.allowForSession({Effect::Write, u"notes.txt"_s, false});
        QCOMPARE(decided(policy, {Effect::Write, u"notes.txt"_s, false}), u"allow"_s);
        QCOMPARE(decided(policy, {Effect::Write, u"notes.txt"_s, true}), u"ask"_s);
    }

    void keepsPlanModeReadOnlyWhateverWasAllowedBefore()
    {
        Policy policy = policyWith(Mode::Ask);
        policy.allowForSession({Effect::Execute, u"make"_s, false});
        policy.setMode(Mode::Plan);
        QCOMPARE(decided(policy, {Effect::Execute, u"make"_s, false}), u"refuse"_s);
        policy.setMode(Mode::Ask);
        QCOMPARE(decided(policy, {Effect::Execute, u"make"_s, false}), u"allow"_s);
    }

    void asksBeforeAWriteToWhatRunsLaterUnlessCommandsRunUnasked()
    {
        const Action hook{Effect::Write, u".git/hooks/pre-commit"_s, false, Action::Care::RunsLater,
            u"Git runs or obeys this file."_s, u"/p/.git/hooks/pre-commit"_s};
        QCOMPARE(decided(policyWith(Mode::Ask), hook), u"ask"_s);
        QCOMPARE(decided(policyWith(Mode::Edits), hook), u"ask"_s);
        QCOMPARE(decided(policyWith(Mode::Auto), hook), u"allow"_s);
        QCOMPARE(decided(policyWith(Mode::Plan), hook), u"refuse"_s);
        QVERIFY(policyWith(Mode::Edits).decide(hook).reason.endsWith(u"Git runs or obeys this file."_s));
    }

    void asksOnceASessionForAFileWithSecrets()
    {
        const Action env{Effect::Read, u".env"_s, false, Action::Care::Secret, u"Keys."_s, u"/p/.env"_s};
        const Action same{
            Effect::Read, u"./a/../.env"_s, false, Action::Care::Secret, u"Keys."_s, u"/p/.env"_s};
        const Action other{
            Effect::Read, u"b/.env"_s, false, Action::Care::Secret, u"Keys."_s, u"/p/b/.env"_s};
        for (const Mode mode : {Mode::Box, Mode::Ask, Mode::Edits, Mode::Auto, Mode::Plan}) {
            Policy policy = policyWith(mode);
            QCOMPARE(decided(policy, env), u"ask"_s);
            policy.allowOnce(env);
            QCOMPARE(decided(policy, same), u"allow"_s);
            QCOMPARE(decided(policy, other), u"ask"_s);
            QCOMPARE(policy.allowedSecrets(), QStringList{u"/p/.env"_s});
        }
    }

    void bindsWhatIsAllowedForASessionToThePlaceItLedTo()
    {
        Policy policy = policyWith(Mode::Ask);
        const Action link{Effect::Read, u"docs/x"_s, true, Action::Care::None, {}, u"/home/u/a"_s};
        const Action later{Effect::Read, u"docs/x"_s, true, Action::Care::None, {}, u"/home/u/b"_s};
        policy.allowForSession(link);
        QCOMPARE(decided(policy, link), u"allow"_s);
        QCOMPARE(decided(policy, later), u"ask"_s);
    }

    void knowsNoOtherModes() { QVERIFY(!modeFromString(u"Ask"_s) && !modeFromString(u""_s)); }
};

MEANWHILE_TEST(PermissionsTest)
#include "tst_permissions.moc"
