// SPDX-License-Identifier: MIT
#include "app/provideraccess.h"
#include "support/testregistry.h"
#include "wire/httpclient.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::App;
using namespace Qt::StringLiterals;

class ProviderAccessTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void isTheDemoWithoutAnyKey() { QCOMPARE(ProviderAccess::resolve({}, {}, {}, {}).provider, u"demo"_s); }

    void takesWhatHasAKey_data()
    {
        QTest::addColumn<QString>("variable");
        QTest::addColumn<QString>("provider");
        QTest::newRow("key") << u"ANTHROPIC_API_KEY"_s << u"anthropic"_s;
        QTest::newRow("token") << u"ANTHROPIC_AUTH_TOKEN"_s << u"anthropic"_s;
        QTest::newRow("key of OpenAI") << u"OPENAI_API_KEY"_s << u"openai"_s;
    }

    void takesWhatHasAKey()
    {
        QFETCH(QString, variable);
        QFETCH(QString, provider);
        QProcessEnvironment environment;
        environment.insert(variable, u"secret"_s);
        const ProviderAccess access = ProviderAccess::resolve({}, environment, {}, {});
        QCOMPARE(access.provider, provider);
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

    void keepsTheProvidersApart()
    {
        QProcessEnvironment environment;
        environment.insert(u"ANTHROPIC_AUTH_TOKEN"_s, u"other"_s);
        environment.insert(u"ANTHROPIC_BASE_URL"_s, u"http://other"_s);
        environment.insert(u"OPENAI_API_KEY"_s, u"secret"_s);
        environment.insert(u"OPENAI_BASE_URL"_s, u"localhost:11434"_s);
        environment.insert(u"OPENAI_MODEL"_s, u"m"_s);
        CommandLine line;
        line.provider = u"openai"_s;
        const ProviderAccess access = ProviderAccess::resolve(line, environment, {}, {});
        QCOMPARE(access, (ProviderAccess{u"openai"_s, u"localhost:11434"_s, u"secret"_s, {}, u"m"_s}));
        Wire::HttpClient transport;
        QCOMPARE(access.makeClient(transport, std::chrono::milliseconds(0))->provider(), u"openai"_s);
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
