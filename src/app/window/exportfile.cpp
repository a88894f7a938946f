// SPDX-License-Identifier: MIT
#include "app/window/exportfile.h"

#include "base/wholefile.h"

#include <QtConcurrentRun>

namespace Meanwhile::App {

using namespace Qt::StringLiterals;

QFuture<Result<void>> writeExport(
    const Conversation::History &history, const Conversation::ExportHead &head, const QString &path)
{
    return QtConcurrent::run([history, head, path] {
        const bool isJson = path.endsWith(u".json"_s, Qt::CaseInsensitive);
        return writeWholeFile(
            path, isJson ? Conversation::toJsonText(history, head) : Conversation::toMarkdown(history, head));
    });
}

} // namespace Meanwhile::App
