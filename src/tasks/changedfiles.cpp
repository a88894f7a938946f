// SPDX-License-Identifier: MIT
#include "tasks/changedfiles.h"

#include "base/textlimits.h"

#include <algorithm>

namespace Meanwhile::Tasks {

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

// A backslash is a part of the path's text, which can be given back; not where it could be read as an escape
// of the ones below, or as one of the quotation mark.
bool isPlainBackslash(const QString &text, qsizetype at)
{
    return text.at(at) == u'\\' && at + 1 < text.size() && text.at(at + 1) != u'u' && text.at(at + 1) != u'"';
}

// In quotes, with escapes, unless there is nothing in it that could be read as anything but a path.
QString shownPath(QString text)
{
    if (text.size() > kMaxPathChars)
        text = u"..."_s + text.last(kMaxPathChars - 3);
    if (!text.isEmpty() && std::all_of(text.cbegin(), text.cend(), isPlain))
        return text;
    QString shown = u"\""_s;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (isPlain(c) || c == u' ' || isPlainBackslash(text, i) ||
            (c.isPrint() && c.unicode() < 0x80 && !u"\"\\<>[]"_s.contains(c)))
            shown += c;
        else
            shown += u"\\u%1"_s.arg(uint(c.unicode()), 4, 16, QChar(u'0'));
    }
    return shown + u'"';
}

} // namespace

ChangedFiles namedFiles(const QStringList &paths)
{
    return {paths.size(), paths.first(qMin(paths.size(), ChangedFiles::kMostPaths))};
}

QString withChangesSinceStart(const QString &outcome, const ChangedFiles &changed)
{
    if (changed.isEmpty())
        return outcome;
    QStringList named;
    qsizetype chars = 0;
    for (const QString &path : changed.paths) {
        const QString shown = shownPath(path);
        chars += shown.size() + 2;
        if (named.size() == kMaxNamed || (!named.isEmpty() && chars > kMaxNamedChars))
            break;
        named += shown;
    }
    const qint64 more = changed.count - named.size();
    return u"%1, but %2 changed since it started: %3%4"_s.arg(outcome,
        changed.count == 1 ? u"1 file"_s : u"%1 files"_s.arg(formatCount(changed.count)), named.join(u", "_s),
        more > 0 ? u" and %1 more"_s.arg(formatCount(more)) : QString());
}

} // namespace Meanwhile::Tasks
