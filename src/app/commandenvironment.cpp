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
{
    if (!Tasks::ChildEnvironment::lacksLoginShell(m_own))
        return;
    m_loginShell = std::make_unique<Tasks::LoginShellPath>(runnerPath);
    whenFinished(m_loginShell->read(current({})), this, [this](const QString &path) {
        if (path.isEmpty())
            return;
        m_loginPath = path;
        emit changed();
    });
}

CommandEnvironment::~CommandEnvironment() = default;

QProcessEnvironment CommandEnvironment::current(const QStringList &passedOn) const
{
    return Tasks::ChildEnvironment::make(m_own, m_loginPath, passedOn);
}

QStringList CommandEnvironment::heldBack() const
{
    return Tasks::ChildEnvironment::heldBack(m_own);
}

} // namespace Meanwhile::App
