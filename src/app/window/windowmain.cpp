// SPDX-License-Identifier: MIT
// `meanwhile-window`: the window. Started by `meanwhile`, which has the same arguments.
#include "app/commandline.h"
#include "app/foldernames.h"
#include "app/housekeeping.h"
#include "app/programfile.h"
#include "app/window/settingsquestion.h"
#include "app/window/settingswatch.h"
#include "app/window/singleinstance.h"
#include "app/window/windownotices.h"
#include "app/window/windowprogram.h"
#include "base/logging.h"
#include "base/loopwatch.h"
#include "base/ownmemory.h"
#include "base/stopsignals.h"
#include "base/threadlimit.h"
#include "base/whenfinished.h"
#include "keys/keystore.h"
#include "notify/freedesktopnotifier.h"
#include "permissions/mode.h"
#include "resources/translations.h"
#include "tasks/childenvironment.h"
#include "tasks/supervisedpeer.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/theme.h"
#include "ui/window/mainwindow.h"
#include "ui/window/statusrow.h"

#include <QApplication>
#include <QDir>
#include <QEvent>
#include <QFileInfo>
#include <QLocale>
#include <QMessageBox>
#include <QTimer>

#include <chrono>
#include <cstdio>
#include <functional>
#include <utility>

using namespace Meanwhile;
using namespace Qt::StringLiterals;

