// SPDX-License-Identifier: MIT
#include "app/window/settingswatch.h"

#include "app/window/windowprogram.h"

namespace Meanwhile::App {

namespace {

using namespace std::chrono_literals;

constexpr auto kRest = 300ms; // another program may write in several steps

} // namespace

SettingsWatch::SettingsWatch(WindowProgram &program, const QString &folder, QObject *parent)
    : QObject(parent)
    , m_program(program)
    , m_folder(folder)
{
    m_rest.setSingleShot(true);
    m_rest.setInterval(kRest);
    const auto lookSoon = qOverload<>(&QTimer::start);
    connect(&m_files, &QFileSystemWatcher::fileChanged, &m_rest, lookSoon);
    connect(&m_files, &QFileSystemWatcher::directoryChanged, &m_rest, lookSoon);
    connect(&m_rest, &QTimer::timeout, this, &SettingsWatch::look);
}

void SettingsWatch::start()
{
    m_files.addPaths({m_folder, Settings::fileIn(m_folder)});
}

void SettingsWatch::look()
{
    const QString file = Settings::fileIn(m_folder);
    if (!m_files.files().contains(file))
        m_files.addPath(file); // another one is in its place
    const QString before = m_program.changedOutside();
    if (!m_program.lookAtSettings())
        m_rest.start();
    else if (m_program.changedOutside() != before)
        emit changed();
}

} // namespace Meanwhile::App
