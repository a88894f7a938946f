// SPDX-License-Identifier: MIT
#pragma once

#include "tools/filetool.h"

namespace Meanwhile::Tools {

/// read_file: numbered lines of a text, or an image, scaled to what may be sent. Reads texts of any size in
/// bounded memory.
class ReadFileTool final : public FileTool {
public:
    static constexpr qint64 kDefaultLines = 2'000;

    explicit ReadFileTool(FileToolParts parts);

    QFuture<Intent> intent(const ToolCall &call) override;
    QFuture<ToolOutcome> run(const ToolCall &call) override;
};

} // namespace Meanwhile::Tools
