// SPDX-License-Identifier: MIT
#include "support/testregistry.h"
#include "tasks/childenvironment.h"
#include "tasks/secretvariable.h"

#include <QtTest>

using namespace Meanwhile::Tasks;
using namespace Qt::StringLiterals;

class ChildEnvironmentTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void knowsTheKeysOfModels_data()
    {
        QTest::addColumn<bool>("isKey");
        for (const char *name : {"ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "OPENAI_API_KEY",
                 "GEMINI_API_KEY", "AZURE_OPENAI_API_KEY", "OPENROUTER_API_KEY", "MISTRAL_API_KEY",
                 "CLAUDE_CODE_OAUTH_TOKEN", "anthropic_api_key"})
            QTest::newRow(name) << true;
        for (const char *name : {"STRIPE_API_KEY", "ANTHROPIC_BASE_URL", "OPENAI_MODEL", "GITHUB_TOKEN",
                 "PATH", "MY_OPENAI_API_KEY_NAME", "XAIR_API_KEY", "_API_KEY", "NPM_AUTH_TOKEN"})
            QTest::newRow(name) << false;
    }

    void knowsTheKeysOfModels()
    {
        QFETCH(bool, isKey);
        QCOMPARE(isModelKey(QString::fromLatin1(QTest::currentDataTag())), isKey);
    }

    void holdsSecretsBackAndTurnsPagersOff()
    {
        QProcessEnvironment own;
        own.insert(u"ANTHROPIC_API_KEY"_s, u"secret"_s);
        own.insert(u"STRIPE_API_KEY"_s, u"test"_s);
        own.insert(u"NPM_TOKEN"_s, u"test"_s);
        own.insert(u"TERM"_s, u"xterm"_s);
        own.insert(u"PAGER"_s, u"less"_s);
        QCOMPARE(ChildEnvironment::heldBack(own),
            (QStringList{u"ANTHROPIC_API_KEY"_s, u"NPM_TOKEN"_s, u"STRIPE_API_KEY"_s}));
        QStringList entries = ChildEnvironment::make(own, {}, {u"STRIPE_API_KEY"_s}).toStringList();
        entries.sort();
        QCOMPARE(entries, (QStringList{u"GIT_PAGER=cat"_s, u"GIT_TERMINAL_PROMPT=0"_s, u"NO_COLOR=1"_s,
                              u"PAGER=cat"_s, u"STRIPE_API_KEY=test"_s, u"TERM=dumb"_s}));
    }

    void putsTheLoginPathFirstAndNothingTwice()
    {
        QProcessEnvironment own;
        own.insert(u"PATH"_s, u"/usr/bin:/opt/app"_s);
        QCOMPARE(ChildEnvironment::make(own, u"/home/me/bin:/usr/bin"_s).value(u"PATH"_s),
            u"/home/me/bin:/usr/bin:/opt/app"_s);
        QCOMPARE(ChildEnvironment::make(own).value(u"PATH"_s), u"/usr/bin:/opt/app"_s);
    }

    void tellsADesktopStartFromATerminal()
    {
        QProcessEnvironment own;
        QVERIFY(ChildEnvironment::lacksLoginShell(own));
        own.insert(u"SHLVL"_s, u"1"_s);
        QVERIFY(!ChildEnvironment::lacksLoginShell(own));
    }
};

MEANWHILE_TEST(ChildEnvironmentTest)
#include "tst_childenvironment.moc"
