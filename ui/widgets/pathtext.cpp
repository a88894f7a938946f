// SPDX-License-Identifier: MIT
#include "ui/widgets/pathtext.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

static bool isPlain(QChar c)
{
    return c.isLetterOrNumber() || u"._-+/~@%,="_s.contains(c);
}

static QString quoted(const QString &path)
{
    if (!path.isEmpty() && std::all_of(path.begin(), path.end(), isPlain))
        return path;
    QString inner = path;
    inner.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s).replace(u'\n', u"\\n"_s);
    return u'"' + inner + u'"';
}

QString pathsForMessage(const QStringList &paths, const QString &projectFolder)
{
    const QString inside = projectFolder.endsWith(u'/') ? projectFolder : projectFolder + u'/';
    QStringList words;
    for (const QString &given : paths) {
        const QString path = QDir::cleanPath(given);
        const bool isInside = !projectFolder.isEmpty() && (path + u'/').startsWith(inside);
        words += quoted(isInside ? QDir(projectFolder).relativeFilePath(path) : path);
    }
    return words.join(u' ');
}

QStringList existingFolders(QStringList folders)
{
    folders.removeIf([](const QString &folder) { return !QFileInfo(folder).isDir(); });
    return folders;
}

QString folderForPeople(const QString &folder)
{
    const QString home = QDir::homePath();
    if (folder == home)
        return u"~"_s;
    return folder.startsWith(home + u'/') ? u'~' + folder.mid(home.size()) : folder;
}

} // namespace Meanwhile::Ui
