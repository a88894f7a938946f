// SPDX-License-Identifier: MIT
#include "notify/notifier.h"
#include "shownsettings.h"
#include "support/testregistry.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QSpinBox>
#include <QtTest>

using namespace Meanwhile;
using namespace Qt::StringLiterals;
using Shown = Testing::ShownSettings;

namespace {

/// The desktop, whose notifications are there or not as the test says.
class FakeNotifier final : public Notify::Notifier {
public:
    void show(const Notify::Notice &) override {}
    void withdraw(const QString &) override {}
    void look() override { ++looks; }
    Notify::Reach reach() const override { return now; }
    void become(Notify::Reach reach)
    {
        now = reach;
        emit reachChanged();
    }

    Notify::Reach now = Notify::Reach::NotAsked;
    int looks = 0;
};

} // namespace

class SettingsDialogTest : public QObject {
    Q_OBJECT

private slots:
    void keepsItsButtonsOnALowScreen()
    {
        const QFont before = QApplication::font();
        QFont large = before;
        large.setPointSizeF(before.pointSizeF() * 2.5);
        QApplication::setFont(large);
        {
            const Shown shown;
            QVERIFY(shown.dialog->height() <= shown.dialog->screen()->availableGeometry().height());
            const auto *save = shown.child<QPushButton>("saveSettings");
            QVERIFY(shown.dialog->rect().contains(
                QRect(save->mapTo(shown.dialog.get(), QPoint()), save->size())));
            // The fields are scrolled to.
            auto *last = shown.child<QWidget>("logGigabytes");
            last->setFocus(Qt::TabFocusReason);
            shown.dialog->findChild<QScrollArea *>()->ensureWidgetVisible(last);
            QVERIFY(!last->visibleRegion().isEmpty());
        }
        QApplication::setFont(before);
    }

    void doesNotBlockTheWindow()
    {
        const Shown shown;
        QVERIFY(!shown.dialog->isModal());
    }

    void showsTheSettingsAndSavesWhatWasChanged()
    {
        Settings settings;
        settings.provider = u"anthropic"_s;
        settings.model = u"some-model"_s;
        settings.theme = u"dark"_s;
        settings.recentFolders = QStringList{u"/p"_s};
        const Shown shown(u"sk-1"_s, settings);
        QCOMPARE(shown.child<QComboBox>("model")->currentText(), u"some-model"_s);
        QCOMPARE(shown.child<QComboBox>("theme")->currentData().toString(), u"dark"_s);
        QCOMPARE(shown.child<QLineEdit>("key")->text(), u"sk-1"_s);
        shown.child<QComboBox>("mode")->setCurrentIndex(2);
        QCOMPARE(shown.child<QSpinBox>("logDays")->value(), 30);
        shown.child<QSpinBox>("logDays")->setValue(7);
        shown.child<QSpinBox>("logGigabytes")->setValue(1);
        shown.type("baseUrl", u"https://proxy.example/v1"_s);
        shown.click("saveSettings");
        QCOMPARE(shown.saved->count(), 1);
        Settings expected = settings;
        expected.permissionMode = u"edits"_s;
        expected.logDays = 7;
        expected.logGigabytes = 1;
        expected.baseUrl = u"https://proxy.example/v1"_s;
        QCOMPARE(shown.result(), expected);
        QVERIFY(!shown.dialog->isVisible());
        QVERIFY(shown.providers.keys.isEmpty());
    }

    void switchesOffWhatThePersonIsCalledFor()
    {
        Settings settings;
        settings.notifiesOfTurns = false;
        const Shown shown({}, settings);
        QVERIFY(!shown.child<QLabel>("noticesReach")); // nobody calls here
        QVERIFY(shown.child<QCheckBox>("notifiesOfApprovals")->isChecked());
        QVERIFY(!shown.child<QCheckBox>("notifiesOfTurns")->isChecked());
        shown.child<QCheckBox>("notifiesOfTasks")->click();
        shown.child<QCheckBox>("notifiesOfTurns")->click();
        shown.click("saveSettings");
        QVERIFY(shown.result().notifiesOfApprovals);
        QVERIFY(!shown.result().notifiesOfTasks);
        QVERIFY(shown.result().notifiesOfTurns);
    }

