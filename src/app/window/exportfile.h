// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "conversation/exporttext.h"

#include <QFuture>

namespace Meanwhile::App {

/// Writes a session into a file: as JSON where its name ends with ".json", else as Markdown.
///
/// Thread: returns at once; the writing is done on another thread. Errors: those of writeWholeFile().
QFuture<Result<void>> writeExport(
    const Conversation::History &history, const Conversation::ExportHead &head, const QString &path);

} // namespace Meanwhile::App
