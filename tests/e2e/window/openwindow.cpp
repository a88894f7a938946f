// SPDX-License-Identifier: MIT
#include "openwindow.h"

#include "agent/agentcontroller.h"
#include "app/window/settingsquestion.h"
#include "models/transcriptmodel.h"
#include "support/patience.h"
#include "ui/composer/composeredit.h"

#include <QApplication>
#include <QDropEvent>
#include <QMimeData>
#include <QThreadPool>
#include <QtTest>

namespace Meanwhile::Testing {

using namespace Qt::StringLiterals;
using Models::TranscriptRow;

QProcessEnvironment OpenWindow::environmentOf(const QString &home, QProcessEnvironment more)
{
    more.insert(u"MEANWHILE_HOME"_s, home);
    more.insert(u"PATH"_s, qEnvironmentVariable("PATH"));
    more.insert(u"TERM"_s, u"dumb"_s); // started from a terminal
    more.insert(u"SHLVL"_s, u"1"_s);
    return more;
}

OpenWindow::Run::Run(const OpenWindow &owner, Ui::Theme &theme)
    : program(
          environmentOf(owner.m_home.path(), owner.m_environment), qEnvironmentVariable("MEANWHILE_BIN_DIR"))
    , keys(owner.m_home.path())
    , windowProgram(program, owner.m_line, keys)
    , settingsWatch(windowProgram, program.paths.config)
{
    program.settings.theme = Ui::nameOf(theme.choice());
    window = std::make_unique<Ui::MainWindow>(
        windowProgram, windowProgram.sessions(), windowProgram, theme, program.paths);
    QObject::connect(&windowProgram.sessions(), &App::WindowSessions::folderLost, window.get(),
        &Ui::MainWindow::noteFolder);
    window->resize(1280, 800);
    window->show();
    windowProgram.sessions().refreshAndAdopt();
    QObject::connect(&settingsWatch, &App::SettingsWatch::changed, window.get(),
        [this] { App::askAboutSettings(windowProgram, *window); });
    settingsWatch.start();
    App::askAboutSettings(windowProgram, *window);
}

OpenWindow::OpenWindow(const App::CommandLine &line, const QProcessEnvironment &environment,
    const QString &theme, const QString &projectName)
    : m_project(QFileInfo(m_projects.path()).canonicalFilePath() + u'/' + projectName)
    , m_line(line)
    , m_environment(environment)
    , m_theme(*qApp)
{
    QDir().mkpath(m_project);
    m_theme.setChoice(Ui::themeChoiceFromString(theme));
    m_run = std::make_unique<Run>(*this, m_theme);
    window().openFolder(project());
}

OpenWindow::~OpenWindow()
{
    for (Tasks::TaskManager *tasks : sessions().openTasks()) {
        const auto stopped = tasks->stopAll(Tasks::StoppedBy::Quit);
        [[maybe_unused]] const bool ended = Testing::waitFor([&] { return stopped.isFinished(); });
    }
}

void OpenWindow::restart()
{
    m_run.reset();
    m_run = std::make_unique<Run>(*this, m_theme);
}

OpenWindow::LastWrites::~LastWrites()
{
    QThreadPool::globalInstance()->waitForDone();
}

App::CommandLine OpenWindow::demoLine()
{
    App::CommandLine line;
    line.provider = u"demo"_s;
    line.mode = Permissions::Mode::Auto;
    return line;
}

App::CommandLine OpenWindow::anthropicLine(const QUrl &address)
{
    App::CommandLine line;
    line.provider = u"anthropic"_s;
    line.baseUrl = address.toString();
    line.model = u"scripted"_s;
    line.mode = Permissions::Mode::Auto;
    return line;
}

void OpenWindow::say(const QString &words)
{
    auto *edit = find<QWidget>(u"composerEdit"_s);
    edit->setFocus();
    for (const QChar c : words)
        QTest::sendKeyEvent(QTest::Click, edit, Qt::Key(0), QString(c), Qt::NoModifier);
    QTest::keyClick(edit, Qt::Key_Return);
}

void OpenWindow::drop(const QList<QUrl> &urls)
{
    QMimeData data;
    data.setUrls(urls);
    const QPoint middle = window().rect().center();
    QDragEnterEvent enter(middle, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_run->window.get(), &enter);
    QDropEvent event(middle, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_run->window.get(), &event);
}

Ui::OpenSession OpenWindow::open()
{
    return sessions().open(project()).value_or(Ui::OpenSession());
}

bool OpenWindow::isAtRest()
{
    const Ui::OpenSession opened = open();
    const QVector<Tasks::Task> tasks = opened.tasks->tasks();
    const bool anyRuns =
        std::any_of(tasks.cbegin(), tasks.cend(), [](const Tasks::Task &task) { return !task.hasEnded(); });
    return !anyRuns && opened.controller->isAtRest();
}

QVector<TranscriptRow> OpenWindow::rows()
{
    const Models::TranscriptModel *model = open().transcript;
    QVector<TranscriptRow> all;
    for (int i = 0; i < model->rowCount(); ++i)
        all += model->row(i);
    return all;
}

QVector<TranscriptRow> OpenWindow::rows(TranscriptRow::Kind kind)
{
    QVector<TranscriptRow> some = rows();
    some.removeIf([kind](const TranscriptRow &row) { return row.kind != kind; });
    return some;
}

QString OpenWindow::answers()
{
    QStringList texts;
    for (const TranscriptRow &row : rows(TranscriptRow::Kind::Answer))
        texts += row.text;
    return texts.join(u'\n');
}

} // namespace Meanwhile::Testing
