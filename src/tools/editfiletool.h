// SPDX-License-Identifier: MIT
#pragma once

#include "tools/filetool.h"

namespace Meanwhile::Tools {

/// edit_file: replaces a piece of text; every other byte of the file stays.
class EditFileTool final : public FileTool {
public:
    explicit EditFileTool(FileToolParts parts);

    QFuture<Intent> intent(const ToolCall &call) override;
    QFuture<ToolOutcome> run(const ToolCall &call) override;
};

} // namespace Meanwhile::Tools
