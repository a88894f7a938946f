// SPDX-License-Identifier: MIT
#pragma once

#include <QProcess>
#include <QTemporaryDir>

namespace Meanwhile::Bench {

/// A virtual X screen whose pixels can be read, so that a window need not help to be measured.
///
/// Xvfb keeps its frame buffer in a file, in the XWD format (X11/XWDFile.h).
class Screen {
public:
    Screen();
    ~Screen();
    Screen(const Screen &) = delete;
    Screen &operator=(const Screen &) = delete;

    /// Empty when there is no Xvfb.
    QString display() const { return m_display; }
    /// Remembers what is on the screen now.
    void remember();
    /// Part of the pixels, 0 to 1, that are not as remembered.
    double changed() const;

private:
    QByteArray pixels() const;

    QTemporaryDir m_folder;
    QProcess m_server;
    QString m_display;
    uchar *m_map = nullptr;
    qsizetype m_offset = 0;
    qsizetype m_size = 0;
    QFile m_file;
    QByteArray m_remembered;
};

} // namespace Meanwhile::Bench
