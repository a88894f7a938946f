// SPDX-License-Identifier: MIT
#pragma once

#include <QFutureWatcher>

#include <utility>

namespace Meanwhile {

/// Calls `then` with the future's result on the context's thread; never when it was cancelled or after the
/// context is gone. Never inside this call.
///
/// Use it instead of QFuture::then(context, …) wherever the context may go first: Qt 6.4 invokes that
/// continuation on the destroyed context and crashes.
template <typename T, typename Function>
void whenFinished(const QFuture<T> &future, QObject *context, Function then)
{
    auto *watcher = new QFutureWatcher<T>(context);
    QObject::connect(
        watcher, &QFutureWatcherBase::finished, context, [watcher, then = std::move(then)]() mutable {
            watcher->deleteLater();
            if (watcher->future().resultCount() > 0)
                then(watcher->result());
        });
    watcher->setFuture(future);
}

} // namespace Meanwhile
