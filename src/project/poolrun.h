// SPDX-License-Identifier: MIT
#pragma once

#include "base/whenfinished.h"

#include <QPromise>
#include <QtConcurrentRun>
#include <QThreadPool>

#include <memory>

namespace Meanwhile::Project {

/// Runs `work` on the pool; the future finishes on the thread of `context`, and not at all once that is gone.
template <typename Work>
auto runOnPool(QThreadPool *pool, QObject *context, Work work)
{
    using Value = std::invoke_result_t<Work>;
    const auto promise = std::make_shared<QPromise<Value>>();
    promise->start();
    whenFinished(QtConcurrent::run(pool, std::move(work)), context, [promise](const Value &value) {
        promise->addResult(value);
        promise->finish();
    });
    return promise->future();
}

} // namespace Meanwhile::Project
