// SPDX-License-Identifier: MIT
#include "base/settings.h"
#include "support/testregistry.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Qt::StringLiterals;

namespace {

CustomProvider gateway()
{
    return {u"custom-gateway"_s, u"Gateway"_s, u"openai"_s, u"https://gateway.example/v1"_s,
        {u"api-key: {key}"_s, u"X-Team: shop, window = 3; \"quoted\""_s}};
}

} // namespace

class SettingsTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void comeBackAsTheyWere()
    {
        const QTemporaryDir folder;
        QCOMPARE(Settings::load(folder.path()), Settings());
        Settings settings;
        settings.provider = u"anthropic"_s;
        settings.model = u"some-model"_s;
        settings.thinking = u"low"_s;
        settings.logDays = 7;
        settings.logGigabytes = 1;
        settings.notifiesOfApprovals = false;
        settings.notifiesOfTasks = false;
        settings.notifiesOfTurns = false;
        settings.otherProviders = {{u"openai"_s, {u"https://a.example"_s, u"other"_s}}, {u"demo"_s, {}}};
        settings.customProviders = {gateway(), {u"custom-b"_s, u"B"_s, u"anthropic"_s, u"http://b"_s, {}}};
        settings.save(folder.path());
        QCOMPARE(Settings::load(folder.path()), settings);
        // What was removed does not come back.
        settings.customProviders.removeFirst();
        settings.otherProviders.remove(u"demo"_s);
        settings.save(folder.path());
        QCOMPARE(Settings::load(folder.path()), settings);
    }

    void readAFileFromBeforeThereWereOtherProviders()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath(u"settings.ini"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[model]\nprovider=anthropic\nid=some-model\nbaseUrl=https://a.example\n");
        file.close();
        const Settings settings = Settings::load(folder.path());
        QCOMPARE(settings.model, u"some-model"_s);
        QCOMPARE(settings.baseUrl, u"https://a.example"_s);
        QCOMPARE(settings.thinking, u"automatic"_s);
    }

    void keepLogsWhereAFileSaysNothingUseful()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath(u"settings.ini"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[tasks]\nlogDays=0\nlogGigabytes=lots\n");
        file.close();
        QCOMPARE(Settings::load(folder.path()), Settings());
    }

    void rememberTheLastChoiceWithEachProvider()
    {
        Settings settings;
        settings.provider = u"anthropic"_s;
        settings.baseUrl = u"https://proxy.example"_s;
        settings.model = u"a"_s;
        settings.useProvider(u"openai"_s);
        QCOMPARE(settings.model, QString());
        QCOMPARE(settings.baseUrl, QString());
        settings.model = u"o"_s;
        settings.useProvider(u"anthropic"_s);
        QCOMPARE(settings.model, u"a"_s);
        QCOMPARE(settings.baseUrl, u"https://proxy.example"_s);
        settings.useProvider(u"anthropic"_s);
        QCOMPARE(settings.model, u"a"_s);
        settings.useProvider(u"openai"_s);
        QCOMPARE(settings.model, u"o"_s);
    }

    void findTheirOwnProviders()
    {
        Settings settings;
        settings.customProviders = {gateway()};
        QCOMPARE(*settings.customProvider(u"custom-gateway"_s), gateway());
        QVERIFY(!settings.customProvider(u"anthropic"_s));
    }

    void sayWhatIsWrongWithAProvider_data()
    {
        QTest::addColumn<CustomProvider>("provider");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *name, const auto &change, const QString &words) {
            CustomProvider provider = gateway();
            change(provider);
            QTest::newRow(name) << provider << words;
        };
        row("fine", [](CustomProvider &) {}, {});
        row(
            "no name", [](CustomProvider &p) { p.name = u"  "_s; }, u"a name"_s);
        row(
            "a name that is taken", [](CustomProvider &p) { p.name = u"openai"_s; }, u"“openai”"_s);
        row(
            "no address", [](CustomProvider &p) { p.baseUrl.clear(); }, u"Enter the provider's address"_s);
        row(
            "an address without a scheme", [](CustomProvider &p) { p.baseUrl = u"host/v1"_s; },
            u"https://host"_s);
        row(
            "a key in the address", [](CustomProvider &p) { p.baseUrl = u"https://me:secret@host"_s; },
            u"https://host"_s);
        row(
            "no colon", [](CustomProvider &p) { p.headers = QStringList{u"X-Team shop"_s}; },
            u"Name: value"_s);
        row(
            "a line end", [](CustomProvider &p) { p.headers = QStringList{u"X: a\r\nY: b"_s}; },
            u"Name: value"_s);
        row(
            "not ASCII", [](CustomProvider &p) { p.headers = QStringList{u"X: é"_s}; }, u"Name: value"_s);
        row(
            "our own", [](CustomProvider &p) { p.headers = QStringList{u"Content-Type: x"_s}; }, u"itself"_s);
        row(
            "a secret", [](CustomProvider &p) { p.headers = QStringList{u"Authorization: Bearer sk-1"_s}; },
            u"{key}"_s);
        row("the key's place",
            [](CustomProvider &p) { p.headers = QStringList{u"Authorization: Token {key}"_s}; }, {});
    }

    void sayWhatIsWrongWithAProvider()
    {
        QFETCH(CustomProvider, provider);
        QFETCH(QString, words);
        const QString problem = provider.problem({u"Anthropic"_s, u"OpenAI"_s});
        QVERIFY2(words.isEmpty() ? problem.isEmpty() : problem.contains(words), qPrintable(problem));
    }

    void putTheKeyWhereAHeaderWantsIt()
    {
        using Headers = QList<QPair<QByteArray, QByteArray>>;
        QVERIFY(gateway().hasKeyInHeaders());
        QCOMPARE(gateway().headersWith(u"sk-1"_s),
            (Headers{{"api-key", "sk-1"}, {"X-Team", "shop, window = 3; \"quoted\""}}));
        QCOMPARE(gateway().headersWith(u"a\r\nX-Evil: 1"_s).first().second, "a X-Evil: 1");
        QVERIFY(!CustomProvider().hasKeyInHeaders());
    }

    void giveEachProviderAnIdOfItsOwn()
    {
        QCOMPARE(customProviderId(u"LM Studio"_s, {}), u"custom-lm-studio"_s);
        QCOMPARE(customProviderId(u"LM Studio"_s, {u"custom-lm-studio"_s}), u"custom-lm-studio-2"_s);
        QCOMPARE(customProviderId(u"../../x"_s, {}), u"custom--x"_s);
    }
};

MEANWHILE_TEST(SettingsTest)
#include "tst_settings.moc"
