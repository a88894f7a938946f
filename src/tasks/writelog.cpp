// SPDX-License-Identifier: MIT
#include "tasks/writelog.h"

#include "base/pathtext.h"

#include <QFile>

#include <climits>
#include <cstdlib>

namespace Meanwhile::Tasks {

static QByteArray canonicalFolder(const QString &folder)
{
    const QByteArray known = realPath(folder);
    return known.endsWith('/') ? known : known + '/';
}

WriteLog::WriteLog(const QString &projectFolder)
    : m_folder(canonicalFolder(projectFolder))
{
}

void WriteLog::note(const QString &path)
{
    // Through links: a scan names the file that was really written.
    const Result<QByteArray> bytes = pathFromText(path);
    char resolved[PATH_MAX];
    if (!bytes || !realpath(bytes->constData(), resolved))
        return;
    const QByteArrayView canonical(resolved);
    if (canonical.startsWith(m_folder))
        noteInside(pathToText(canonical.sliced(m_folder.size())));
}

void WriteLog::noteInside(const QString &path)
{
    const QMutexLocker lock(&m_mutex);
    m_last.insert(path, m_next++);
}

qint64 WriteLog::position() const
{
    const QMutexLocker lock(&m_mutex);
    return m_next;
}

QStringList WriteLog::since(qint64 position) const
{
    const QMutexLocker lock(&m_mutex);
    QStringList paths;
    if (position == m_next)
        return paths;
    for (auto file = m_last.cbegin(); file != m_last.cend(); ++file) {
        if (*file >= position)
            paths += file.key();
    }
    paths.sort();
    return paths;
}

} // namespace Meanwhile::Tasks
