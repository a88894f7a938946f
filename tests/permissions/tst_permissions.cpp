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
    }
    return {};
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
        const Policy policy(modeFromString(mode).value_or(Mode::Ask));
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

    void tellsTheModelWhatItMayDoInsteadOfEachRefusal()
    {
        const Policy policy(Mode::Plan);
        for (const Effect effect : {Effect::Write, Effect::Execute, Effect::Stop, Effect::Reach}) {
            const QString reason = policy.decide({effect, u"x"_s, false}).reason;
            QVERIFY2(reason.contains(u"plan mode"_s) && reason.count(u'.') >= 2, qPrintable(reason));
        }
    }

    void givesThePersonAReasonForEachQuestion()
    {
        const Policy policy(Mode::Ask);
        for (const Effect effect : {Effect::Write, Effect::Execute})
            QVERIFY(!policy.decide({effect, u"x"_s, false}).reason.isEmpty());
        for (const Effect effect : {Effect::Read, Effect::Write, Effect::Execute})
            QVERIFY(policy.decide({effect, u"x"_s, true}).reason.contains(u"outside"_s));
    }

    void allowsExactlyTheCommandThePersonAllowed()
    {
        Policy policy;
        policy.allowForSession({Effect::Execute, u"make test"_s, false});
        QCOMPARE(decided(policy, {Effect::Execute, u"make test"_s, false}), u"allow"_s);
        QCOMPARE(decided(policy, {Effect::Execute, u"make test; rm -rf ~"_s, false}), u"ask"_s);
        QCOMPARE(decided(policy, {Effect::Write, u"make test"_s, false}), u"ask"_s);
    }

    void asksAgainWhenAnAllowedPathComesToLeadOutside()
    {
        Policy policy;
        policy.allowForSession({Effect::Write, u"notes.txt"_s, false});
        QCOMPARE(decided(policy, {Effect::Write, u"notes.txt"_s, false}), u"allow"_s);
        QCOMPARE(decided(policy, {Effect::Write, u"notes.txt"_s, true}), u"ask"_s);
    }

    void keepsPlanModeReadOnlyWhateverWasAllowedBefore()
    {
        Policy policy;
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
        QCOMPARE(decided(Policy(Mode::Ask), hook), u"ask"_s);
        QCOMPARE(decided(Policy(Mode::Edits), hook), u"ask"_s);
        QCOMPARE(decided(Policy(Mode::Auto), hook), u"allow"_s);
        QCOMPARE(decided(Policy(Mode::Plan), hook), u"refuse"_s);
        QVERIFY(Policy(Mode::Edits).decide(hook).reason.endsWith(u"Git runs or obeys this file."_s));
    }

    void asksOnceASessionForAFileWithSecrets()
    {
        const Action env{Effect::Read, u".env"_s, false, Action::Care::Secret, u"Keys."_s, u"/p/.env"_s};
        const Action same{
            Effect::Read, u"./a/../.env"_s, false, Action::Care::Secret, u"Keys."_s, u"/p/.env"_s};
        const Action other{
            Effect::Read, u"b/.env"_s, false, Action::Care::Secret, u"Keys."_s, u"/p/b/.env"_s};
        for (const Mode mode : {Mode::Ask, Mode::Edits, Mode::Auto, Mode::Plan}) {
            Policy policy(mode);
            QCOMPARE(decided(policy, env), u"ask"_s);
            policy.allowOnce(env);
            QCOMPARE(decided(policy, same), u"allow"_s);
            QCOMPARE(decided(policy, other), u"ask"_s);
            QCOMPARE(policy.allowedSecrets(), QStringList{u"/p/.env"_s});
        }
    }

    void bindsWhatIsAllowedForASessionToThePlaceItLedTo()
    {
        Policy policy;
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
