// SPDX-License-Identifier: MIT
#include "checkpoints/objectfolder.h"

#include "base/descriptor.h"
#include "base/safewrite.h"

#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace Meanwhile::Checkpoints {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kFewWrites = 32;
constexpr auto kMarkName = "unsynced";

Descriptor opened(const QString &folder)
{
    return Descriptor(::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
}

} // namespace

Result<ObjectFolder> ObjectFolder::open(const QString &folder, Tools::GitModule &git)
{
    ObjectFolder made;
    made.m_path = folder;
    made.m_synced = git.objects(folder, true);
    made.m_quick = git.objects(folder, false);
    if (!made.m_synced || !made.m_quick)
        return failure(ErrorKind::Unsupported,
            QCoreApplication::translate("Meanwhile::Checkpoints",
                "Copies of files need the module libmw_git, which is missing. Install the program again."));
    return made;
}

Result<void> ObjectFolder::begin(qsizetype expectedWrites)
{
    m_isBulk = expectedWrites > kFewWrites;
    if (!m_isBulk)
        return {};
    const Descriptor folder = opened(m_path);
    const Result<FileStamp> marked = SafeWrite(folder.get(), kMarkName).write({});
    return marked ? Result<void>() : failure(marked.error());
}

Result<void> ObjectFolder::end()
{
    if (!std::exchange(m_isBulk, false))
        return {};
    const Descriptor folder = opened(m_path);
    if (!folder.isValid() || syncfs(folder.get()) != 0)
        return failure(errorFromErrno(errno, u"The checkpoint"_s));
    return clearMark();
}

Result<void> ObjectFolder::clearMark()
{
    if (unlinkat(opened(m_path).get(), kMarkName, 0) != 0)
        return failure(errorFromErrno(errno, u"The checkpoint"_s));
    return {};
}

bool ObjectFolder::wasInterrupted() const
{
    return QFile::exists(mark());
}

QString ObjectFolder::pathOf(const QByteArray &name) const
{
    const QString digits = QString::fromLatin1(name);
    return m_path + u'/' + digits.first(2) + u'/' + digits.sliced(2);
}

qint64 ObjectFolder::sizeOf(const QByteArray &name) const
{
    return QFileInfo(pathOf(name)).size();
}

qint64 ObjectFolder::removeAllBut(const QSet<QByteArray> &names) const
{
    qint64 freed = 0;
    QDirIterator files(m_path, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        const QString inside = path.sliced(m_path.size() + 1);
        const qint64 size = files.fileInfo().size();
        if (inside != mark().sliced(m_path.size() + 1) &&
            !names.contains(QString(inside).remove(u'/').toLatin1()) && QFile::remove(path))
            freed += size;
    }
    return freed;
}

} // namespace Meanwhile::Checkpoints
