// SPDX-License-Identifier: MIT
#include "shownsettings.h"
#include "support/testregistry.h"

#include <QComboBox>
#include <QListWidget>
#include <QMenu>

using namespace Meanwhile;
using namespace Qt::StringLiterals;
using Shown = Testing::ShownSettings;

class ProviderChoiceTest : public QObject {
    Q_OBJECT

private slots:
    void takesAnAddressAsTheCommandLineDoes_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("kept");
        QTest::newRow("this machine") << u"127.0.0.1:8765"_s << u"http://127.0.0.1:8765"_s;
        QTest::newRow("its name") << u" localhost:11434/v1 "_s << u"http://localhost:11434/v1"_s;
        QTest::newRow("another") << u"api.example.com"_s << u"https://api.example.com"_s;
        QTest::newRow("whole") << u"http://api.example.com/v1"_s << u"http://api.example.com/v1"_s;
    }

    void takesAnAddressAsTheCommandLineDoes()
    {
        QFETCH(QString, typed);
        QFETCH(QString, kept);
        Shown shown;
        shown.type("key", u"sk-1"_s);
        shown.type("baseUrl", typed);
        shown.click("check");
        QCOMPARE(shown.providers.checked.size(), 1);
        QCOMPARE(shown.providers.checked.first().baseUrl, kept);
        shown.click("saveSettings");
        QTRY_COMPARE(shown.saved->count(), 1);
        QCOMPARE(shown.result().baseUrl, kept);
    }

    void showsWhatWasSaidAtTheStartAndKeepsOnlyWhatIsEdited()
    {
        Shown shown;
        shown.providers.inUse = u"openai"_s;
        shown.providers.given = {u"openai"_s, {u"127.0.0.1:8765"_s, u"local-model"_s}};
        Settings settings;
        settings.otherProviders.insert(u"openai"_s, {{}, u"stored-model"_s});
        shown.open(settings);
        QCOMPARE(shown.child<QComboBox>("provider")->currentData().toString(), u"openai"_s);
        QCOMPARE(shown.child<QLineEdit>("baseUrl")->text(), u"http://127.0.0.1:8765"_s);
        QCOMPARE(shown.child<QComboBox>("model")->currentText(), u"local-model"_s);
        QVERIFY(shown.child<QLabel>("givenNote")->isVisible());
        shown.click("saveSettings");
        QCOMPARE(shown.result(), settings);
        shown.open(settings);
        shown.type("baseUrl", u"http://127.0.0.1:9999"_s);
        QVERIFY(shown.child<QLabel>("givenNote")->isVisible()); // the model
        shown.type("modelText", u"mine"_s);
        QVERIFY(!shown.child<QLabel>("givenNote")->isVisible());
        shown.click("saveSettings");
        QCOMPARE(shown.result().provider, u"openai"_s);
        QCOMPARE(shown.result().baseUrl, u"http://127.0.0.1:9999"_s);
        QCOMPARE(shown.result().model, u"mine"_s);
    }

    void keepsTheAddressOfOnesOwnProviderThatTheStartNamesAnotherFor()
    {
        Settings settings;
        settings.provider = settings.addCustomProvider(u"Mine"_s, u"https://mine.example/v1"_s);
        Shown shown;
        shown.providers.inUse = settings.provider;
        shown.providers.given = {settings.provider, {u"http://localhost:1"_s, {}}};
        shown.open(settings);
        QCOMPARE(shown.child<QLineEdit>("baseUrl")->text(), u"http://localhost:1"_s);
        shown.click("saveSettings");
        QCOMPARE(shown.result(), settings);
    }

    void showsTheDemoWhileItIsInUse()
    {
        Shown shown;
        shown.providers.inUse = u"demo"_s;
        shown.open({});
        QCOMPARE(shown.child<QComboBox>("provider")->currentData().toString(), u"demo"_s);
        QVERIFY(shown.child<QLabel>("keyNote")->text().contains(u"Choose a provider"_s));
        shown.click("saveSettings");
        QCOMPARE(shown.result(), Settings());
    }

    void remembersAProviderThatHasOnlyAKey()
    {
        Shown shown;
        shown.type("key", u"sk-1"_s);
        auto *box = shown.child<QComboBox>("provider");
        box->setCurrentIndex(box->findData(u"openai"_s));
        shown.click("saveSettings");
        QTRY_COMPARE(shown.saved->count(), 1);
        QVERIFY(shown.result().isSetUp(u"anthropic"_s));
    }

    void keepsAProviderWhoseKeyWasNotLookedAt()
    {
        Settings settings;
        settings.provider = u"openai"_s;
        settings.otherProviders.insert(u"anthropic"_s, {});
        Shown shown(u"sk-stored"_s, settings);
        shown.click("saveSettings");
        QTRY_COMPARE(shown.saved->count(), 1);
        QVERIFY(shown.result().isSetUp(u"anthropic"_s));
        // Once it was seen to have none, it is not.
        Shown without({}, settings);
        auto *box = without.child<QComboBox>("provider");
        box->setCurrentIndex(box->findData(u"anthropic"_s));
        QCoreApplication::processEvents();
        box->setCurrentIndex(box->findData(u"openai"_s));
        without.click("saveSettings");
        QTRY_COMPARE(without.saved->count(), 1);
        QVERIFY(!without.result().isSetUp(u"anthropic"_s));
    }

    void saysWhereKeysAreKept()
    {
        const Shown shown;
        const auto note = [](const Shown &from) { return from.child<QLabel>("keyNote")->text(); };
        QVERIFY(note(shown).contains(u"or, where there is none, in a file"_s));
        Shown without;
        without.providers.mayUseKeychain = false;
        without.open({});
        QVERIFY2(note(without).startsWith(u"No keychain is available"_s), qPrintable(note(without)));
    }

    void labelsStandOnTheLinesOfTheirFields()
    {
        const Shown shown;
        const QList<QLabel *> labels = shown.dialog->findChildren<QLabel *>();
        int compared = 0;
        for (const QLabel *label : labels) {
            const QWidget *field = label->buddy();
            if (!field || !label->isVisible() || field->objectName() == u"logGigabytes"_s)
                continue;
            const auto middle = [&](const QWidget *widget) {
                return widget->mapTo(shown.dialog.get(), widget->rect().center()).y();
            };
            QVERIFY2(std::abs(middle(label) - middle(field)) <= 1, qPrintable(label->text()));
            ++compared;
        }
        QVERIFY(compared >= 6);
    }

    void leavesNoGapBelowTheFields()
    {
        const Shown shown;
        const auto y = [&](const QWidget *widget, int of) {
            return widget->mapTo(shown.dialog.get(), QPoint(0, of)).y();
        };
        const auto *check = shown.child<QPushButton>("check");
        const int gap = y(shown.child<QComboBox>("theme"), 0) - y(check, check->height());
        QVERIFY2(gap >= 8 && gap <= 40, QByteArray::number(gap).constData());
    }

    void theMenuNamesTheServersOnThisComputer()
    {
        const Shown shown;
        const auto actions = shown.child<QMenu>("presetMenu")->actions();
        const auto heading = std::find_if(actions.begin(), actions.end(),
            [](const QAction *action) { return action->text() == u"On this computer"_s; });
        QVERIFY(heading != actions.end());
        QVERIFY(!(*heading)->isEnabled());
        QVERIFY(!(*heading)->isSeparator()); // a style sheet's menu draws no words in one
    }

    void saysHowManyVariablesArePassedOn()
    {
        Shown shown;
        QStringList names;
        for (int i = 0; i < 7; ++i)
            names += u"SECRET_NUMBER_%1"_s.arg(i);
        names += QString(200, u'X') + u"_TOKEN"_s;
        Ui::SettingsDialog dialog(shown.theme, shown.providers, {}, {u"/p/shop"_s, names});
        dialog.show();
        QCoreApplication::processEvents();
        auto *list = dialog.findChild<QListWidget *>(u"passedOn"_s);
        const auto *words = dialog.findChild<QLabel *>(u"passOnWords"_s);
        QVERIFY(words->text().startsWith(u"Commands in shop get none"_s));
        list->item(0)->setCheckState(Qt::Checked);
        QVERIFY2(words->text().contains(u"those that are ticked"_s), qPrintable(words->text()));
        for (int row = 0; row < list->count(); ++row)
            list->item(row)->setCheckState(Qt::Checked);
        QVERIFY2(words->text().contains(u"all of these"_s), qPrintable(words->text()));
        // Eight are seen at once, and what is too long ends in dots instead of running out of sight.
        QVERIFY(list->viewport()->rect().contains(list->visualItemRect(list->item(7)).center()));
        for (int row = 0; row < list->count(); ++row)
            QVERIFY(list->visualItemRect(list->item(row)).width() <= list->viewport()->width());
        QCOMPARE(list->item(7)->toolTip(), list->item(7)->text());
    }
};

MEANWHILE_TEST(ProviderChoiceTest)
#include "tst_providerchoice.moc"