    void saysWhetherTheDesktopsNotificationsAreReached_data()
    {
        using Notify::Reach;
        QTest::addColumn<Reach>("reach");
        QTest::addColumn<QString>("words");
        QTest::newRow("looking") << Reach::Looking << u"Looking for the desktop's notifications…"_s;
        QTest::newRow("reached") << Reach::Reached
                                 << u"With desktop notifications, while this window is not in front."_s;
        const auto taskbar = [](const char *name, Reach reach, const QString &why) {
            QTest::newRow(name) << reach << u"Only in the taskbar: "_s + why;
        };
        taskbar("no bus", Reach::NoBus, u"there is no message bus (D-Bus) in this login."_s);
        taskbar("no daemon", Reach::NoDaemon, u"no program here shows notifications."_s);
        taskbar("silent", Reach::Silent, u"the desktop's notification service does not respond."_s);
        taskbar("of a command", Reach::OfCommand,
            u"what answers as the desktop's notifications may be a command that Meanwhile ran."_s);
    }
    void saysWhetherTheDesktopsNotificationsAreReached()
    {
        QFETCH(const Notify::Reach, reach);
        QFETCH(const QString, words);
        Shown shown;
        FakeNotifier notifier;
        Ui::SettingsDialog dialog(shown.theme, shown.providers, {}, {{}, {}, &notifier});
        QCOMPARE(notifier.looks, 1);
        auto *label = dialog.findChild<QLabel *>(u"noticesReach"_s);
        QCOMPARE(label->text(), u"Looking for the desktop's notifications…"_s);
        notifier.become(reach);
        QCOMPARE(label->text(), words);
    }

    void passesOnTheVariablesThatAreTicked()
    {
        Shown shown;
        QVERIFY(!shown.dialog->findChild<QListWidget *>(u"passedOn"_s)); // no project is open
        Settings settings;
        settings.passedOn = {{u"/p/shop"_s, {u"NPM_TOKEN"_s, u"GONE_KEY"_s}}, {u"/p/other"_s, {u"X_KEY"_s}}};
        Ui::SettingsDialog dialog(
            shown.theme, shown.providers, settings, {u"/p/shop"_s, {u"AWS_KEY"_s, u"NPM_TOKEN"_s}});
        QSignalSpy saved(&dialog, &Ui::SettingsDialog::saved);
        auto *list = dialog.findChild<QListWidget *>(u"passedOn"_s);
        QVERIFY(list && list->count() == 3); // one is not set today
        QCOMPARE(list->item(0)->checkState(), Qt::Unchecked);
        QCOMPARE(list->item(1)->checkState(), Qt::Checked);
        list->item(0)->setCheckState(Qt::Checked);
        list->item(1)->setCheckState(Qt::Unchecked);
        list->item(2)->setCheckState(Qt::Unchecked);
        dialog.findChild<QPushButton *>(u"saveSettings"_s)->click();
        QTRY_COMPARE(saved.size(), 1);
        const auto result = saved.first().first().value<Settings>().passedOn;
        QCOMPARE(result.value(u"/p/shop"_s), QStringList{u"AWS_KEY"_s});
        QCOMPARE(result.value(u"/p/other"_s), QStringList{u"X_KEY"_s});
    }

    void namesNoProviderThatThePersonDidNotChoose()
    {
        Shown shown;
        shown.providers.inUse = u"openai"_s; // as the command line says
        const auto open = [&] {
            shown.dialog = std::make_unique<Ui::SettingsDialog>(shown.theme, shown.providers, Settings());
            shown.saved = std::make_unique<QSignalSpy>(shown.dialog.get(), &Ui::SettingsDialog::saved);
            shown.dialog->show();
            QCoreApplication::processEvents();
            QCOMPARE(shown.child<QComboBox>("provider")->currentData().toString(), u"openai"_s);
        };
        open();
        shown.child<QSpinBox>("logDays")->setValue(7);
        shown.click("saveSettings");
        Settings expected;
        expected.logDays = 7;
        QCOMPARE(shown.result(), expected);
        open();
        shown.type("modelText", u"some-model"_s);
        shown.click("saveSettings");
        QCOMPARE(shown.result().provider, u"openai"_s);
        QCOMPARE(shown.result().model, u"some-model"_s);
        open();
        shown.type("key", u"sk-1"_s);
        shown.click("saveSettings");
        QTRY_COMPARE(shown.saved->count(), 1);
        QCOMPARE(shown.result().provider, u"openai"_s);
    }

