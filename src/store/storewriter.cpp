// SPDX-License-Identifier: MIT
#include "store/storewriter.h"

#include "base/logging.h"
#include "store/salvage.h"

#include <QTimer>

namespace Meanwhile::Store {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::milliseconds kGatherFor{1};

} // namespace

StoreWriter::StoreWriter(QString path, QObject *gatherer)
    : m_path(std::move(path))
    , m_gatherer(gatherer)
{
}

StoreWriter::~StoreWriter() = default;

void StoreWriter::add(Work work, std::function<void()> done)
{
    const QMutexLocker lock(&m_mutex);
    m_waiting.push_back(std::move(work));
    if (done)
        m_done.push_back(std::move(done));
    if (m_waiting.size() > 1)
        return;
    QTimer::singleShot(kGatherFor, Qt::PreciseTimer, m_gatherer,
        [this] { QMetaObject::invokeMethod(this, [this] { writeWaiting(); }); });
}

void StoreWriter::writeWaiting()
{
    std::vector<Work> all;
    std::vector<std::function<void()>> done;
    {
        const QMutexLocker lock(&m_mutex);
        all.swap(m_waiting);
        done.swap(m_done);
    }
    writeAll(all);
    if (!done.empty()) {
        callBack([done] {
            for (const auto &tell : done)
                tell();
        });
    }
}

void StoreWriter::callBack(std::function<void()> call)
{
    QMetaObject::invokeMethod(m_gatherer, std::move(call), Qt::QueuedConnection);
}

void StoreWriter::writeAll(const std::vector<Work> &all)
{
    if (all.empty() || !ready())
        return;
    if (m_readOnly)
        return report(failure(*m_readOnly));
    Result<void> done = write(all);
    if (!done && isDamage(done.error()) && recover(done.error()))
        done = write(all);
    if (done || all.size() == 1)
        return report(done);
    // One that fails must not take the others with it.
    for (const Work &work : all)
        report(write({work}));
}

Result<void> StoreWriter::writeNow(const Work &work)
{
    writeWaiting();
    if (!ready())
        return failure(*m_openError);
    if (m_readOnly)
        return failure(*m_readOnly);
    Result<void> done = write({work});
    if (!done && isDamage(done.error()) && recover(done.error()))
        done = write({work});
    return done;
}

Result<void> StoreWriter::write(const std::vector<Work> &all)
{
    return m_database->transaction([&]() -> Result<void> {
        for (const Work &work : all) {
            if (Result<void> done = work(*m_database); !done)
                return done;
        }
        return {};
    });
}

bool StoreWriter::ready()
{
    if (m_database)
        return true;
    if (m_openError)
        return false;
    Result<Database> opened = Database::open(m_path);
    if (opened) {
        m_database.emplace(std::move(*opened));
        return true;
    }
    if (isDamage(opened.error()))
        return recover(opened.error());
    if (opened.error().kind == ErrorKind::Conflict) {
        if (Result<Database> looked = Database::openReadOnly(m_path)) {
            m_readOnly = opened.error();
            m_database.emplace(std::move(*looked));
        }
    }
    if (!m_database)
        m_openError = opened.error();
    report(failure(opened.error()));
    return m_database.has_value();
}

bool StoreWriter::recover(const Error &damage)
{
    m_database.reset();
    Result<Salvaged> salvaged = m_readOnly ? Result<Salvaged>(failure(damage)) : startAnew(m_path);
    if (!salvaged) {
        m_openError = salvaged.error();
        report(failure(salvaged.error()));
        return false;
    }
    m_database.emplace(std::move(salvaged->database));
    report(failure(salvaged->told));
    return true;
}

void StoreWriter::report(const Result<void> &done)
{
    // The same trouble again says nothing new.
    if (done || std::exchange(m_reported, done.error()) == done.error())
        return;
    qCWarning(lcStore) << done.error().message << done.error().detail;
    emit failed(done.error());
}

} // namespace Meanwhile::Store
