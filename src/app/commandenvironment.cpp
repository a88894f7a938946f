// SPDX-License-Identifier: MIT
#include "app/commandenvironment.h"

#include "base/whenfinished.h"
#include "tasks/childenvironment.h"
#include "tasks/loginshellpath.h"

namespace Meanwhile::App {

CommandEnvironment::CommandEnvironment(
    const QProcessEnvironment &own, const QString &runnerPath, QObject *parent)
    : QObject(parent)
    , m_own(own)
    , m_current(Tasks::ChildEnvironment::make(m_own))
{
    if (!Tasks::ChildEnvironment::lacksLoginShell(m_own))
        return;
    m_loginShell = std::make_unique<Tasks::LoginShellPath>(runnerPath);
    whenFinished(m_loginShell->read(m_own), this, [this](const QString &path) {
        if (path.isEmpty())
            return;
        m_current = Tasks::ChildEnvironment::make(m_own, path);
        emit changed(m_current);
    });
}

CommandEnvironment::~CommandEnvironment() = default;

} // namespace Meanwhile::App
