// SPDX-License-Identifier: MIT
// `meanwhile-window`: the window. Started by `meanwhile`, which has the same arguments.
#include "app/commandline.h"
#include "app/housekeeping.h"
#include "app/programfile.h"
#include "app/window/singleinstance.h"
#include "app/window/windowprogram.h"
#include "base/logging.h"
#include "base/loopwatch.h"
#include "keys/keystore.h"
#include "resources/translations.h"
#include "ui/icons.h"
#include "ui/mainwindow.h"
#include "ui/theme.h"

#include <QApplication>
#include <QDir>
#include <QFileInfo>
#include <QLocale>
#include <QTimer>

#include <chrono>
#include <cstdio>

using namespace Meanwhile;
using namespace Qt::StringLiterals;

namespace {

/// What nobody waits for begins when the start is over.
constexpr std::chrono::seconds kWhenSettled{3};

QStringList wordsOf(int argc, char **argv)
{
    QStringList words;
    for (int i = 0; i < argc; ++i)
        words += QString::fromLocal8Bit(argv[i]);
    return words;
}

// What needs no window, a wrong call too, is said by the program for that.
int handOver(char **argv)
{
    const QString problem = App::becomeProgram(u"meanwhile-print"_s, argv).message;
    std::fputs(qUtf8Printable(problem + u'\n'), stderr);
    return 1;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication::setApplicationName(u"meanwhile"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(MEANWHILE_VERSION));
    QGuiApplication::setDesktopFileName(u"meanwhile"_s);
    // Before there is an application, which ends the program where there is no display.
    const Result<App::CommandLine> line =
        App::CommandLine::resolve(wordsOf(argc, argv), QProcessEnvironment::systemEnvironment());
    if (!line || line->print || line->showHelp || line->showVersion)
        return handOver(argv);
    QApplication app(argc, argv);
    loadTranslations(app, QLocale::system());
    applyLogRules();

    const LoopWatch watch;
    const App::SingleInstance::Wish wish{
        line->folder.isEmpty() ? QString() : QFileInfo(line->folder).absoluteFilePath(), line->send};
    App::Program program(QProcessEnvironment::systemEnvironment(), app.applicationDirPath());
    const std::unique_ptr<Keys::KeyStore> keys = Keys::makeKeyStore(program.paths.config);
    App::WindowProgram windowProgram(program, *line, *keys);
    App::Housekeeping housekeeping(program);
    Ui::Theme theme(app);
    theme.setChoice(Ui::themeChoiceFromString(program.settings.theme));
    std::unique_ptr<Ui::MainWindow> window;
    QString trouble; // before there is a window
    QObject::connect(&program.store, &Store::SessionStore::failed, &app, [&](const Error &error) {
        trouble = error.message;
        if (window)
            window->tell(trouble);
    });
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
        if (!trouble.isEmpty())
            window->tell(trouble);
        // Four pictures to decode; the first frame does not wait for them.
        QTimer::singleShot(0, window.get(), [&window] { window->setWindowIcon(Ui::applicationIcon()); });
        QTimer::singleShot(kWhenSettled, &housekeeping, &App::Housekeeping::start);
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
