// SPDX-License-Identifier: MIT
#pragma once

#include <QFutureWatcher>
#include <QPromise>

#include <memory>
#include <type_traits>
#include <utility>

namespace Meanwhile {

namespace Futures {

template <typename T>
struct ValueOf {
    using Type = T;
};
template <typename T>
struct ValueOf<QFuture<T>> {
    using Type = T;
};

/// Calls `settle` with the future once it has finished, with a result or without one.
template <typename T, typename Settle>
void watch(const QFuture<T> &future, QObject *context, Settle settle)
{
    auto *watcher = new QFutureWatcher<T>(context);
    QObject::connect(
        watcher, &QFutureWatcherBase::finished, context, [watcher, settle = std::move(settle)]() mutable {
            watcher->deleteLater();
            settle(watcher->future());
        });
    watcher->setFuture(future);
}

} // namespace Futures

/// Calls `then` with the future's result on the context's thread; never when it was cancelled or after the
/// context is gone. Never inside this call.
///
/// Use it instead of QFuture::then(context, …) wherever the context may go first: Qt 6.4 invokes that
/// continuation on the destroyed context and crashes.
template <typename T, typename Function>
void whenFinished(const QFuture<T> &future, QObject *context, Function then)
{
    Futures::watch(future, context, [then = std::move(then)](const QFuture<T> &ended) mutable {
        if (ended.resultCount() > 0)
            then(ended.result());
    });
}

/// As whenFinished(), but inside this call where the future has finished already; `dropped` is called where
/// it has no result.
template <typename T, typename Function, typename Dropped>
void whenSettled(const QFuture<T> &future, QObject *context, Function then, Dropped dropped)
{
    auto settle = [then = std::move(then), dropped = std::move(dropped)](const QFuture<T> &ended) mutable {
        if (ended.resultCount() > 0)
            then(ended.result());
        else
            dropped();
    };
    if (future.isFinished())
        settle(future);
    else
        Futures::watch(future, context, std::move(settle));
}

/// What `function` makes of the future's result, on the context's thread: a value, or a future of one, which
/// is then waited for as well. Cancelled where whenFinished() would stay silent.
template <typename T, typename Function>
auto chain(const QFuture<T> &future, QObject *context, Function function)
{
    using Made = std::decay_t<std::invoke_result_t<Function &, const T &>>;
    using Value = typename Futures::ValueOf<Made>::Type;
    auto promise = std::make_shared<QPromise<Value>>();
    promise->start();
    const QFuture<Value> chained = promise->future();
    auto end = [promise = std::move(promise)](const Value &value) {
        promise->addResult(value);
        promise->finish();
    };
    whenFinished(future, context,
        [context, end = std::move(end), function = std::move(function)](const T &result) mutable {
            if constexpr (std::is_same_v<Made, Value>)
                end(function(result));
            else
                whenFinished(function(result), context, end);
        });
    return chained;
}

} // namespace Meanwhile
