// SPDX-License-Identifier: MIT
#include "app/commandenvironment.h"
#include "app/startenvironment.h"
#include "support/testregistry.h"

#include <QtTest>

using namespace Meanwhile::App;
using namespace Qt::StringLiterals;

class StartEnvironmentTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void keepsTheKeysApart()
    {
        QProcessEnvironment given;
        for (const QString &name : {u"ANTHROPIC_API_KEY"_s, u"ANTHROPIC_AUTH_TOKEN"_s, u"OPENAI_API_KEY"_s})
            given.insert(name, u"secret"_s);
        given.insert(u"NPM_TOKEN"_s, u"other"_s);
        given.insert(u"SHLVL"_s, u"1"_s); // no login shell is asked
        const StartEnvironment environment(given);
        QCOMPARE(environment.key(u"OPENAI_API_KEY"_s).toString(), u"secret"_s);
        QCOMPARE(environment.value(u"OPENAI_API_KEY"_s), QString());
        const CommandEnvironment commands(environment.variables(), {});
        QCOMPARE(commands.heldBack(), QStringList{u"NPM_TOKEN"_s});
        const QStringList all{u"NPM_TOKEN"_s, u"ANTHROPIC_API_KEY"_s, u"OPENAI_API_KEY"_s};
        QVERIFY(!commands.current({}).contains(u"NPM_TOKEN"_s));
        QVERIFY(commands.current(all).contains(u"NPM_TOKEN"_s));
        QVERIFY(!commands.current(all).contains(u"ANTHROPIC_API_KEY"_s)); // not even when it is asked for
    }

    void takesTheBlanksAroundAValueAway_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name :
            {"ANTHROPIC_API_KEY", "OPENAI_BASE_URL", "ANTHROPIC_MODEL", "MEANWHILE_CA_FILE", "MEANWHILE_HOME",
                "MEANWHILE_MAX_TRIES", "https_proxy", "HTTP_PROXY", "no_proxy"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }

    void takesTheBlanksAroundAValueAway()
    {
        QFETCH(QString, name);
        QProcessEnvironment given;
        given.insert(name, u" \t value\r\n"_s);
        given.insert(u"PS1"_s, u"a\nb "_s); // nobody's business here
        const StartEnvironment environment(given);
        QVERIFY(environment.check());
        QCOMPARE(environment.value(name) + environment.key(name).toString(), u"value"_s);
        QCOMPARE(environment.value(u"PS1"_s), u"a\nb "_s);
    }

    void doesNotUseAValueWithAnInvisibleCharacter_data()
    {
        QTest::addColumn<QString>("value");
        QTest::newRow("line feed") << u"sk\nX-Evil: 1"_s;
        QTest::newRow("carriage return") << u"sk\rabc"_s;
        QTest::newRow("zero width") << u"sk\u200babc"_s;
        QTest::newRow("escape") << u"sk\x1b[A"_s;
        QTest::newRow("line separator") << u"sk\u2028abc"_s;
    }

    void doesNotUseAValueWithAnInvisibleCharacter()
    {
        QFETCH(QString, value);
        QProcessEnvironment given;
        given.insert(u"OPENAI_API_KEY"_s, value);
        const StartEnvironment environment(given);
        QVERIFY(environment.key(u"OPENAI_API_KEY"_s).isEmpty());
        QVERIFY(!environment.check());
        QVERIFY(environment.check().error().message.contains(u"OPENAI_API_KEY"_s));
        QVERIFY(!environment.check().error().message.contains(u"sk"_s));
    }
};

MEANWHILE_TEST(StartEnvironmentTest)
#include "tst_startenvironment.moc"
