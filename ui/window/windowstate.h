// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QMap>
#include <QString>
#include <QThreadPool>
#include <QTimer>

namespace Meanwhile::Ui {

/// What the window looks like at the next start. Recent folders are in the settings.
struct WindowState {
    QByteArray geometry;
    QByteArray sidebarSplitter; ///< sidebar | all else
    QByteArray splitter;        ///< conversation | task panel
    QByteArray panelSplitter;   ///< table / log
    bool isSidebarVisible = true;
    bool isPanelVisible = true;
    QMap<QString, QString> drafts; ///< see Drafts for the keys
    QByteArray panelView = {};     ///< see TaskPanel::saveView()

    bool operator==(const WindowState &) const = default;
};

/// Keeps a WindowState in `window.json` under the state folder.
///
/// Thread: GUI thread; writes on a thread of its own, in order, at most once a second. Destroying it waits
/// for the last one. A missing or damaged file gives the defaults.
class WindowStateFile {
public:
    explicit WindowStateFile(const QString &stateFolder);
    ~WindowStateFile();

    WindowState load() const;
    void save(const WindowState &memory);
    /// Writes what is still to be written at once.
    void flush();

private:
    QString m_path;
    WindowState m_pending;
    bool m_isPending = false;
    QTimer m_delay;
    QThreadPool m_writer;
};

} // namespace Meanwhile::Ui
