// SPDX-License-Identifier: MIT
#include "tools/filetool.h"

#include "project/gitruns.h"
#include "project/laterrun.h"
#include "project/resolvedpath.h"
#include "project/secretnames.h"
#include "tools/personwording.h"

#include <QDir>

namespace Meanwhile::Tools {

using namespace Qt::StringLiterals;

ToolOutcome outcomeOf(const Error &error)
{
    QString text = error.message;
    if (error.kind == ErrorKind::OutsideProject)
        text += u" Use a path inside it; only the person can allow others."_s;
    return ToolOutcome::error(text);
}

Intent fileIntent(const Project::ProjectFiles &files, Effect effect, const QString &path, bool shows)
{
    const Project::PathFacts facts = files.factsOf(path);
    Intent intent{effect, path, facts.leavesProject, {}};
    intent.place = facts.place;
    if (facts.impossible) {
        intent.impossible = facts.impossible->message;
        return intent;
    }
    QStringList reasons;
    if (facts.leavesProject) {
        intent.subject = facts.place;
        if (QDir::cleanPath(files.absolute(path)) != facts.place)
            reasons += ledThereForPerson(path);
    }
    if (facts.isPrivate)
        reasons += privatePlaceForPerson();
    const QString project = Project::resolvedPath(files.folder()).value_or(files.folder());
    const Project::LaterRunner runner =
        effect == Effect::Write ? Project::laterRunnerAt(project, facts.place) : Project::LaterRunner::Nobody;
    if (runner != Project::LaterRunner::Nobody) {
        intent.care = Intent::Care::RunsLater;
        reasons += Project::inWords(runner);
    } else if (shows && Project::isFileAt(facts.place) &&
               (Project::isSecretName(facts.place) || Project::isSecretName(path) ||
                   Project::GitSettingsFiles(project).hold(facts.place))) {
        intent.care = Intent::Care::Secret;
        reasons += secretForPerson();
    }
    intent.why = reasons.join(u' ');
    return intent;
}

FileTool::~FileTool()
{
    for (const auto &flag : std::as_const(m_flags)) {
        if (const Project::CancelFlag raised = flag.lock())
            raised->store(true);
    }
}

void FileTool::interrupt(const QString &callId, Interrupt reason)
{
    const Project::CancelFlag flag = m_flags.value(callId).lock();
    if (flag && reason == Interrupt::PersonStopped)
        flag->store(true);
}

Project::CancelFlag FileTool::cancelFlag(const QString &callId)
{
    m_flags.removeIf([](const auto &entry) { return entry.value().expired(); });
    auto flag = std::make_shared<std::atomic_bool>(false);
    m_flags.insert(callId, flag);
    return flag;
}

QFuture<Intent> FileTool::readIntent(const QString &path, Intent::Reading reading)
{
    return onPool([files = m_parts.files, path, reading] {
        Intent intent = fileIntent(*files, Effect::Read, path, true);
        intent.reading = reading;
        return intent;
    });
}

} // namespace Meanwhile::Tools
