// SPDX-License-Identifier: MIT
// Pictures of the settings in light and dark, for people to look at: look_settings FOLDER
#include "notify/notifier.h"
#include "ui/dialogs/settingsdialog.h"

#include <QApplication>
#include <QDir>
#include <QLineEdit>
#include <QPushButton>
#include <QTextStream>
#include <QTimer>

using namespace Meanwhile;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using ModelList = Result<QVector<Llm::ModelInfo>>;

/// A provider that refuses a key.
class LookProviders final : public Ui::Providers {
public:
    QFuture<ModelList> check(const Ui::ProviderChoice &) override
    {
        return QtFuture::makeReadyFuture(ModelList(failure(ErrorKind::Authentication,
            u"The provider refused this key. Check that it is complete and has not been revoked."_s)));
    }
    QFuture<QString> storedKey(const QString &) override { return QtFuture::makeReadyFuture(u"sk-look"_s); }
    QVector<Ui::ProviderName> available() const override { return {}; }
    QFuture<ModelList> models(const QString &) override { return check({}); }
    Llm::ModelFacts facts(const QString &, const QString &) const override { return {}; }
    QFuture<QVector<Llm::LocalServer>> localServers() override
    {
        return QtFuture::makeReadyFuture(
            QVector<Llm::LocalServer>{{u"Ollama"_s, u"http://127.0.0.1:11434/v1"_s}});
    }
    QFuture<Result<QString>> storeKey(const QString &, const QString &) override
    {
        return QtFuture::makeReadyFuture(Result<QString>(u"keychain"_s));
    }
};

class LookNotifier final : public Notify::Notifier {
public:
    void show(const Notify::Notice &) override {}
    void withdraw(const QString &) override {}
    void look() override {}
    Notify::Reach reach() const override { return Notify::Reach::Reached; }
};

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    if (argc < 2) {
        QTextStream(stderr) << "usage: look_settings FOLDER\n";
        return 2;
    }
    const QDir folder(QString::fromLocal8Bit(argv[1]));
    Ui::Theme theme(application);
    LookProviders providers;
    LookNotifier notifier;
    Settings settings;
    settings.provider = settings.addCustomProvider(u"Team gateway"_s, u"https://gateway.example/v1"_s);
    settings.customProviders[0].headers = QStringList{u"api-key: {key}"_s, u"X-Team: shop"_s};
    settings.model = u"team/large"_s;
    settings.passedOn.insert(u"/home/ada/shop"_s, {u"NPM_TOKEN"_s});
    const Ui::SettingsDialog::Surroundings surroundings{
        u"/home/ada/shop"_s, {u"AWS_SECRET_ACCESS_KEY"_s, u"GITHUB_TOKEN"_s, u"NPM_TOKEN"_s}, &notifier};
    Ui::SettingsDialog dialog(theme, providers, settings, surroundings);
    dialog.show();
    QTimer::singleShot(100ms, &dialog, [&] { dialog.findChild<QPushButton *>(u"check"_s)->click(); });
    QTimer::singleShot(300ms, &dialog, [&] {
        for (const auto &[choice, name] :
            {std::pair{Ui::Theme::Choice::Light, u"light"_s}, {Ui::Theme::Choice::Dark, u"dark"_s}}) {
            theme.setChoice(choice);
            dialog.grab().save(folder.filePath(u"settings-%1.png"_s.arg(name)));
        }
        application.quit();
    });
    return application.exec();
}