    void leavesEverythingAsItWasOnCancelAndEscape()
    {
        const Shown shown;
        shown.type("key", u"sk-2"_s);
        shown.click("cancelSettings");
        QVERIFY(!shown.dialog->isVisible());
        shown.dialog->show();
        QTest::keyClick(shown.dialog.get(), Qt::Key_Escape);
        QVERIFY(!shown.dialog->isVisible());
        QCOMPARE(shown.saved->count(), 0);
        QVERIFY(shown.providers.keys.isEmpty());
    }

    void storesANewKeyBeforeItSaves()
    {
        const Shown shown(u"old"_s);
        shown.type("key", u" sk-new "_s);
        shown.click("saveSettings");
        QTRY_COMPARE(shown.saved->count(), 1);
        QCOMPARE(shown.providers.keys, QVector<QString>{u"sk-new"_s});
        QVERIFY(!shown.dialog->isVisible());
    }

    void staysOpenAndSaysSoWhenTheKeyWentToAFile()
    {
        Shown shown;
        shown.providers.place = u"/home/x/.config/meanwhile/anthropic.key"_s;
        shown.type("key", u"sk-new"_s);
        shown.click("saveSettings");
        QTRY_COMPARE(shown.saved->count(), 1);
        QVERIFY(shown.dialog->isVisible());
        QVERIFY(
            shown.child<QLabel>("keyNote")->text().contains(u"/home/x/.config/meanwhile/anthropic.key"_s));
        QCOMPARE(shown.child<QPushButton>("cancelSettings")->text(), u"Close"_s);
    }

    void keepsTheDialogWhenTheKeyCannotBeStored()
    {
        Shown shown;
        shown.providers.place = failure(ErrorKind::Io, u"The key could not be written."_s);
        shown.type("key", u"sk-new"_s);
        shown.click("saveSettings");
        QTRY_COMPARE(shown.status(), u"The key could not be written."_s);
        QCOMPARE(shown.saved->count(), 0);
        QVERIFY(shown.child<QPushButton>("saveSettings")->isEnabled());
    }

    void removesTheStoredKeyOnSave()
    {
        Shown shown(u"old"_s);
        shown.providers.place = QString();
        shown.click("removeKey");
        QVERIFY(shown.providers.keys.isEmpty());
        shown.click("saveSettings");
        QTRY_COMPARE(shown.saved->count(), 1);
        QCOMPARE(shown.providers.keys, QVector<QString>{QString()});
    }

    void hidesTheKeyUntilItIsAskedFor()
    {
        const Shown shown(u"sk-1"_s);
        QCOMPARE(shown.child<QLineEdit>("key")->echoMode(), QLineEdit::Password);
        shown.click("showKey");
        QCOMPARE(shown.child<QLineEdit>("key")->echoMode(), QLineEdit::Normal);
    }

    void testsTheConnectionWithWhatIsEntered()
    {
        Shown shown;
        shown.type("key", u"sk-1"_s);
        shown.type("baseUrl", u"http://localhost:9"_s);
        shown.click("check");
        QCOMPARE(shown.providers.checked.size(), 1);
        QCOMPARE(shown.providers.checked.at(0).key, u"sk-1"_s);
        QCOMPARE(shown.providers.checked.at(0).baseUrl, u"http://localhost:9"_s);
        QVERIFY(shown.child<QProgressBar>("progress")->isVisible());
        // The focus stays: in the next field an arrow key would choose something.
        QVERIFY(shown.child<QPushButton>("check")->hasFocus());
        QTest::keyClick(shown.child<QPushButton>("check"), Qt::Key_Space);
        QCOMPARE(shown.providers.checked.size(), 1); // one at a time
        shown.providers.answer(0, QVector<Llm::ModelInfo>{{u"model-a"_s, u"A"_s}, {u"model-b"_s, u"B"_s}});
        QTRY_COMPARE(shown.status(), u"Connected. 2 models can be used."_s);
        QVERIFY(shown.child<QPushButton>("check")->hasFocus());
        QVERIFY(!shown.child<QProgressBar>("progress")->isVisible());
        QCOMPARE(shown.child<QComboBox>("model")->count(), 2);
        QCOMPARE(shown.child<QComboBox>("model")->currentText(), u"model-a"_s);
        QCOMPARE(shown.saved->count(), 0);
    }

