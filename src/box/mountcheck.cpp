// SPDX-License-Identifier: MIT
#include "box/mountcheck.h"

#include <algorithm>

namespace Meanwhile::Box {

namespace {

// Spaces, tabs, ends of line and backslashes are written as three octal digits.
std::string unescaped(std::string_view word)
{
    std::string text;
    for (std::size_t i = 0; i < word.size(); ++i) {
        if (word[i] == '\\' && i + 3 < word.size()) {
            text += char((word[i + 1] - '0') * 64 + (word[i + 2] - '0') * 8 + (word[i + 3] - '0'));
            i += 3;
        } else {
            text += word[i];
        }
    }
    return text;
}

std::string_view takeWord(std::string_view &line)
{
    const std::string_view word = line.substr(0, line.find(' '));
    line.remove_prefix(std::min(line.size(), word.size() + 1));
    return word;
}

// The last one that was made there lies over the others.
const Mount *mountAt(const std::vector<Mount> &mounts, std::string_view point)
{
    const auto found = std::find_if(
        mounts.rbegin(), mounts.rend(), [point](const Mount &mount) { return mount.point == point; });
    return found == mounts.rend() ? nullptr : &*found;
}

bool contains(const std::vector<std::string> &list, const std::string &path)
{
    return std::find(list.begin(), list.end(), path) != list.end();
}

// The mount in which a path would lie without the one that is to be checked.
const Mount *deepestAround(const std::vector<const Mount *> &bases, const std::string &path)
{
    const Mount *deepest = nullptr;
    for (const Mount *base : bases) {
        if (path != base->point && isWithin(path, base->point) &&
            (!deepest || base->point.size() > deepest->point.size()))
            deepest = base;
    }
    return deepest;
}

bool isItsOwn(const Mount &mount, const Mount &base)
{
    const std::string inner = mount.point.substr(base.point.size());
    return mount.device == base.device && mount.root == (base.root == "/" ? inner : base.root + inner);
}

} // namespace

std::vector<Mount> parseMounts(std::string_view mountinfo)
{
    std::vector<Mount> mounts;
    while (!mountinfo.empty()) {
        std::string_view line = mountinfo.substr(0, mountinfo.find('\n'));
        mountinfo.remove_prefix(std::min(mountinfo.size(), line.size() + 1));
        takeWord(line); // its number
        takeWord(line); // its parent's
        Mount mount;
        mount.device = takeWord(line);
        mount.root = unescaped(takeWord(line));
        mount.point = unescaped(takeWord(line));
        if (!mount.point.empty())
            mounts.push_back(std::move(mount));
    }
    return mounts;
}

std::string problemOfMounts(
    const BubblewrapCall &call, const std::vector<Mount> &inside, const std::vector<Mount> &outside)
{
    std::vector<const Mount *> bases;
    for (const std::string &place : call.writable) {
        const Mount *base = mountAt(inside, place);
        if (!base)
            return place + " is no mount";
        bases.push_back(base);
    }
    const std::size_t own = bases.size();
    for (const Mount &mount : outside) {
        const Mount *same = mountAt(inside, mount.point);
        const bool isInBase = std::any_of(bases.begin(), bases.begin() + std::ptrdiff_t(own),
            [&mount](const Mount *base) { return isWithin(mount.point, base->point); });
        if (same && isInBase && *same == mount && !contains(call.writable, mount.point))
            bases.push_back(same);
    }
    for (const std::string &path : call.kept) {
        const Mount *mount = mountAt(inside, path);
        const Mount *base = deepestAround(bases, path);
        if (!mount || !base || !isItsOwn(*mount, *base))
            return path + " is not protected";
    }
    for (const Mount &mount : inside) {
        const Mount *base = deepestAround(bases, mount.point);
        const bool isKnown = contains(call.kept, mount.point) || contains(call.covered, mount.point) ||
                             std::any_of(bases.begin(), bases.end(),
                                 [&mount](const Mount *known) { return known->point == mount.point; });
        if (base && !isKnown)
            return "there is an unknown mount at " + mount.point;
    }
    return {};
}

} // namespace Meanwhile::Box
