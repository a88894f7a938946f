// SPDX-License-Identifier: MIT
#include "project/nearnames.h"

#include "base/pathtext.h"
#include "project/folderlisting.h"
#include "project/likeness.h"

#include <QStringList>

#include <algorithm>

namespace Meanwhile::Project {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMaxEntries = 5'000;
constexpr qsizetype kMaxNames = 5;
constexpr double kAlike = 0.4;

QString sortedLetters(QString name)
{
    name = name.toLower();
    std::sort(name.begin(), name.end());
    return name;
}

} // namespace

QString nearNames(const ProjectFiles &files, const QString &path, const Reach &reach)
{
    const qsizetype slash = path.lastIndexOf(u'/');
    const QString parent = slash < 0 ? u"."_s : slash == 0 ? u"/"_s : path.first(slash);
    const Result<OpenedFile> folder = files.open(parent, reach);
    if (!folder && folder.error().kind != ErrorKind::NotFound)
        return {};
    if (!folder)
        return u"The folder %1 does not exist either."_s.arg(parent);
    if (!folder->isFolder)
        return u"%1 is a file, not a folder."_s.arg(parent);
    const QString wanted = path.sliced(slash + 1);
    const QString wantedLetters = sortedLetters(wanted);
    const Likeness likeness(wanted);
    QVector<std::pair<double, QString>> scored;
    for (const FolderEntry &entry :
        listFolder(folder->descriptor, kMaxEntries).value_or(QVector<FolderEntry>())) {
        const QString name = pathToText(entry.name);
        // Two letters that changed places leave a short name few pairs in common.
        const double score = sortedLetters(name) == wantedLetters ? 1.0 : likeness.to(name);
        if (score >= kAlike)
            scored += {score, slash < 0 ? name : path.first(slash + 1) + name};
    }
    std::stable_sort(
        scored.begin(), scored.end(), [](const auto &a, const auto &b) { return a.first > b.first; });
    QStringList names;
    for (const auto &[score, name] : scored.first(qMin(scored.size(), kMaxNames)))
        names += name;
    return names.isEmpty() ? u"Nothing in that folder has a similar name; see list_files."_s
                           : u"Similar names there: %1."_s.arg(names.join(u", "_s));
}

} // namespace Meanwhile::Project
