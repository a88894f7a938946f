// SPDX-License-Identifier: MIT
#include "tools/filechange.h"

#include "base/hiddentext.h"
#include "project/hardlinks.h"
#include "project/textencoding.h"
#include "tools/personwording.h"

namespace Meanwhile::Tools {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMaxDiffedBytes = 2'000'000;

QString partedInWords(Project::OtherNames names)
{
    if (names == Project::OtherNames::Outside)
        return u" Its other names outside the project (hard links) keep the old content."_s;
    return u" It had other names (hard links), and looking for them in the project would have taken too "
           u"long, so "
           u"they keep the old content. Where they are to have the new one, link them again."_s;
}

} // namespace

FileChange::FileChange(const FileToolParts &parts, QString pathGiven, const Project::Reach &reachGiven)
    : files(parts.files)
    , git(parts.git)
    , seen(parts.seen)
    , writes(parts.writes)
    , path(std::move(pathGiven))
    , reach(reachGiven)
{
}

Result<CurrentFile> FileChange::current() const
{
    const Result<Project::OpenedFile> file = files->open(path, reach);
    if (!file) {
        if (file.error().kind == ErrorKind::NotFound)
            return CurrentFile{};
        return failure(file.error());
    }
    if (file->isFolder)
        return failure(ErrorKind::InvalidArgument, u"%1 is a folder. Name a file."_s.arg(path));
    Result<QByteArray> bytes = Project::readAll(file->descriptor, kMaxChangeBytes, path);
    if (!bytes && bytes.error().kind != ErrorKind::TooLarge)
        return failure(bytes.error());
    if (!bytes)
        return CurrentFile{{}, file->stamp, true};
    return CurrentFile{*std::move(bytes), file->stamp, false};
}

Result<void> FileChange::checkSeen(const CurrentFile &before) const
{
    const QByteArray hash = before.stamp ? contentHash(before.bytes) : QByteArray();
    if (before.isTooLarge || !before.stamp || !seen->hasChangedSince(files->absolute(path), hash))
        return {};
    return failure(ErrorKind::Conflict, u"%1 has changed since you last read it, by the person or by a "
                                        u"command, and was left alone. Read it again, "
                                        u"then write."_s.arg(path));
}

Result<QString> FileChange::write(const CurrentFile &before, const QByteArray &bytes) const
{
    const Result<Project::WritePlace> place = files->placeFor(path, reach, true);
    if (!place) {
        if (place.error().kind == ErrorKind::NotFound)
            return failure(ErrorKind::NotFound,
                u"%1 cannot be written: a part of its path is not a folder."_s.arg(path));
        return failure(place.error());
    }
    const QByteArray hash = contentHash(before.bytes);
    ExpectedFile expected = NoFile{};
    if (before.stamp)
        expected = FileVersion{*before.stamp, before.isTooLarge ? QByteArray() : hash};
    // One that may be outside is treated as outside: nothing there changes unless the person was asked.
    const Project::OtherNames names =
        before.stamp ? Project::otherNames(*files, *place, maxLinkSearch) : Project::OtherNames::None;
    const bool parts = (names == Project::OtherNames::Outside || names == Project::OtherNames::Unknown) &&
                       !files->factsOf(path).leavesProject;
    const Result<FileStamp> written = SafeWrite(
        place->folder.get(), place->name, expected, std::nullopt, parts ? HardLinks::Part : HardLinks::Keep)
                                          .write(bytes);
    if (!written)
        return failure(written.error());
    if (writes)
        writes->note(files->absolute(path));
    // What the model has not seen before this change, it has not seen now.
    const QString key = files->absolute(path);
    if (!before.stamp || !seen->hasChangedSince(key, hash))
        seen->remember(key, contentHash(bytes));
    return parts ? partedInWords(names) : QString();
}

QString FileChange::diff(const QByteArray &before, const QByteArray &after) const
{
    if (Project::looksBinary(before) || before.size() + after.size() > kMaxDiffedBytes)
        return {};
    const auto text = [](const QByteArray &bytes) { // which a zero would end for those who compare
        return Project::decode(bytes, Project::detectEncoding(bytes))
            .replace(QChar::Null, writtenOut(0))
            .toUtf8();
    };
    return git->diff(path, text(before), text(after));
}

// Whatever the file is now, what would be written can be read as long as it is of a size to be read.
void FileChange::show(Intent &intent, const CurrentFile &before, const QByteArray &after) const
{
    if (before.stamp && !before.isTooLarge && before.bytes == after) {
        intent.unshown = nothingChangesForPerson();
        return;
    }
    const bool isComparable = !before.isTooLarge && !Project::looksBinary(before.bytes) &&
                              before.bytes.size() + after.size() <= kMaxDiffedBytes;
    intent.preview = diff(isComparable ? before.bytes : QByteArray(), after);
    if (after.size() > kMaxDiffedBytes)
        intent.unshown = tooLargeToShowForPerson(after.size());
    else if (!isComparable)
        intent.unshown = wholeFileReplacedForPerson(Project::looksBinary(before.bytes));
    else if (intent.preview.isEmpty())
        intent.unshown = noLinesToShowForPerson();
}

Intent writeIntent(
    FileChange change, bool shows, const std::function<Result<QByteArray>(const CurrentFile &)> &newBytes)
{
    Intent intent = fileIntent(*change.files, Effect::Write, change.path, shows);
    if (!intent.impossible.isEmpty())
        return intent;
    // Only the person sees this, who decides about leaving the folder.
    change.reach = intent.leavesProject ? Project::Reach::Anywhere : Project::Reach::InsideProject;
    const Result<CurrentFile> before = change.current();
    const Result<QByteArray> after = before.and_then(newBytes);
    // Outside, and in a file with secrets, what does not fit would tell what is there without anybody's word.
    const bool isOpen = !intent.leavesProject && intent.care != Intent::Care::Secret;
    if (!after && isOpen)
        intent.impossible = after.error().message;
    else if (after)
        change.show(intent, *before, *after);
    else
        intent.unshown = noLinesToShowForPerson();
    return intent;
}

} // namespace Meanwhile::Tools
