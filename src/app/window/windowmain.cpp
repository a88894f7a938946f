// SPDX-License-Identifier: MIT
// `meanwhile-window`: the window. Started by `meanwhile`, which has the same arguments.
#include "app/commandline.h"
#include "app/housekeeping.h"
#include "app/programfile.h"
#include "app/window/singleinstance.h"
#include "app/window/windowprogram.h"
#include "base/logging.h"
#include "base/loopwatch.h"
#include "base/stopsignals.h"
#include "base/whenfinished.h"
#include "keys/keystore.h"
#include "resources/translations.h"
#include "ui/icons.h"
#include "ui/mainwindow.h"
#include "ui/theme.h"

#include <QApplication>
#include <QDir>
#include <QEvent>
#include <QFileInfo>
#include <QLocale>
#include <QTimer>

#include <chrono>
#include <cstdio>
#include <functional>
#include <utility>

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

App::SingleInstance::Wish wishOf(const App::CommandLine &line)
{
    App::SingleInstance::Wish wish{{}, line.send, line.resumeId, line.continueNewest};
    if (!line.folder.isEmpty())
        wish.folder = QFileInfo(line.folder).absoluteFilePath();
    else if (line.continueNewest)
        wish.folder = QDir::currentPath();
    return wish;
}

/// Does something once, when the window has been painted for the first time. The window owns it.
class AfterFirstFrame : public QObject {
public:
    AfterFirstFrame(QWidget &window, std::function<void()> work)
        : QObject(&window)
        , m_work(std::move(work))
    {
        window.installEventFilter(this);
    }

    bool eventFilter(QObject *window, QEvent *event) override
    {
        if (event->type() == QEvent::Paint) {
            window->removeEventFilter(this);
            QTimer::singleShot(0, this, [this] {
                m_work();
                deleteLater();
            });
        }
        return false;
    }

private:
    std::function<void()> m_work;
};

void fulfil(const App::SingleInstance::Wish &asked, Ui::MainWindow &window)
{
    if (!asked.resumeId.isEmpty())
        return window.resume(asked.resumeId, asked.send);
    if (asked.continueNewest)
        return window.resumeNewest(asked.folder, asked.send);
    if (!asked.folder.isEmpty())
        window.openFolder(asked.folder);
    if (!asked.send.isEmpty())
        window.send(asked.send);
}

// Closed for good only once all is saved, or the person has read that it cannot be.
void quitOnceSaved(QApplication &app, App::Program &program, std::unique_ptr<Ui::MainWindow> &window)
{
    QApplication::setQuitOnLastWindowClosed(false);
    const auto wasTold = std::make_shared<bool>(!program.stateIsWritable);
    QObject::connect(&app, &QGuiApplication::lastWindowClosed, &app, [&app, &program, &window, wasTold] {
        if (*wasTold || !window)
            return QCoreApplication::quit();
        whenFinished(program.store.save(), &app, [&window, wasTold](const Result<void> &saved) {
            if (window->isVisible())
                return; // somebody wanted it again
            if (saved)
                return QCoreApplication::quit();
            *wasTold = true;
            window->show();
            window->tell(QCoreApplication::translate("Meanwhile::App",
                "Not everything was saved. %1 Closing the window again gives up what is not.")
                             .arg(saved.error().message));
        });
    });
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
    const App::SingleInstance::Wish wish = wishOf(*line);
    App::Program program(QProcessEnvironment::systemEnvironment(), app.applicationDirPath());
    const std::unique_ptr<Keys::KeyStore> keys = Keys::makeKeyStore(program.paths.config);
    App::WindowProgram windowProgram(program, *line, *keys);
    App::Housekeeping housekeeping(program);
    QObject::connect(&housekeeping, &App::Housekeeping::finished, &windowProgram.sessions(),
        &App::WindowSessions::lookAround);
    Ui::Theme theme(app);
    theme.setChoice(Ui::themeChoiceFromString(program.settings.theme));
    std::unique_ptr<Ui::MainWindow> window;
    QString trouble; // before there is a window
    QObject::connect(&program.store, &Store::SessionStore::failed, &app, [&](const Error &error) {
        trouble = error.message;
        if (window)
            window->tell(trouble);
    });

    App::SingleInstance instance(program.paths.state);
    QObject::connect(
        &instance, &App::SingleInstance::handedOver, &app, [] { QCoreApplication::exit(0); },
        Qt::QueuedConnection);
    QObject::connect(&instance, &App::SingleInstance::isFirst, &app, [&] {
        window = std::make_unique<Ui::MainWindow>(
            windowProgram, windowProgram.sessions(), windowProgram, theme, program.paths);
        QObject::connect(&windowProgram, &App::WindowProgram::modelInUseChanged, window.get(),
            &Ui::MainWindow::refreshModel);
        // Four pictures to decode, and the disk to ask; the first frame does not wait for them.
        new AfterFirstFrame(*window, [&] {
            window->setWindowIcon(Ui::applicationIcon());
            windowProgram.sessions().lookAround();
        });
        QObject::connect(&windowProgram.sessions(), &App::WindowSessions::projectLost, window.get(),
            &Ui::MainWindow::tell);
        window->show();
        QTimer::singleShot(kWhenSettled, &housekeeping, &App::Housekeeping::start);
        fulfil(wish, *window);
        if (!trouble.isEmpty())
            window->tell(trouble);
    });
    QObject::connect(
        &instance, &App::SingleInstance::wished, &app, [&](const App::SingleInstance::Wish &asked) {
            window->comeForward();
            fulfil(asked, *window);
        });
    StopSignals stopSignals;
    // Not quit(), which closes the window and so asks about running tasks; they go on without it.
    QObject::connect(&stopSignals, &StopSignals::received, &app, [] { QCoreApplication::exit(130); });
    quitOnceSaved(app, program, window);
    instance.start(wish);
    const int status = app.exec();
    StopSignals::limitTheEnd(status, StopSignals::kOrderlyEnd);
    return status;
}
