// SPDX-License-Identifier: MIT
#pragma once

#include "app/window/settingswatch.h"
#include "app/window/windowprogram.h"
#include "keys/filekeystore.h"
#include "models/transcriptrow.h"
#include "ui/widgets/theme.h"
#include "ui/window/mainwindow.h"

#include <QTemporaryDir>

namespace Meanwhile::Testing {

/// The program as a person has it in front of them, with a home and a project of its own.
class OpenWindow {
public:
    explicit OpenWindow(const App::CommandLine &line = demoLine(),
        const QProcessEnvironment &environment = {}, const QString &theme = QStringLiteral("light"),
        const QString &projectName = QStringLiteral("project"));
    ~OpenWindow();

    /// Everything runs without asking, the model is the demo.
    static App::CommandLine demoLine();
    /// Everything runs without asking, the model is at `address`, with the key "bench".
    static App::CommandLine anthropicLine(const QUrl &address);

    /// Types into the composer and presses Enter.
    void say(const QString &words);
    /// Drops this on the window, as a file manager does.
    void drop(const QList<QUrl> &urls);

    QString path(const QString &name) const { return project() + u'/' + name; }
    const QString &project() const { return m_project; }
    QString home() const { return m_home.path(); }
    /// The session of the project that was opened last.
    Ui::OpenSession open();
    bool isAtRest();
    /// Ends the program and starts it anew in the same home, without a folder; what runs goes on.
    void restart();
    App::WindowProgram &program() { return m_run->windowProgram; }
    App::WindowSessions &sessions() { return m_run->windowProgram.sessions(); }
    /// Every row of the transcript, oldest first.
    QVector<Models::TranscriptRow> rows();
    QVector<Models::TranscriptRow> rows(Models::TranscriptRow::Kind kind);
    /// The answers, joined.
    QString answers();
    Ui::MainWindow &window() { return *m_run->window; }

    template <typename Widget>
    Widget *find(const QString &name) const
    {
        return m_run->window->findChild<Widget *>(name);
    }
    template <typename Widget>
    QList<Widget *> findAll(const QString &name) const
    {
        return m_run->window->findChildren<Widget *>(name);
    }

private:
    static QProcessEnvironment environmentOf(const QString &home, QProcessEnvironment more);

    struct Run {
        Run(const OpenWindow &owner, Ui::Theme &theme);

        App::Program program;
        Keys::FileKeyStore keys;
        App::WindowProgram windowProgram;
        std::unique_ptr<Ui::MainWindow> window;
        App::SettingsWatch settingsWatch;
    };

    /// The folders may go when the last write into them is done.
    struct LastWrites {
        ~LastWrites();
    };

    QTemporaryDir m_home;
    QTemporaryDir m_projects;
    LastWrites m_lastWrites;
    QString m_project;
    App::CommandLine m_line;
    QProcessEnvironment m_environment;
    Ui::Theme m_theme;
    std::unique_ptr<Run> m_run;
};

} // namespace Meanwhile::Testing
