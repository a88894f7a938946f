// SPDX-License-Identifier: MIT
#include "app/commandline.h"
#include "base/trustedsettings.h"
#include "support/testregistry.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::App;
using namespace Qt::StringLiterals;

class CommandLineParsingTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void readsEveryOption()
    {
        const auto line = CommandLine::parse(
            {u"meanwhile"_s, u"-p"_s, u"hi"_s, u"--output-format"_s, u"stream-json"_s, u"--provider"_s,
                u"anthropic"_s, u"--model"_s, u"m"_s, u"--base-url"_s, u"http://x"_s, u"--permission-mode"_s,
                u"plan"_s, u"--continue"_s, u"--no-wait"_s, u"--max-turns"_s, u"3"_s, u"folder"_s});
        QVERIFY(line);
        CommandLine expected;
        expected.print = u"hi"_s;
        expected.format = OutputFormat::StreamJson;
        expected.provider = u"anthropic"_s;
        expected.model = u"m"_s;
        expected.baseUrl = u"http://x"_s;
        expected.mode = Permissions::Mode::Plan;
        expected.continueNewest = true;
        expected.wait = false;
        expected.maxRequests = 3;
        expected.folder = u"folder"_s;
        QCOMPARE(*line, expected);
    }

    void opensAWindowByDefault()
    {
        const auto line = CommandLine::parse({u"meanwhile"_s});
        QVERIFY(line && !line->print);
    }

    void takesADashAsAPrompt()
    {
        QCOMPARE(CommandLine::parse({u"meanwhile"_s, u"-p"_s, u"-"_s})->print, u"-"_s);
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("words");
        QTest::newRow("unknown option") << QStringList{u"--frobnicate"_s} << u"frobnicate"_s;
        QTest::newRow("prompt missing") << QStringList{u"-p"_s} << u"p"_s;
        QTest::newRow("format") << QStringList{u"-p"_s, u"x"_s, u"--output-format"_s, u"xml"_s}
                                << u"stream-json"_s;
        QTest::newRow("mode") << QStringList{u"--permission-mode"_s, u"yolo"_s} << u"plan"_s;
        QTest::newRow("turns") << QStringList{u"--max-turns"_s, u"0"_s} << u"whole number"_s;
        QTest::newRow("two folders") << QStringList{u"a"_s, u"b"_s} << u"Only one folder"_s;
        QTest::newRow("both ways") << QStringList{u"-p"_s, u"x"_s, u"--send"_s, u"y"_s} << u"--send"_s;
    }

    void saysWhatIsWrong()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, words);
        const auto line = CommandLine::parse(QStringList{u"meanwhile"_s} + arguments);
        QVERIFY(!line);
        QVERIFY2(line.error().message.contains(words), qPrintable(line.error().message));
        QVERIFY(line.error().message.contains(u"--help"_s));
    }

    void knowsAProviderByItsName_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("id"); // empty: there is none
        QTest::newRow("built in") << u"openai"_s << u"openai"_s;
        QTest::newRow("the person's own") << u"My Gateway"_s << u"custom-my-gateway"_s;
        QTest::newRow("in small letters") << u"my gateway"_s << u"custom-my-gateway"_s;
        QTest::newRow("unknown") << u"acme"_s << QString();
    }

    void knowsAProviderByItsName()
    {
        QFETCH(QString, name);
        QFETCH(QString, id);
        const QTemporaryDir home;
        QProcessEnvironment environment;
        environment.insert(u"MEANWHILE_HOME"_s, home.path());
        const StatePaths paths = StatePaths::fromEnvironment(environment);
        QVERIFY(paths.create());
        Settings settings;
        settings.addCustomProvider(u"My Gateway"_s, u"https://gateway.example/v1"_s);
        TrustedSettings::save(settings, paths);
        const auto line =
            CommandLine::parse({u"meanwhile"_s, u"--provider"_s, name, u"-p"_s, u"hi"_s})->resolved(paths);
        if (!id.isEmpty()) {
            QCOMPARE(line->provider, id);
            return;
        }
        QVERIFY(!line);
        for (const QString &one : {name, u"anthropic, openai, demo, My Gateway"_s, u"--help"_s})
            QVERIFY2(line.error().message.contains(one), qPrintable(line.error().message));
    }

    void refusesWhatContradictsItself_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("names");
        QTest::newRow("an empty id") << QStringList{u"-p"_s, u"x"_s, u"--resume"_s, {}} << u"--resume"_s;
        QTest::newRow("two conversations")
            << QStringList{u"--continue"_s, u"--resume"_s, u"a"_s} << u"--continue"_s;
        QTest::newRow("two prompts") << QStringList{u"-p"_s, u"x"_s, u"-p"_s, u"y"_s} << u"--print"_s;
        QTest::newRow("format without -p") << QStringList{u"--output-format"_s, u"json"_s} << u"-p"_s;
        QTest::newRow("no-wait without -p") << QStringList{u"--no-wait"_s} << u"-p"_s;
        QTest::newRow("max-turns without -p") << QStringList{u"--max-turns"_s, u"3"_s} << u"-p"_s;
    }

    void refusesWhatContradictsItself()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, names);
        const auto line = CommandLine::parse(QStringList{u"meanwhile"_s} + arguments);
        QVERIFY(!line);
        QVERIFY2(line.error().message.contains(names), qPrintable(line.error().message));
    }

    void helpNamesEveryOption()
    {
        const QString help = CommandLine::helpText();
        for (const QString &option : {u"--print"_s, u"--send"_s, u"--output-format"_s, u"--provider"_s,
                 u"--model"_s, u"--base-url"_s, u"--permission-mode"_s, u"--continue"_s, u"--resume"_s,
                 u"--no-wait"_s, u"--max-turns"_s, u"FOLDER"_s})
            QVERIFY2(help.contains(option), qPrintable(option));
    }
};

MEANWHILE_TEST(CommandLineParsingTest)
#include "tst_commandline.moc"
