// SPDX-License-Identifier: MIT
#pragma once

#include "checkpoints/checkpointstore.h"

#include <QPromise>

#include <memory>

namespace Meanwhile::Testing {

/// Checkpoints whose answers come when the test says so, the oldest call's first.
class FakeCheckpoints final : public Checkpoints::CheckpointStore {
public:
    template <typename T>
    using Promise = std::shared_ptr<QPromise<Result<T>>>;

    QFuture<Result<Checkpoints::Checkpoint>> take(const QString &label, Checkpoints::Durability howLong,
        std::shared_ptr<Checkpoints::TakeWatch> watch) override
    {
        durability += howLong;
        watches += watch;
        return note(QStringLiteral("take ") + label, takes);
    }
    QFuture<Result<QVector<Checkpoints::Checkpoint>>> list() override
    {
        return note(QStringLiteral("list"), lists);
    }
    QFuture<Result<Checkpoints::FileChanges>> changes(
        const QString &from, const QString &to, qint64 sinceNs) override
    {
        since += sinceNs;
        return note(QStringLiteral("changes %1 %2").arg(from, to).trimmed(), comparisons);
    }
    /// At once: everything but what `ignored` names.
    QFuture<Result<QStringList>> notIgnored(const QStringList &paths) override
    {
        QStringList kept = paths;
        kept.removeIf([this](const QString &path) { return ignored.contains(path); });
        return QtFuture::makeReadyFuture(Result<QStringList>(kept));
    }
    QFuture<Result<QString>> diff(const QString &from, const QString &to, const QByteArray &path) override
    {
        return note(QStringLiteral("diff %1 %2 %3").arg(from, to, QString::fromUtf8(path)), diffs);
    }
    QFuture<Result<Checkpoints::Restored>> restore(
        const QString &id, const QString &, const QByteArrayList &) override
    {
        return note(QStringLiteral("restore ") + id, restores);
    }
    QFuture<Result<void>> forget(const QString &id) override
    {
        calls += QStringLiteral("forget ") + id;
        return QtFuture::makeReadyFuture(Result<void>());
    }
    QFuture<Result<Checkpoints::Pruned>> prune(const Checkpoints::PrunePolicy &) override
    {
        calls += QStringLiteral("prune");
        return QtFuture::makeReadyFuture(Result<Checkpoints::Pruned>(Checkpoints::Pruned()));
    }

    template <typename T>
    static void answer(QVector<Promise<T>> &asked, const Result<T> &with)
    {
        const Promise<T> promise = asked.takeFirst();
        promise->addResult(with);
        promise->finish();
    }
    static Checkpoints::Checkpoint checkpoint(const QString &id, const QString &label)
    {
        Checkpoints::Checkpoint made;
        made.id = id;
        made.label = label;
        return made;
    }

    QStringList calls;
    QVector<qint64> since; ///< of each comparison
    QStringList ignored;
    QVector<Checkpoints::Durability> durability; ///< of the takes
    QVector<std::shared_ptr<Checkpoints::TakeWatch>> watches;
    QVector<Promise<Checkpoints::Checkpoint>> takes;
    QVector<Promise<QVector<Checkpoints::Checkpoint>>> lists;
    QVector<Promise<Checkpoints::FileChanges>> comparisons;
    QVector<Promise<QString>> diffs;
    QVector<Promise<Checkpoints::Restored>> restores;

private:
    template <typename T>
    QFuture<Result<T>> note(const QString &call, QVector<Promise<T>> &asked)
    {
        calls += call;
        asked += std::make_shared<QPromise<Result<T>>>();
        asked.last()->start();
        return asked.last()->future();
    }
};

} // namespace Meanwhile::Testing
