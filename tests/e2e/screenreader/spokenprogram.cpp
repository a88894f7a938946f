// SPDX-License-Identifier: MIT
#include "spokenprogram.h"

#include "screenreader.h"

namespace Meanwhile::Testing {

using namespace Qt::StringLiterals;

SpokenProgram::SpokenProgram(const ScreenReader &reader, LoopbackServer &model, const QString &mode)
{
    QProcessEnvironment environment = reader.environment();
    environment.insert(u"MEANWHILE_HOME"_s, m_home.path());
    environment.insert(u"HOME"_s, m_home.path());
    environment.insert(u"ANTHROPIC_API_KEY"_s, u"bench"_s);
    environment.insert(u"MEANWHILE_MAX_TRIES"_s, u"1"_s);
    environment.insert(u"TERM"_s, u"dumb"_s); // started from a terminal
    environment.insert(u"SHLVL"_s, u"1"_s);
    m_process.setProcessEnvironment(environment);
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(qEnvironmentVariable("MEANWHILE_BIN_DIR") + u"/meanwhile-window"_s,
        {u"--provider"_s, u"anthropic"_s, u"--base-url"_s, model.url().toString(), u"--model"_s,
            u"scripted"_s, u"--permission-mode"_s, mode, u"--send"_s, u"Hello"_s, m_project.path()});
}

SpokenProgram::~SpokenProgram()
{
    m_process.terminate();
    if (!m_process.waitForFinished(20'000))
        m_process.kill();
}

} // namespace Meanwhile::Testing
