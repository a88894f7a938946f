// SPDX-License-Identifier: MIT
// `meanwhile-window`: the window. Started by `meanwhile`, which has the same arguments.
#include "app/commandline.h"
#include "app/window/singleinstance.h"
#include "app/window/windowprogram.h"
#include "keys/keystore.h"
#include "resources/translations.h"
#include "ui/mainwindow.h"
#include "ui/theme.h"

#include <QApplication>
#include <QDir>
#include <QFileInfo>
#include <QLocale>
#include <QLoggingCategory>

#include <cstdio>

using namespace Meanwhile;
using namespace Qt::StringLiterals;

int main(int argc, char **argv)
{
    QCoreApplication::setApplicationName(u"meanwhile"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(MEANWHILE_VERSION));
    QGuiApplication::setDesktopFileName(u"meanwhile"_s);
    QApplication app(argc, argv);
    loadTranslations(app, QLocale::system());
    if (const QString rules = qEnvironmentVariable("MEANWHILE_LOG"); !rules.isEmpty())
        QLoggingCategory::setFilterRules(QString(rules).replace(u';', u'\n'));
    const Result<App::CommandLine> line = App::CommandLine::parse(app.arguments());
    if (!line) {
        std::fputs(qUtf8Printable(u"meanwhile: "_s + line.error().message + u'\n'), stderr);
        return 2;
    }

    const App::SingleInstance::Wish wish{
        line->folder.isEmpty() ? QString() : QFileInfo(line->folder).absoluteFilePath(), line->send};
    App::Program program(QProcessEnvironment::systemEnvironment(), app.applicationDirPath());
    const std::unique_ptr<Keys::KeyStore> keys = Keys::makeKeyStore(program.paths.config);
    App::WindowProgram windowProgram(program, *line, *keys);
    Ui::Theme theme(app);
    theme.setChoice(Ui::themeChoiceFromString(program.settings.theme));
    std::unique_ptr<Ui::MainWindow> window;
    const auto fulfil = [&window](const App::SingleInstance::Wish &asked) {
        if (!asked.folder.isEmpty())
            window->openFolder(asked.folder);
        if (!asked.send.isEmpty())
            window->send(asked.send);
    };

    App::SingleInstance instance(program.paths.state);
    QObject::connect(
        &instance, &App::SingleInstance::handedOver, &app, [] { QCoreApplication::exit(0); },
        Qt::QueuedConnection);
    QObject::connect(&instance, &App::SingleInstance::isFirst, &app, [&] {
        window = std::make_unique<Ui::MainWindow>(windowProgram, windowProgram, theme, program.paths);
        QObject::connect(&windowProgram, &App::WindowProgram::modelInUseChanged, window.get(),
            &Ui::MainWindow::refreshModel);
        window->show();
        fulfil(wish);
    });
    QObject::connect(
        &instance, &App::SingleInstance::wished, &app, [&](const App::SingleInstance::Wish &asked) {
            window->comeForward();
            fulfil(asked);
        });
    instance.start(wish);
    return app.exec();
}
