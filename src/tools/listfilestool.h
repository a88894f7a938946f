// SPDX-License-Identifier: MIT
#pragma once

#include "tools/filetool.h"

namespace Meanwhile::Tools {

/// list_files: what is in a folder, or the files below it that match a glob; newest first.
class ListFilesTool final : public FileTool {
public:
    explicit ListFilesTool(FileToolParts parts);

    QFuture<Intent> intent(const ToolCall &call) override;
    QFuture<ToolOutcome> run(const ToolCall &call) override;
};

} // namespace Meanwhile::Tools