    void cannotTestTwiceAtOnceFromElsewhere()
    {
        Shown shown(u"sk-1"_s);
        shown.click("check");
        shown.child<QWidget>("model")->setFocus();
        QVERIFY(!shown.child<QPushButton>("check")->isEnabled());
        shown.providers.answer(0, QVector<Llm::ModelInfo>{{u"model-a"_s, u"A"_s}});
        QTRY_VERIFY(shown.child<QPushButton>("check")->isEnabled());
        QVERIFY(shown.child<QWidget>("model")->hasFocus());
    }

    void keepsTheChosenModelWhenTheListComes()
    {
        Settings settings;
        settings.model = u"mine"_s;
        Shown shown(u"sk-1"_s, settings);
        shown.click("check");
        shown.providers.answer(0, QVector<Llm::ModelInfo>{{u"model-a"_s, u"A"_s}});
        QTRY_COMPARE(shown.child<QComboBox>("model")->count(), 1);
        QCOMPARE(shown.child<QComboBox>("model")->currentText(), u"mine"_s);
    }

    void saysWhatIsWrongInTheWordsOfTheError()
    {
        Shown shown(u"sk-1"_s);
        shown.click("check");
        shown.providers.answer(0, failure(ErrorKind::Authentication, u"The key was refused. Check it."_s));
        QTRY_COMPARE(shown.status(), u"The key was refused. Check it."_s);
        QVERIFY(shown.child<QPushButton>("check")->isEnabled());
    }

    void dropsAnAnswerToWhatIsNoLongerEntered()
    {
        Shown shown(u"sk-1"_s);
        shown.click("check");
        shown.type("key", u"sk-2"_s);
        shown.providers.answer(0, failure(ErrorKind::Authentication, u"late"_s));
        QCoreApplication::processEvents();
        QCOMPARE(shown.status(), QString());
        shown.click("check");
        shown.providers.answer(1, QVector<Llm::ModelInfo>{{u"model-a"_s, u"A"_s}});
        QTRY_COMPARE(shown.status(), u"Connected. 1 model can be used."_s);
    }

    void asksForAKeyAndAnAddressThatCanBeUsed()
    {
        const Shown shown;
        shown.click("check");
        QCOMPARE(shown.status(), u"Enter a key first."_s);
        shown.type("key", u"sk-1"_s);
        for (const QString &address : {u"no address"_s, u"ftp://x"_s, u"https://"_s}) {
            shown.type("baseUrl", address);
            shown.click("check");
            QVERIFY2(shown.status().contains(u"https://host/path"_s), qPrintable(address));
            shown.click("saveSettings");
        }
        QCOMPARE(shown.saved->count(), 0);
        QVERIFY(shown.providers.checked.isEmpty());
    }

    void keepsEverythingInItsPlaceWhateverIsSaid()
    {
        Shown shown(u"sk-1"_s);
        const auto places = [&shown] {
            QCoreApplication::processEvents();
            return QList<int>{shown.dialog->height(), shown.child<QWidget>("baseUrl")->y(),
                shown.child<QWidget>("theme")->y()};
        };
        const QList<int> before = places();
        shown.type("baseUrl", u"ftp://x"_s);
        for (int i = 0; i < 3; ++i) {
            shown.click("check");
            QCOMPARE(places(), before);
        }
        shown.type("baseUrl", u"https://example.org"_s);
        shown.click("check");
        shown.providers.answer(0, failure(ErrorKind::Protocol, u"word "_s.repeated(100)));
        QTRY_VERIFY(shown.status().startsWith(u"word"_s));
        QVERIFY(places().first() > before.first());
        QCOMPARE(places().at(1), before.at(1));
        const auto *status = shown.child<QLabel>("status");
        QVERIFY(status->height() >= status->heightForWidth(status->width()));
    }

