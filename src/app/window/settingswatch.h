// SPDX-License-Identifier: MIT
#pragma once

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

namespace Meanwhile::App {

class WindowProgram;

/// Notices that another program changes the settings while the window is open, so that the person can be
/// asked before the change counts or is written over.
///
/// Thread: GUI thread. The WindowProgram must outlive it.
class SettingsWatch : public QObject {
    Q_OBJECT

public:
    /// `folder` holds the settings.
    SettingsWatch(WindowProgram &program, const QString &folder, QObject *parent = nullptr);

    void start();

signals:
    /// WindowProgram::changedOutside() has changed.
    void changed();

private:
    void look();

    WindowProgram &m_program;
    QString m_folder;
    QFileSystemWatcher m_files;
    QTimer m_rest; ///< runs until nothing was written for a moment
};

} // namespace Meanwhile::App
