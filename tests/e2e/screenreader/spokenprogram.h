// SPDX-License-Identifier: MIT
#pragma once

#include "support/loopbackserver.h"

#include <QProcess>
#include <QTemporaryDir>

namespace Meanwhile::Testing {

class ScreenReader;

/// The window's program with a scripted model, heard by a screen reader.
class SpokenProgram {
public:
    /// Sends "Hello" at once; `mode` as on the command line.
    SpokenProgram(const ScreenReader &reader, LoopbackServer &model, const QString &mode);
    /// Ends it as a session's end does.
    ~SpokenProgram();

private:
    QTemporaryDir m_home;
    QTemporaryDir m_project;
    QProcess m_process;
};

} // namespace Meanwhile::Testing
