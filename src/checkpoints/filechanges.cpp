// SPDX-License-Identifier: MIT
#include "checkpoints/filechanges.h"

#include "base/textlimits.h"

#include <QFile>

#include <algorithm>

namespace Meanwhile::Checkpoints {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMaxNamed = 10;
constexpr qsizetype kMaxPathChars = 120;
constexpr qsizetype kMaxNamedChars = 600;

bool isPlain(QChar c)
{
    // Letters by name, but nothing is seen of them.
    const bool isFiller =
        c == QChar(0x115f) || c == QChar(0x1160) || c == QChar(0x3164) || c == QChar(0xffa0);
    return (c.isLetterOrNumber() && !isFiller) || u"_-./+@=~%"_s.contains(c);
}

// In quotes, with escapes, unless there is nothing in it that could be read as anything but a path.
QString shownPath(const QByteArray &path)
{
    QString text = QFile::decodeName(path);
    if (text.size() > kMaxPathChars)
        text = u"..."_s + text.last(kMaxPathChars - 3);
    if (!text.isEmpty() && std::all_of(text.cbegin(), text.cend(), isPlain))
        return text;
    QString shown = u"\""_s;
    for (const QChar c : text) {
        if (isPlain(c) || c == u' ' || (c.isPrint() && c.unicode() < 0x80 && !u"\"\\<>[]"_s.contains(c)))
            shown += c;
        else
            shown += u"\\u%1"_s.arg(uint(c.unicode()), 4, 16, QChar(u'0'));
    }
    return shown + u'"';
}

QByteArrayList inOrder(const FileChanges &changes)
{
    QByteArrayList paths = changes.changed + changes.added + changes.removed;
    std::sort(paths.begin(), paths.end());
    return paths;
}

} // namespace

bool isSame(const FileRecord &a, const FileRecord &b)
{
    if (a.kind != b.kind || a.mode != b.mode)
        return false;
    if (a.kind == FileRecord::Kind::Folder)
        return true;
    return a.object.isEmpty() || b.object.isEmpty() ? a.stamp == b.stamp : a.object == b.object;
}

FileChanges changesBetween(const Manifest &before, const Manifest &after)
{
    FileChanges changes;
    const auto isFile = [](const FileRecord &record) { return record.kind != FileRecord::Kind::Folder; };
    for (auto old = before.records.cbegin(); old != before.records.cend(); ++old) {
        const auto now = after.records.constFind(old.key());
        const bool isThere = now != after.records.cend() && isFile(*now);
        if (!isFile(*old) || (isThere && isSame(*old, *now)))
            continue;
        if (!isThere && after.isLeftOut(old.key()))
            changes.unknown += old.key();
        else
            (isThere ? changes.changed : changes.removed) += old.key();
    }
    for (auto now = after.records.cbegin(); now != after.records.cend(); ++now) {
        const auto old = before.records.constFind(now.key());
        if (!isFile(*now) || (old != before.records.cend() && isFile(*old)))
            continue;
        (before.isLeftOut(now.key()) ? changes.unknown : changes.added) += now.key();
    }
    return changes;
}

QString withChangesSinceStart(const QString &outcome, const FileChanges &changes)
{
    const qsizetype count = changes.count();
    if (count == 0)
        return outcome;
    QStringList named;
    qsizetype chars = 0;
    for (const QByteArray &path : inOrder(changes)) {
        const QString shown = shownPath(path);
        chars += shown.size() + 2;
        if (named.size() == kMaxNamed || (!named.isEmpty() && chars > kMaxNamedChars))
            break;
        named += shown;
    }
    const qsizetype more = count - named.size();
    return u"%1, but %2 changed since it started: %3%4"_s.arg(outcome,
        count == 1 ? u"1 file"_s : u"%1 files"_s.arg(formatCount(count)), named.join(u", "_s),
        more > 0 ? u" and %1 more"_s.arg(formatCount(more)) : QString());
}

} // namespace Meanwhile::Checkpoints
