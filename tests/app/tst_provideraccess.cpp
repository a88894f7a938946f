// SPDX-License-Identifier: MIT
#include "app/provideraccess.h"
#include "support/testregistry.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::App;
using namespace Qt::StringLiterals;

class ProviderAccessTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void isTheDemoWithoutAnyKey() { QCOMPARE(ProviderAccess::resolve({}, {}, {}, {}).provider, u"demo"_s); }

    void takesWhatHasAKey_data()
    {
        QTest::addColumn<QString>("variable");
        QTest::newRow("key") << u"ANTHROPIC_API_KEY"_s;
        QTest::newRow("token") << u"ANTHROPIC_AUTH_TOKEN"_s;
    }

    void takesWhatHasAKey()
    {
        QFETCH(QString, variable);
        QProcessEnvironment environment;
        environment.insert(variable, u"secret"_s);
        const ProviderAccess access = ProviderAccess::resolve({}, environment, {}, {});
        QCOMPARE(access.provider, u"anthropic"_s);
        QCOMPARE(access.key + access.authToken, u"secret"_s);
    }

    void prefersTheCommandLineThenTheEnvironmentThenTheSettings()
    {
        Settings settings;
        settings.provider = u"anthropic"_s;
        settings.model = u"from-settings"_s;
        settings.baseUrl = u"http://settings"_s;
        QProcessEnvironment environment;
        ProviderAccess access = ProviderAccess::resolve({}, environment, settings, u"stored"_s);
        QCOMPARE(access,
            (ProviderAccess{u"anthropic"_s, u"http://settings"_s, u"stored"_s, {}, u"from-settings"_s}));
        environment.insert(u"ANTHROPIC_MODEL"_s, u"from-environment"_s);
        environment.insert(u"ANTHROPIC_API_KEY"_s, u"fresh"_s);
        access = ProviderAccess::resolve({}, environment, settings, u"stored"_s);
        QCOMPARE(access.model, u"from-environment"_s);
        QCOMPARE(access.key, u"fresh"_s);
        CommandLine line;
        line.model = u"from-line"_s;
        line.baseUrl = u"http://line"_s;
        access = ProviderAccess::resolve(line, environment, settings, u"stored"_s);
        QCOMPARE(access.model, u"from-line"_s);
        QCOMPARE(access.baseUrl, u"http://line"_s);
    }

    void givesTheStoredKeyToItsOwnProviderOnly()
    {
        Settings settings;
        settings.provider = u"demo"_s;
        settings.baseUrl = u"http://elsewhere"_s;
        CommandLine line;
        line.provider = u"anthropic"_s;
        const ProviderAccess access = ProviderAccess::resolve(line, {}, settings, u"stored"_s);
        QVERIFY(access.key.isEmpty());
        QVERIFY(access.baseUrl.isEmpty());
    }

    void keepsTheKeyOutOfTheDemo()
    {
        CommandLine line;
        line.provider = u"demo"_s;
        QProcessEnvironment environment;
        environment.insert(u"ANTHROPIC_AUTH_TOKEN"_s, u"secret"_s);
        QCOMPARE(ProviderAccess::resolve(line, environment, {}, {}),
            (ProviderAccess{u"demo"_s, {}, {}, {}, u"demo"_s}));
    }
};

MEANWHILE_TEST(ProviderAccessTest)
#include "tst_provideraccess.moc"