namespace {

/// The display's, the bus's, the store's, the checkpoints', the network's and the pool's for tools.
constexpr int kThreads = 12;
/// What nobody waits for begins when the start is over.
constexpr std::chrono::seconds kWhenSettled{3};

// What needs no window, a wrong call too, is said by the program for that.
int handOver(char **argv)
{
    const QString problem = App::becomeProgram(u"meanwhile-print"_s, argv).message;
    std::fputs(qUtf8Printable(problem + u'\n'), stderr);
    return 1;
}

QStringList onlyAtStart(const App::CommandLine &line)
{
    QStringList options;
    const auto add = [&options](const QString &option, const QString &value) {
        if (!value.isEmpty())
            options += option + u' ' + value;
    };
    add(u"--provider"_s, line.provider);
    add(u"--model"_s, line.model);
    add(u"--base-url"_s, line.baseUrl);
    add(u"--permission-mode"_s, line.mode ? Permissions::nameOf(*line.mode) : QString());
    return options;
}

App::SingleInstance::LaunchRequest launchRequestOf(const App::CommandLine &line)
{
    App::SingleInstance::LaunchRequest request{
        {}, line.send, line.resumeId, line.continueNewest, onlyAtStart(line)};
    if (!line.folder.isEmpty())
        request.folder = QFileInfo(line.folder).absoluteFilePath();
    else if (line.continueNewest)
        request.folder = App::currentFolder();
    return request;
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

// Of a later start nobody knows whether a person made it: its words wait in the composer.
void handle(const App::SingleInstance::LaunchRequest &asked, Ui::MainWindow &window, bool isOurStart)
{
    const Ui::GivenWords words{asked.send, isOurStart};
    if (!asked.resumeId.isEmpty())
        return window.resume(asked.resumeId, words);
    if (asked.continueNewest)
        return window.resumeNewest(asked.folder, words);
    if (asked.folder.isEmpty() && isOurStart)
        return window.reopen(words);
    if (!asked.folder.isEmpty())
        window.openFolder(asked.folder);
    window.take(words);
}

// In the window that is open, and where the second start was made.
QString whyNotTaken(const QStringList &options)
{
    return App::WindowProgram::tr(
        "Meanwhile is already open, so %1 has no effect. Choose it in the window, or quit Meanwhile first.")
        .arg(options.join(u", "_s));
}

int refuse(const QString &why)
{
    std::fputs(qUtf8Printable(u"meanwhile: "_s + why + u'\n'), stderr);
    return 1;
}

// Nobody reads standard error behind an icon.
int refuseInWindow(const QString &why, const QProcessEnvironment &environment)
{
    if (!Tasks::ChildEnvironment::lacksLoginShell(environment))
        return refuse(why);
    auto *box = new QMessageBox(QMessageBox::Critical, u"Meanwhile"_s, why, QMessageBox::Close);
    QObject::connect(box, &QMessageBox::finished, qApp, [] { QCoreApplication::exit(1); });
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
    refuse(why);
    return QCoreApplication::exec();
}

// Closed for good only once all is saved, or the person has read that it cannot be.
void quitOnceSaved(QApplication &app, App::Program &program, App::WindowSessions &sessions,
    std::unique_ptr<Ui::MainWindow> &window)
{
    QApplication::setQuitOnLastWindowClosed(false);
    const auto wasTold = std::make_shared<bool>(!program.stateIsWritable);
    const auto onSaved = [&window, wasTold](const Result<void> &saved) {
        if (window->isVisible())
            return; // somebody wanted it again
        if (saved)
            return QCoreApplication::quit();
        *wasTold = true;
        window->show();
        window->tell(QCoreApplication::translate(
            "Meanwhile::App", "Not everything was saved. %1 Closing the window again gives up what is not.")
                         .arg(saved.error().message));
    };
    QObject::connect(&app, &QGuiApplication::lastWindowClosed, &app,
        [&app, &program, &sessions, &window, wasTold, onSaved] {
            if (*wasTold || !window)
                return QCoreApplication::quit();
            sessions.opened().stopAnswers();
            whenFinished(program.store.save(), &app, onSaved);
        });
}

/// The program with its window, or without one where another has it.
class Run {
public:
    Run(QApplication &app, const App::StartEnvironment &environment, const App::CommandLine &line);

    void start() { m_instance.start(m_request); }
    void stopAnswers() { m_windowProgram.sessions().opened().stopAnswers(); }

private:
    void connectInstance();
    void openWindow();
    void watchSettings();
    void tell(const QString &trouble);

    App::SingleInstance::LaunchRequest m_request;
    App::Program m_program;
    std::unique_ptr<Keys::KeyStore> m_keys{Keys::makeKeyStore(m_program.paths.config)};
    App::WindowProgram m_windowProgram;
    App::Housekeeping m_housekeeping{m_program};
    Ui::Theme m_theme;
    Notify::FreedesktopNotifier m_notifier;
    std::unique_ptr<Ui::MainWindow> m_window;
    std::unique_ptr<App::WindowNotices> m_notices;
    QString m_trouble; ///< before there is a window
    App::SettingsWatch m_settingsWatch{m_windowProgram, m_program.paths.config};
    App::SingleInstance m_instance{m_program.paths.state};
};

Run::Run(QApplication &app, const App::StartEnvironment &environment, const App::CommandLine &line)
    : m_request(launchRequestOf(line))
    , m_program(environment, app.applicationDirPath())
    , m_windowProgram(m_program, line, *m_keys)
    , m_theme(app)
    , m_notifier(environment.variables(), {Tasks::isSupervisedProcess, Tasks::isSupervisedPeer})
{
    m_windowProgram.setNotifier(&m_notifier);
    QObject::connect(&m_housekeeping, &App::Housekeeping::finished, &m_windowProgram.sessions(),
        &App::WindowSessions::refreshAndAdopt);
    m_theme.setChoice(Ui::themeChoiceFromString(m_program.settings.theme));
    if (const Result<void> usable = environment.check(); !usable)
        tell(usable.error().message);
    // Where nothing can be kept, that is said once.
    if (m_program.stateIsWritable) {
        QObject::connect(&m_program.store, &Store::SessionStore::failed, &m_instance,
            [this](const Error &error) { tell(error.message); });
    } else {
        tell(m_program.stateCreated.error().message);
    }
    connectInstance();
    quitOnceSaved(app, m_program, m_windowProgram.sessions(), m_window);
}

void Run::connectInstance()
{
    using App::SingleInstance;
    QObject::connect(
        &m_instance, &SingleInstance::handedOver, &m_instance,
        [this] {
            if (!m_request.onlyAtStart.isEmpty())
                refuse(whyNotTaken(m_request.onlyAtStart));
            QCoreApplication::exit(0);
        },
        Qt::QueuedConnection);
    QObject::connect(
        &m_instance, &SingleInstance::refused, &m_instance,
        [] {
            QCoreApplication::exit(
                refuse(App::WindowProgram::tr("The window that is open takes no requests from a command that "
                                              "Meanwhile runs. Start it from outside.")));
        },
        Qt::QueuedConnection);
    QObject::connect(&m_instance, &SingleInstance::isFirst, &m_instance, [this] { openWindow(); });
    QObject::connect(&m_instance, &SingleInstance::requested, &m_instance,
        [this](const SingleInstance::LaunchRequest &asked) {
            m_window->comeForward();
            handle(asked, *m_window, false);
            if (!asked.onlyAtStart.isEmpty())
                m_window->tell(whyNotTaken(asked.onlyAtStart));
        });
}

void Run::openWindow()
{
    m_window = std::make_unique<Ui::MainWindow>(
        m_windowProgram, m_windowProgram.sessions(), m_windowProgram, m_theme, m_program.paths);
    m_notices = std::make_unique<App::WindowNotices>(m_windowProgram, *m_window, m_notifier, m_program.clock);
    QObject::connect(&m_windowProgram, &App::WindowProgram::modelInUseChanged, m_window.get(),
        &Ui::MainWindow::refreshModel);
    QObject::connect(
        &m_windowProgram, &App::WindowProgram::boxFound, &m_window->statusRow(), &Ui::StatusRow::setBox);
    // Four pictures to decode, and the disk to ask; the first frame does not wait for them.
    new AfterFirstFrame(*m_window, [this] {
        m_window->setWindowIcon(Ui::applicationIcon());
        m_windowProgram.sessions().refreshAndAdopt();
        m_settingsWatch.start();
    });
    QObject::connect(&m_settingsWatch, &App::SettingsWatch::changed, m_window.get(),
        [this] { App::askAboutSettings(m_windowProgram, *m_window); });
    QObject::connect(&m_windowProgram.sessions(), &App::WindowSessions::folderLost, m_window.get(),
        &Ui::MainWindow::noteFolder);
    m_window->show();
    QTimer::singleShot(kWhenSettled, &m_housekeeping, &App::Housekeeping::start);
    handle(m_request, *m_window, true);
    App::askAboutSettings(m_windowProgram, *m_window);
    if (!m_trouble.isEmpty())
        m_window->tell(m_trouble);
}

void Run::tell(const QString &trouble)
{
    m_trouble = trouble;
    if (m_window)
        m_window->tell(trouble);
}

} // namespace

int main(int argc, char **argv)
{
    keepOwnMemory();
    handleStartMessages();
    QCoreApplication::setApplicationName(u"meanwhile"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(MEANWHILE_VERSION));
    QGuiApplication::setDesktopFileName(u"meanwhile"_s);
    // Before there is an application, which ends the program where there is no display, and before the keys
    // are taken, which the other program needs.
    const Result<App::CommandLine> asked = App::CommandLine::parse(App::givenArguments(argc, argv));
    if (!asked || asked->print || asked->showHelp || asked->showVersion)
        return handOver(argv);
    const App::StartEnvironment environment = App::StartEnvironment::takeOwn();
    const StatePaths paths = StatePaths::fromEnvironment(environment.variables());
    const Result<void> own = paths.checkOwner();
    const Result<App::CommandLine> line = own ? asked->resolved(paths) : asked;
    if (!line)
        return handOver(argv);
    // Without them the window would wait for ever for what it keeps on disk.
    if (const Result<void> threads = checkThreads(kThreads); !threads)
        return refuse(threads.error().message);
    // A portal asks the system who its caller is, which this program keeps to itself: it would open no
    // dialog.
    if (qEnvironmentVariable("QT_QPA_PLATFORMTHEME").contains(u"portal"_s) ||
        qEnvironmentVariableIntValue("GTK_USE_PORTAL") == 1)
        QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    QApplication app(argc, argv);
    handleRunMessages();
    loadTranslations(app, QLocale::system());
    applyLogRules();
    if (!own) // once more, in the person's language
        return refuseInWindow(paths.checkOwner().error().message, environment.variables());
    const LoopWatch watch;
    Run run(app, environment, *line);
    StopSignals stopSignals;
    // Not quit(), which closes the window and so asks about running tasks; they keep running without it.
    QObject::connect(&stopSignals, &StopSignals::received, &app, [&run] {
        run.stopAnswers();
        QCoreApplication::exit(130);
    });
    run.start();
    const int status = app.exec();
    StopSignals::limitTheEnd(status, StopSignals::kOrderlyEnd);
    return status;
}
