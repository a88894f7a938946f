// SPDX-License-Identifier: MIT
#include "tools/filetool.h"

namespace Meanwhile::Tools {

using namespace Qt::StringLiterals;

ToolOutcome outcomeOf(const Error &error)
{
    QString text = error.message;
    if (error.kind == ErrorKind::OutsideProject)
        text += u" Use a path inside it; only the person can allow others."_s;
    return ToolOutcome::error(text);
}

FileTool::~FileTool()
{
    for (const auto &flag : std::as_const(m_flags)) {
        if (const CancelFlag raised = flag.lock())
            raised->store(true);
    }
}

void FileTool::interrupt(const QString &callId, Interrupt reason)
{
    const CancelFlag flag = m_flags.value(callId).lock();
    if (flag && reason == Interrupt::PersonStopped)
        flag->store(true);
}

CancelFlag FileTool::cancelFlag(const QString &callId)
{
    m_flags.removeIf([](const auto &entry) { return entry.value().expired(); });
    auto flag = std::make_shared<std::atomic_bool>(false);
    m_flags.insert(callId, flag);
    return flag;
}

QFuture<Intent> FileTool::readIntent(const QString &path)
{
    return onPool([files = m_parts.files, path] {
        return Intent{Intent::Kind::Read, path, files->leavesProject(path), {}};
    });
}

} // namespace Meanwhile::Tools
