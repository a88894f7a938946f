// SPDX-License-Identifier: MIT
#pragma once

#include "tools/filetool.h"

namespace Meanwhile::Tools {

/// write_file: a whole file, new (as UTF-8) or replaced, in the encoding it had.
class WriteFileTool final : public FileTool {
public:
    explicit WriteFileTool(FileToolParts parts);

    QFuture<Intent> intent(const ToolCall &call) override;
    QFuture<ToolOutcome> run(const ToolCall &call) override;
};

} // namespace Meanwhile::Tools