    void addsAProviderWithItsAddressFilledIn()
    {
        Shown shown;
        shown.preset(u"OpenRouter"_s);
        QCOMPARE(shown.child<QLineEdit>("name")->text(), u"OpenRouter"_s);
        QCOMPARE(shown.child<QLineEdit>("baseUrl")->text(), u"https://openrouter.ai/api/v1"_s);
        QVERIFY(shown.child<QLineEdit>("key")->hasFocus());
        shown.type("key", u"sk-or"_s);
        shown.child<QPlainTextEdit>("headers")->setPlainText(u"X-Title: Meanwhile\n\n"_s);
        shown.child<QComboBox>("model")->setEditText(u"some/model"_s);
        shown.click("check");
        QCOMPARE(shown.providers.checked.at(0).custom.headers, QStringList{u"X-Title: Meanwhile"_s});
        QCOMPARE(shown.providers.checked.at(0).key, u"sk-or"_s);
        shown.click("saveSettings");
        QTRY_COMPARE(shown.saved->count(), 1);
        const CustomProvider expected{u"custom-openrouter"_s, u"OpenRouter"_s, u"openai"_s,
            u"https://openrouter.ai/api/v1"_s, {u"X-Title: Meanwhile"_s}};
        QCOMPARE(shown.result().customProviders, QVector<CustomProvider>{expected});
        QCOMPARE(shown.result().provider, expected.id);
        QCOMPARE(shown.result().model, u"some/model"_s);
        QCOMPARE(shown.result().baseUrl, QString());
        QCOMPARE(shown.providers.accounts, QStringList{expected.id});
        QCOMPARE(shown.providers.keys, QVector<QString>{u"sk-or"_s});
    }

    void saysInPlainWordsWhatIsWrongWithAProvider()
    {
        const Shown shown;
        shown.preset(u"other"_s);
        QVERIFY(shown.child<QLineEdit>("name")->hasFocus());
        shown.click("saveSettings");
        QCOMPARE(shown.status(), u"Enter the provider's address, such as https://host/v1."_s);
        shown.type("baseUrl", u"https://host/v1"_s);
        shown.child<QPlainTextEdit>("headers")->setPlainText(u"Authorization: Bearer sk-1"_s);
        shown.click("check");
        QVERIFY(shown.status().contains(u"{key}"_s));
        shown.child<QPlainTextEdit>("headers")->setPlainText(u"Authorization: Bearer {key}"_s);
        shown.type("name", u"anthropic"_s);
        // Also when another one is shown by then.
        shown.child<QComboBox>("provider")->setCurrentIndex(0);
        shown.click("saveSettings");
        QVERIFY2(shown.status().contains(u"“anthropic”"_s), qPrintable(shown.status()));
        QCOMPARE(shown.child<QLineEdit>("name")->text(), u"anthropic"_s);
        QCOMPARE(shown.saved->count(), 0);
        QVERIFY(shown.providers.checked.isEmpty());
    }

    void keepsWhatWasEnteredWhileAnotherProviderIsShown()
    {
        Settings settings;
        settings.provider = u"anthropic"_s;
        settings.model = u"a"_s;
        settings.otherProviders.insert(u"openai"_s, {{}, u"o"_s});
        const Shown shown(u"sk-1"_s, settings);
        auto *box = shown.child<QComboBox>("provider");
        shown.type("key", u"sk-2"_s);
        box->setCurrentIndex(box->findData(u"openai"_s));
        QCOMPARE(shown.child<QComboBox>("model")->currentText(), u"o"_s);
        QCOMPARE(shown.child<QLineEdit>("key")->text(), QString());
        shown.type("key", u"sk-o"_s);
        box->setCurrentIndex(box->findData(u"anthropic"_s));
        QCOMPARE(shown.child<QLineEdit>("key")->text(), u"sk-2"_s);
        shown.click("saveSettings");
        QTRY_COMPARE(shown.saved->count(), 1);
        QCOMPARE(shown.providers.accounts, (QStringList{u"anthropic"_s, u"openai"_s}));
        QCOMPARE(shown.providers.keys, (QVector<QString>{u"sk-2"_s, u"sk-o"_s}));
        QCOMPARE(shown.result().model, u"a"_s);
        QCOMPARE(shown.result().lastChoice(u"openai"_s).model, u"o"_s);
    }

