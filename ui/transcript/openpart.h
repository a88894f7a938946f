// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <optional>

namespace Meanwhile::Ui {

/// The line that opens a block of code: "```cpp".
struct Fence {
    QChar mark = u'`';
    qsizetype length = 3;
    qsizetype indent = 0;
    QString language;

    bool operator==(const Fence &) const = default;
};

std::optional<Fence> openingFence(QStringView line);
bool closesFence(QStringView line, const Fence &fence);
/// Whether a line that is not complete may turn out to close the fence.
bool mayCloseFence(QStringView line, const Fence &fence);

/// Where in growing Markdown the part begins that more text can still change.
///
/// What stands before `begin` is closed: written alone it looks as it does in the whole. The open part is at
/// most some kilobytes, also of text without a blank line, except in a table. When it is a block of code that
/// has not been closed, `fence` is its first line and only lines can be added.
struct OpenPart {
    qsizetype begin = 0;
    std::optional<Fence> fence;
};
OpenPart findOpenPart(QStringView markdown);

} // namespace Meanwhile::Ui
