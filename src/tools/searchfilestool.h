// SPDX-License-Identifier: MIT
#pragma once

#include "tools/filetool.h"

namespace Meanwhile::Tools {

/// search_files: lines that match a regular expression, from the newest files first.
class SearchFilesTool final : public FileTool {
public:
    explicit SearchFilesTool(FileToolParts parts);

    QFuture<Intent> intent(const ToolCall &call) override;
    QFuture<ToolOutcome> run(const ToolCall &call) override;
};

} // namespace Meanwhile::Tools
