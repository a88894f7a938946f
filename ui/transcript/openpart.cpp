// SPDX-License-Identifier: MIT
#include "ui/transcript/openpart.h"

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMaxOpenChars = 2'048;

struct Line {
    QStringView text;
    qsizetype next = 0; ///< where the next one begins
    bool complete = false;
};

Line lineAt(QStringView text, qsizetype from)
{
    const qsizetype end = text.indexOf(u'\n', from);
    if (end < 0)
        return {text.sliced(from), text.size(), false};
    return {text.sliced(from, end - from), end + 1, true};
}

qsizetype indentOf(QStringView line)
{
    qsizetype indent = 0;
    while (indent < line.size() && line.at(indent) == u' ')
        ++indent;
    return indent;
}

qsizetype markLength(QStringView text, QChar mark)
{
    qsizetype length = 0;
    while (length < text.size() && text.at(length) == mark)
        ++length;
    return length;
}

/// Or may become one with the next character.
bool isListMarker(QStringView line)
{
    qsizetype at = 0;
    while (at < line.size() && at < 9 && line.at(at) >= u'0' && line.at(at) <= u'9')
        ++at;
    const QStringView mark = at > 0 ? u".)" : u"-*+";
    if (at == line.size())
        return at > 0;
    if (!mark.contains(line.at(at)))
        return false;
    return at + 1 == line.size() || line.at(at + 1).isSpace();
}

/// After the closing line of a fence that opened before `from`, or -1.
qsizetype afterFence(QStringView text, qsizetype from, const Fence &fence)
{
    while (from < text.size()) {
        const Line line = lineAt(text, from);
        if (!line.complete)
            return -1;
        if (closesFence(line.text, fence))
            return line.next;
        from = line.next;
    }
    return -1;
}

/// A paragraph without a line end is cut between two words.
qsizetype cutLongLine(QStringView text, qsizetype lineStart)
{
    qsizetype begin = lineStart;
    while (text.size() - begin > kMaxOpenChars) {
        const qsizetype space = text.first(begin + kMaxOpenChars).lastIndexOf(u' ');
        qsizetype cut = space > begin ? space + 1 : begin + kMaxOpenChars;
        if (text.at(cut).isLowSurrogate())
            --cut;
        begin = cut;
    }
    return begin;
}

} // namespace

std::optional<Fence> openingFence(QStringView line)
{
    Fence fence;
    fence.indent = indentOf(line);
    const QStringView rest = line.sliced(fence.indent);
    if (fence.indent > 3 || rest.isEmpty() || (rest.at(0) != u'`' && rest.at(0) != u'~'))
        return {};
    fence.mark = rest.at(0);
    fence.length = markLength(rest, fence.mark);
    const QStringView info = rest.sliced(fence.length).trimmed();
    if (fence.length < 3 || (fence.mark == u'`' && info.contains(u'`')))
        return {};
    fence.language = info.toString().section(u' ', 0, 0);
    return fence;
}

bool closesFence(QStringView line, const Fence &fence)
{
    const qsizetype indent = indentOf(line);
    const QStringView rest = line.sliced(indent);
    const qsizetype length = markLength(rest, fence.mark);
    return indent <= 3 && length >= fence.length && rest.sliced(length).trimmed().isEmpty();
}

bool mayCloseFence(QStringView line, const Fence &fence)
{
    const QStringView rest = line.trimmed();
    return markLength(rest, fence.mark) == rest.size();
}

OpenPart findOpenPart(QStringView text)
{
    qsizetype begin = 0;
    qsizetype at = 0;
    bool afterBlank = false;
    bool inList = false;
    while (at < text.size()) {
        const Line line = lineAt(text, at);
        if (line.text.trimmed().isEmpty()) {
            afterBlank = true;
            at = line.next;
            continue;
        }
        const bool atMargin = !line.text.at(0).isSpace();
        const bool isMarker = isListMarker(line.text);
        if (const auto fence = openingFence(line.text); fence && (!inList || atMargin)) {
            if (!line.complete)
                return {at, {}};
            const qsizetype after = afterFence(text, line.next, *fence);
            if (after < 0)
                return {at, fence};
            begin = at = after;
            inList = afterBlank = false;
            continue;
        }
        const bool isTooLong = at - begin > kMaxOpenChars && atMargin && line.text.at(0) != u'|';
        const bool isNewBlock = afterBlank && atMargin && !(inList && isMarker);
        if (isNewBlock || isTooLong || at == begin) {
            begin = at;
            inList = isMarker;
        }
        inList = inList || isMarker;
        afterBlank = false;
        if (!line.complete && line.text.size() > kMaxOpenChars)
            begin = cutLongLine(text, at);
        at = line.next;
    }
    return {begin, {}};
}

} // namespace Meanwhile::Ui
