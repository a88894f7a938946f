// SPDX-License-Identifier: MIT
#include "support/testregistry.h"
#include "ui/dialogs/settingsdialog.h"

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPromise>
#include <QPushButton>
#include <QtTest>

using namespace Meanwhile;
using namespace Qt::StringLiterals;
using ModelList = Result<QVector<Llm::ModelInfo>>;

namespace {

/// The program behind the dialog, whose answers come when the test says so.
class FakeProviders final : public Ui::Providers {
public:
    QString stored;
    Result<QString> place = u"keychain"_s;
    QVector<Ui::ProviderChoice> checked;
    QVector<std::shared_ptr<QPromise<ModelList>>> answers;
    QVector<QString> keys;

    QFuture<ModelList> check(const Ui::ProviderChoice &choice) override
    {
        checked.append(choice);
        answers.append(std::make_shared<QPromise<ModelList>>());
        answers.constLast()->start();
        return answers.constLast()->future();
    }
    QFuture<QString> storedKey(const QString &provider) override
    {
        return QtFuture::makeReadyFuture(provider == u"anthropic"_s ? stored : QString());
    }
    QFuture<ModelList> models() override
    {
        return QtFuture::makeReadyFuture(ModelList(QVector<Llm::ModelInfo>()));
    }
    QFuture<Result<QString>> storeKey(const QString &, const QString &key) override
    {
        keys.append(key);
        return QtFuture::makeReadyFuture(place);
    }

    void answer(qsizetype number, const ModelList &models)
    {
        answers.at(number)->addResult(models);
        answers.at(number)->finish();
    }
};

struct Shown {
    FakeProviders providers;
    Ui::Theme theme{*qApp};
    std::unique_ptr<Ui::SettingsDialog> dialog;
    std::unique_ptr<QSignalSpy> saved;

    explicit Shown(const QString &storedKey = {}, const Settings &settings = {})
    {
        providers.stored = storedKey;
        dialog = std::make_unique<Ui::SettingsDialog>(theme, providers, settings);
        saved = std::make_unique<QSignalSpy>(dialog.get(), &Ui::SettingsDialog::saved);
        dialog->show();
        QCoreApplication::processEvents();
    }

    template <typename T>
    T *child(const char *name) const
    {
        return dialog->findChild<T *>(QString::fromLatin1(name));
    }
    QString status() const { return child<QLabel>("status")->text(); }
    void click(const char *name) const { QTest::mouseClick(child<QPushButton>(name), Qt::LeftButton); }
    void type(const char *name, const QString &text) const
    {
        auto *edit = child<QLineEdit>(name);
        edit->selectAll();
        QTest::keyClicks(edit, text);
    }
    Settings result() const { return saved->constLast().at(0).value<Settings>(); }
};

} // namespace

class SettingsDialogTest : public QObject {
    Q_OBJECT

private slots:
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
        shown.child<QComboBox>("mode")->setCurrentIndex(1);
        shown.type("baseUrl", u"https://proxy.example/v1"_s);
        shown.click("saveSettings");
        QCOMPARE(shown.saved->count(), 1);
        Settings expected = settings;
        expected.permissionMode = u"edits"_s;
        expected.baseUrl = u"https://proxy.example/v1"_s;
        QCOMPARE(shown.result(), expected);
        QVERIFY(!shown.dialog->isVisible());
        QVERIFY(shown.providers.keys.isEmpty());
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
        QVERIFY(!shown.child<QPushButton>("check")->isEnabled());
        shown.providers.answer(0, QVector<Llm::ModelInfo>{{u"model-a"_s, u"A"_s}, {u"model-b"_s, u"B"_s}});
        QTRY_COMPARE(shown.status(), u"Connected. 2 models can be used."_s);
        QVERIFY(!shown.child<QProgressBar>("progress")->isVisible());
        QCOMPARE(shown.child<QComboBox>("model")->count(), 2);
        QCOMPARE(shown.child<QComboBox>("model")->currentText(), u"model-a"_s);
        QCOMPARE(shown.saved->count(), 0);
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
        for (const QString &address : {u"api.example.com"_s, u"ftp://x"_s, u"https://"_s}) {
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
        shown.type("baseUrl", u"nonsense"_s);
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
        for (const char *name : {"provider", "key", "baseUrl", "model", "theme", "mode"}) {
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
