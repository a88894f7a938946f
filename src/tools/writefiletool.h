// SPDX-License-Identifier: MIT
#pragma once

#include "tools/filetool.h"

namespace Meanwhile::Tools {

/// write_file: a whole file, new or replaced, as UTF-8.
class WriteFileTool final : public FileTool {
public:
    explicit WriteFileTool(FileToolParts parts);

    QFuture<Intent> intent(const ToolCall &call) override;
    QFuture<ToolOutcome> run(const ToolCall &call) override;
};

} // namespace Meanwhile::Tools
