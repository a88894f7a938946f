// SPDX-License-Identifier: MIT
#pragma once

#include "base/whenfinished.h"

#include <QtConcurrentRun>
#include <QThreadPool>

#include <type_traits>

namespace Meanwhile::Project {

/// Runs `work` on the pool; the future finishes on the thread of `context`, and not at all once that is gone.
template <typename Work>
auto runOnPool(QThreadPool *pool, QObject *context, Work work)
{
    using Value = std::invoke_result_t<Work>;
    return chain(QtConcurrent::run(pool, std::move(work)), context, [](const Value &value) { return value; });
}

} // namespace Meanwhile::Project