    void takesAProviderAwayWithItsKey()
    {
        Settings settings;
        settings.provider = settings.addCustomProvider(u"Old"_s, u"https://old.example/v1"_s);
        const Shown shown({}, settings);
        QCOMPARE(shown.child<QLineEdit>("name")->text(), u"Old"_s);
        shown.click("removeProvider");
        QVERIFY(!shown.child<QLineEdit>("name")->isVisible());
        QVERIFY(shown.providers.keys.isEmpty());
        shown.click("saveSettings");
        QTRY_COMPARE(shown.saved->count(), 1);
        QVERIFY(shown.result().customProviders.isEmpty());
        QCOMPARE(shown.result().provider, u"anthropic"_s);
        QCOMPARE(shown.providers.accounts, QStringList{u"custom-old"_s});
        QCOMPARE(shown.providers.keys, QVector<QString>{QString()});
    }

    void offersAServerThatRunsOnThisComputer()
    {
        Shown shown({}, {}, {{u"Ollama"_s, u"http://127.0.0.1:11434/v1"_s}});
        QTRY_VERIFY(shown.child<QPushButton>("use.Ollama"));
        shown.click("use.Ollama");
        QCOMPARE(shown.child<QLineEdit>("baseUrl")->text(), u"http://127.0.0.1:11434/v1"_s);
        QCOMPARE(shown.providers.checked.size(), 1); // tested at once, without a key
        shown.providers.answer(0, QVector<Llm::ModelInfo>{{u"qwen3:8b"_s, {}}});
        QTRY_COMPARE(shown.status(), u"Connected. 1 model can be used."_s);
        shown.click("saveSettings");
        QCOMPARE(shown.result().customProviders.first().name, u"Ollama"_s);
        QCOMPARE(shown.result().model, u"qwen3:8b"_s);
    }

    void offersNoServerThatIsThereAlready()
    {
        Settings settings;
        settings.addCustomProvider(u"Mine"_s, u"http://127.0.0.1:11434/v1"_s);
        const Shown shown({}, settings, {{u"Ollama"_s, u"http://127.0.0.1:11434/v1"_s}});
        QCoreApplication::processEvents();
        QVERIFY(!shown.child<QPushButton>("use.Ollama"));
        QVERIFY(!shown.child<QWidget>("localOffer")->isVisible());
    }

    void needsNoKeyForTheDemo()
    {
        Settings settings;
        settings.provider = u"demo"_s;
        const Shown shown(u"sk-1"_s, settings);
        QVERIFY(!shown.child<QLineEdit>("key")->isEnabled());
        QVERIFY(shown.child<QLineEdit>("key")->text().isEmpty());
        shown.click("saveSettings");
        QCOMPARE(shown.result().provider, u"demo"_s);
        QVERIFY(shown.providers.keys.isEmpty());
    }

    void canGoWhileAnAnswerIsOpen()
    {
        Shown shown(u"sk-1"_s);
        shown.click("check");
        shown.saved.reset();
        shown.dialog.reset();
        shown.providers.answer(0, QVector<Llm::ModelInfo>());
        QCoreApplication::processEvents();
    }

    void isRunWithoutAMouseAndReadAloud()
    {
        const Shown shown;
        for (const char *name : {"provider", "name", "protocol", "key", "baseUrl", "headers", "model",
                 "theme", "mode", "logDays", "logGigabytes"}) {
            auto *field = shown.child<QWidget>(name);
            QVERIFY2(!field->accessibleName().isEmpty(), name);
            const QList<QLabel *> labels = shown.dialog->findChildren<QLabel *>();
            QVERIFY2(
                std::any_of(labels.begin(), labels.end(), [field](QLabel *l) { return l->buddy() == field; }),
                name);
        }
    }
};

MEANWHILE_TEST(SettingsDialogTest)
#include "tst_settingsdialog.moc"
