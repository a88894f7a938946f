// SPDX-License-Identifier: MIT
#pragma once

#include "app/window/windowprogram.h"
#include "keys/filekeystore.h"
#include "models/transcriptrow.h"
#include "ui/mainwindow.h"
#include "ui/theme.h"

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
    Ui::Project open();
    bool isAtRest();
    /// Every row of the transcript, oldest first.
    QVector<Models::TranscriptRow> rows();
    QVector<Models::TranscriptRow> rows(Models::TranscriptRow::Kind kind);
    /// The answers, joined.
    QString answers();
    Ui::MainWindow &window() { return *m_window; }

    template <typename Widget>
    Widget *find(const QString &name) const
    {
        return m_window->findChild<Widget *>(name);
    }

private:
    static QProcessEnvironment environmentOf(const QString &home, QProcessEnvironment more);

    /// The folders may go when the last write into them is done.
    struct LastWrites {
        ~LastWrites();
    };

    QTemporaryDir m_home;
    QTemporaryDir m_projects;
    LastWrites m_lastWrites;
    QString m_project;
    App::Program m_program;
    Keys::FileKeyStore m_keys;
    Ui::Theme m_theme;
    App::WindowProgram m_windowProgram;
    std::unique_ptr<Ui::MainWindow> m_window;
};

} // namespace Meanwhile::Testing
