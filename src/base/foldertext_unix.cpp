// SPDX-License-Identifier: MIT
#include "base/foldertext.h"

#include "base/statepaths.h"

#include <QCryptographicHash>
#include <QFile>

#include <climits>
#include <cstdio>
#include <cstdlib>
#include <sys/stat.h>
#include <unistd.h>

namespace Meanwhile {

using namespace Qt::StringLiterals;

namespace {

// A name that is the same for Qt and as text of base/pathtext.h.
QString readableName(const QByteArray &name)
{
    QString readable = QString::fromUtf8(name);
    for (QChar &character : readable) {
        if (!character.isPrint() || character == QChar::ReplacementCharacter || character == u'\\')
            character = u'_';
    }
    return readable;
}

// Another program may be using the link as its project: it is replaced only where it is wrong, and at once.
bool pointTo(const QByteArray &link, const QByteArray &target)
{
    char now[PATH_MAX];
    const ssize_t size = ::readlink(link.constData(), now, sizeof now);
    if (size >= 0 && QByteArray(now, qsizetype(size)) == target)
        return true;
    const QByteArray made = link + '.' + QByteArray::number(::getpid());
    ::unlink(made.constData());
    return ::symlink(target.constData(), made.constData()) == 0 &&
           ::rename(made.constData(), link.constData()) == 0;
}

// Empty where it is no folder or there can be no link.
QString linkTo(const QByteArray &name)
{
    char real[PATH_MAX];
    struct stat info {};
    if (!::realpath(name.constData(), real) || ::stat(real, &info) != 0 || !S_ISDIR(info.st_mode))
        return {};
    const QByteArray path(real);
    const StatePaths paths = StatePaths::fromEnvironment(QProcessEnvironment::systemEnvironment());
    const QByteArray hash = QCryptographicHash::hash(path, QCryptographicHash::Sha1).toHex().left(12);
    const QString folder = paths.state + u"/folders/"_s + QString::fromLatin1(hash);
    if (!paths.checkOwner() || !makePrivateFolder(folder))
        return {};
    const QString link = folder + u'/' + readableName(path.mid(path.lastIndexOf('/') + 1));
    return pointTo(QFile::encodeName(link), path) ? link : QString();
}

} // namespace

QString folderText(const QByteArray &path)
{
    if (!path.isValidUtf8()) {
        if (const QString link = linkTo(path); !link.isEmpty())
            return link;
    }
    return QString::fromUtf8(path);
}

} // namespace Meanwhile
