// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/contentblock.h"

#include <QHash>
#include <QString>

namespace Meanwhile::Ui {

class Composer;
class WindowStateFile;
struct WindowState;

/// What is written in the composer and not sent, for each session. Words are there again at the next start;
/// images only as long as the program runs.
///
/// Keys: a session's id; a folder for its session that nothing was said in yet; empty: no project.
class Drafts {
public:
    /// Not owned, must outlive it.
    Drafts(WindowState &memory, WindowStateFile &file);

    void keep(const QString &key, const Composer &composer);
    /// Is being written when this returns, where keep() may take a second.
    void keepAtOnce(const QString &key, const Composer &composer);
    void forget(const QString &key);
    void show(const QString &key, Composer &composer) const;

private:
    WindowState &m_memory;
    WindowStateFile &m_file;
    QHash<QString, QVector<Conversation::ImageBlock>> m_images;
};

} // namespace Meanwhile::Ui
