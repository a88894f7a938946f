// SPDX-License-Identifier: MIT
#include "base/trustedsettings.h"
#include "support/testregistry.h"

#include <QtTest>

#include <sys/stat.h>

using namespace Meanwhile;
using namespace Qt::StringLiterals;

namespace {

using Change = std::function<void(Settings &)>;

struct Place {
    QTemporaryDir root;
    StatePaths paths{root.filePath(u"config"_s), root.filePath(u"state"_s), root.filePath(u"state/tasks"_s)};

    Place() { static_cast<void>(paths.create()); }
    /// As any program of the person's can.
    void writeFile(const Change &change) const
    {
        Settings settings = Settings::load(paths.config);
        change(settings);
        settings.save(paths.config);
    }
};

Settings chosen()
{
    Settings settings;
    settings.provider = u"anthropic"_s;
    settings.baseUrl = u"https://mine.example"_s;
    settings.model = u"some-model"_s;
    settings.permissionMode = u"edits"_s;
    settings.passedOn.insert(u"/p"_s, {u"NPM_TOKEN"_s});
    settings.addCustomProvider(u"Gateway"_s, u"https://gateway.example/v1"_s);
    return settings;
}

void addChanges()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("says");
    QTest::newRow("mode") << Change([](Settings &s) { s.permissionMode = u"auto"_s; }) << u"auto"_s;
    QTest::newRow("address") << Change([](Settings &s) { s.baseUrl = u"http://evil.example"_s; })
                             << u"http://evil.example"_s;
    QTest::newRow("address of another provider")
        << Change([](Settings &s) { s.otherProviders[u"openai"_s].baseUrl = u"http://evil.example"_s; })
        << u"http://evil.example"_s;
    QTest::newRow("new provider of one's own")
        << Change([](Settings &s) { s.addCustomProvider(u"Evil"_s, u"http://evil.example"_s); })
        << u"http://evil.example"_s;
    QTest::newRow("passed on") << Change([](Settings &s) {
        s.passedOn[u"/p"_s] = QStringList{u"AWS_SECRET_ACCESS_KEY"_s};
    }) << u"(AWS_SECRET_ACCESS_KEY)"_s;
}

} // namespace

class TrustedSettingsTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void countAsTheyWereChosenHere()
    {
        const Place place;
        TrustedSettings::save(chosen(), place.paths);
        const TrustedSettings loaded = TrustedSettings::load(place.paths);
        QCOMPARE(loaded.settings, chosen());
        QVERIFY(!loaded.fromOutside);
        QCOMPARE(loaded.changes(), QString());
        for (const QString &name :
            {u"state/trusted.json"_s, u"state/trusted.key"_s, u"config/settings.ini"_s}) {
            const QFile::Permissions mode = QFile::permissions(place.root.filePath(name));
            QCOMPARE(mode & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        }
    }

    void waitForNoPipeInTheirPlace()
    {
        const Place place;
        for (const QString &name :
            {u"state/trusted.json"_s, u"state/trusted.key"_s, u"config/settings.ini"_s})
            QCOMPARE(mkfifo(qPrintable(place.root.filePath(name)), 0600), 0);
        QCOMPARE(TrustedSettings::load(place.paths).settings, Settings());
        TrustedSettings::save(chosen(), place.paths);
        QCOMPARE(TrustedSettings::load(place.paths).settings, chosen());
    }

    void keepCountingWhenTheFileWasChangedOutside_data()
    {
        addChanges();
        QTest::newRow("not passed on any more")
            << Change([](Settings &s) { s.passedOn.clear(); }) << u"fewer variables"_s;
        QTest::newRow("address of no provider that is named") << Change([](Settings &s) {
            s.useProvider(QString());
            s.baseUrl = u"http://evil.example"_s;
        }) << u"address http://evil.example"_s;
        QTest::newRow("provider") << Change([](Settings &s) { s.useProvider(u"openai"_s); }) << u"openai"_s;
        QTest::newRow("address of one's own provider")
            << Change([](Settings &s) { s.customProviders[0].baseUrl = u"http://evil.example"_s; })
            << u"http://evil.example"_s;
    }

    void keepCountingWhenTheFileWasChangedOutside()
    {
        QFETCH(Change, change);
        QFETCH(QString, says);
        const Place place;
        TrustedSettings::save(chosen(), place.paths);
        place.writeFile(change);
        for (int i = 0; i < 2; ++i) { // until somebody decides
            const TrustedSettings loaded = TrustedSettings::load(place.paths);
            QCOMPARE(loaded.settings.permissionMode, u"edits"_s);
            QCOMPARE(loaded.settings.provider, u"anthropic"_s);
            QCOMPARE(loaded.settings.baseUrl, u"https://mine.example"_s);
            QCOMPARE(loaded.settings.model, u"some-model"_s);
            QCOMPARE(loaded.settings.customProviders, chosen().customProviders);
            QCOMPARE(loaded.settings.passedOn, chosen().passedOn);
            QCOMPARE(loaded.settings.lastChoice(u"openai"_s).baseUrl, QString());
            QVERIFY2(loaded.changes().contains(says), qPrintable(loaded.changes()));
            QVERIFY(loaded.fromOutside);
        }
        const Settings fromOutside = *TrustedSettings::load(place.paths).fromOutside;
        TrustedSettings::save(fromOutside, place.paths);
        QCOMPARE(TrustedSettings::load(place.paths).settings, fromOutside);
        QCOMPARE(TrustedSettings::load(place.paths).changes(), QString());
    }

    void leaveWhatWasChangedOutsideInTheFileUntilSomebodyDecides_data()
    {
        keepCountingWhenTheFileWasChangedOutside_data();
    }

    void leaveWhatWasChangedOutsideInTheFileUntilSomebodyDecides()
    {
        QFETCH(Change, change);
        const Place place;
        TrustedSettings::save(chosen(), place.paths);
        place.writeFile(change);
        const QString changes = TrustedSettings::load(place.paths).changes();
        Settings settings = chosen();
        settings.rememberFolder(u"/p"_s);
        settings.theme = u"dark"_s;
        settings.model = u"newer-model"_s;
        TrustedSettings::saveChanges(chosen(), settings, place.paths);
        for (int i = 0; i < 2; ++i) { // as often as something is saved
            const TrustedSettings loaded = TrustedSettings::load(place.paths);
            QCOMPARE(loaded.changes(), changes);
            QCOMPARE(loaded.settings.theme, u"dark"_s);
            QCOMPARE(loaded.settings.recentFolders, QStringList{u"/p"_s});
            QCOMPARE(loaded.settings.model, u"newer-model"_s);
            TrustedSettings::saveChanges(settings, settings, place.paths);
        }
        TrustedSettings::save(settings, place.paths);
        QCOMPARE(TrustedSettings::load(place.paths).settings, settings);
        settings.permissionMode = u"plan"_s; // nothing waits any more
        TrustedSettings::saveChanges(chosen(), settings, place.paths);
        QCOMPARE(TrustedSettings::load(place.paths).settings, settings);
    }

    void takeAnOldFileOverButForWhatIsRisky_data() { addChanges(); }

    void takeAnOldFileOverButForWhatIsRisky()
    {
        QFETCH(Change, change);
        QFETCH(QString, says);
        const Place place;
        place.writeFile([](Settings &settings) {
            settings.provider = u"openai"_s;
            settings.model = u"m"_s;
            settings.theme = u"dark"_s;
        });
        place.writeFile(change);
        const TrustedSettings loaded = TrustedSettings::load(place.paths);
        QCOMPARE(loaded.settings.permissionMode, u"ask"_s);
        QCOMPARE(loaded.settings.baseUrl, QString());
        QCOMPARE(loaded.settings.provider, u"openai"_s);
        QCOMPARE(loaded.settings.theme, u"dark"_s);
        QVERIFY(loaded.settings.customProviders.isEmpty() && loaded.settings.passedOn.isEmpty());
        QVERIFY2(loaded.changes().contains(says), qPrintable(loaded.changes()));
    }

    void takeAHarmlessOldFileOverAndGuardIt()
    {
        const Place place;
        place.writeFile([](Settings &settings) { settings.permissionMode = u"plan"_s; });
        QCOMPARE(TrustedSettings::load(place.paths).settings.permissionMode, u"plan"_s);
        QCOMPARE(TrustedSettings::load(place.paths).changes(), QString());
        place.writeFile([](Settings &settings) { settings.permissionMode = u"edits"_s; });
        QCOMPARE(TrustedSettings::load(place.paths).settings.permissionMode, u"plan"_s);
    }

    void doNotCountWhenTheSignatureWasTakenAwayOrForged_data()
    {
        QTest::addColumn<QByteArray>("forged");
        QTest::addColumn<bool>("hasKey");
        const QByteArray forged(R"({"values":{"mode":"auto"},"signature":"00"})");
        QTest::newRow("taken away") << QByteArray() << true;
        QTest::newRow("taken away with its key") << QByteArray() << false;
        QTest::newRow("forged") << forged << true;
        QTest::newRow("forged without a key") << forged << false;
    }

    void doNotCountWhenTheSignatureWasTakenAwayOrForged()
    {
        QFETCH(QByteArray, forged);
        const Place place;
        TrustedSettings::save(Settings(), place.paths);
        place.writeFile([](Settings &settings) { settings.permissionMode = u"edits"_s; });
        QFETCH(bool, hasKey);
        QFile signature(place.root.filePath(u"state/trusted.json"_s));
        QVERIFY(signature.remove());
        if (!hasKey)
            QVERIFY(QFile::remove(place.root.filePath(u"state/trusted.key"_s)));
        if (!forged.isEmpty()) {
            QVERIFY(signature.open(QIODevice::WriteOnly));
            signature.write(forged);
            signature.close();
        }
        QCOMPARE(TrustedSettings::load(place.paths).settings.permissionMode, u"ask"_s);
    }
};

MEANWHILE_TEST(TrustedSettingsTest)
#include "tst_trustedsettings.moc"
