// SPDX-License-Identifier: MIT
#include "box/boxpolicy.h"
#include "support/testregistry.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Box;

namespace {

const std::string kHead = "meanwhile-box 1\nkind full\nnetwork off\n";

BoxPolicy policyWithEverything()
{
    BoxPolicy policy;
    policy.kind = Kind::Reduced;
    policy.network = Network::Host;
    policy.project = "/home/a/pro\nject\t\\n";
    policy.temporary = "/state/tmp";
    policy.writable = {{"/state/npm", "/home/a/.npm"}, {"/git", "/git"}};
    policy.hidden = {"/home", "/root"};
    policy.shown = {"/home/a/.gitconfig"};
    policy.links = {{"/data/a", "/home/a"}};
    policy.secrets = {"/home/a/.ssh", "/home/a/\xff"};
    policy.pinned = {"/home/a/project/.git"};
    policy.protectedNames = {"/home/a/project/.git/hooks"};
    policy.sockets = {"/run/user/1000/s"};
    return policy;
}

} // namespace

class BoxPolicyTest : public QObject {
    Q_OBJECT

private slots:
    void aPolicyComesBackFromItsText()
    {
        for (const BoxPolicy &policy : {BoxPolicy(), policyWithEverything()}) {
            const std::string text = textOf(policy);
            const std::optional<BoxPolicy> read = parsePolicy(text);
            QVERIFY2(read.has_value(), text.c_str());
            QVERIFY(*read == policy);
        }
        QCOMPARE(textOf(BoxPolicy()), kHead);
    }

    void oneTextCutShortAnywhereIsRefusedOrAnotherPolicy()
    {
        const std::string text = textOf(policyWithEverything());
        for (std::size_t size = 0; size < text.size(); ++size) {
            const std::optional<BoxPolicy> read = parsePolicy(text.substr(0, size));
            QVERIFY(!read || (text[size - 1] == '\n' && *read != policyWithEverything()));
        }
    }

    void whatIsNotInOrderIsRefused_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::newRow("nothing") << std::string();
        QTest::newRow("another version") << std::string("meanwhile-box 2\nkind full\nnetwork off\n");
        QTest::newRow("only the head") << std::string("meanwhile-box 1\n");
        QTest::newRow("no head") << std::string("kind full\nnetwork off\n");
        QTest::newRow("unknown kind") << std::string("meanwhile-box 1\nkind none\nnetwork off\n");
        QTest::newRow("unknown name") << kHead + "everything yes\n";
        QTest::newRow("another order") << std::string("meanwhile-box 1\nnetwork off\nkind full\n");
        QTest::newRow("said twice") << kHead + "project /a\nproject /b\n";
        QTest::newRow("no end of line") << kHead + "project /a";
        QTest::newRow("an empty line") << kHead + "\n";
        QTest::newRow("relative") << kHead + "project a\n";
        QTest::newRow("empty path") << kHead + "project \n";
        QTest::newRow("above") << kHead + "project /a/../b\n";
        QTest::newRow("here") << kHead + "project /a/./b\n";
        QTest::newRow("two slashes") << kHead + "project /a//b\n";
        QTest::newRow("slash at the end") << kHead + "project /a/\n";
        QTest::newRow("unknown escape") << kHead + "project /a\\x\n";
        QTest::newRow("half an escape") << kHead + "project /a\\\n";
        QTest::newRow("raw tab") << kHead + "project /a\tb\n";
        QTest::newRow("binding without a place") << kHead + "writable /a\n";
        QTest::newRow("binding with three") << kHead + "writable /a\t/b\t/c\n";
        QTest::newRow("zero byte") << kHead + "project /a" + std::string(1, '\0') + "\n";
    }

    void whatIsNotInOrderIsRefused()
    {
        QFETCH(std::string, text);
        QVERIFY(!parsePolicy(text));
    }

    void aFolderHoldsItselfAndWhatLiesBelow()
    {
        QVERIFY(isWithin("/a/b", "/a/b"));
        QVERIFY(isWithin("/a/b/c", "/a/b"));
        QVERIFY(!isWithin("/a/bc", "/a/b"));
        QVERIFY(!isWithin("/a", "/a/b"));
        QVERIFY(isWithin("/a", "/"));
    }
};

MEANWHILE_TEST(BoxPolicyTest)
#include "tst_boxpolicy.moc"
