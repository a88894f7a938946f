// SPDX-License-Identifier: MIT
#include "store/storewriter.h"

#include "base/logging.h"
#include "store/salvage.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace Meanwhile::Store {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::milliseconds kGatherFor{1};
constexpr std::chrono::seconds kAgainAfter{2};

} // namespace

StoreWriter::StoreWriter(QString path, QObject *gatherer)
    : m_again(this)
    , m_path(std::move(path))
    , m_gatherer(gatherer)
{
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &StoreWriter::writeUnwritten);
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
        [this] { QMetaObject::invokeMethod(this, &StoreWriter::takeWaiting); });
}

void StoreWriter::takeWaiting()
{
    std::vector<std::function<void()>> done;
    {
        const QMutexLocker lock(&m_mutex);
        std::move(m_waiting.begin(), m_waiting.end(), std::back_inserter(m_unwritten));
        m_waiting.clear();
        done.swap(m_done);
    }
    if (!m_again.isActive())
        writeUnwritten();
    if (!done.empty()) {
        callBack([done] {
            for (const auto &tell : done)
                tell();
        });
    }
}

void StoreWriter::writeWaiting()
{
    m_again.stop();
    takeWaiting();
}

void StoreWriter::callBack(std::function<void()> call)
{
    QMetaObject::invokeMethod(m_gatherer, std::move(call), Qt::QueuedConnection);
}

void StoreWriter::writeUnwritten()
{
    if (m_unwritten.empty())
        return;
    Result<void> done = attempt<void>([this] { return write(m_unwritten); });
    // One that fails by itself must not take the others with it.
    if (!done && m_database && !m_readOnly && !mayPass(done.error()))
        done = writeOneByOne();
    report(done);
    if (!done && mayPass(done.error()))
        m_again.start(kAgainAfter);
    else
        m_unwritten.clear();
}

Result<void> StoreWriter::writeOneByOne()
{
    Result<void> last;
    for (auto work = m_unwritten.begin(); work != m_unwritten.end(); ++work) {
        last = attempt<void>([&] { return write({*work}); });
        if (!last && mayPass(last.error())) {
            m_unwritten.erase(m_unwritten.begin(), work);
            return last;
        }
        report(last);
    }
    return last;
}

Result<void> StoreWriter::writeNow(const Work &work)
{
    writeWaiting();
    if (!m_unwritten.empty())
        return failure(*m_reported);
    return attempt<void>([&] { return write({work}); });
}

Result<void> StoreWriter::write(const std::vector<Work> &all)
{
    if (m_readOnly)
        return failure(*m_readOnly);
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
    if (m_openError && !mayPass(*m_openError))
        return false;
    m_openError.reset();
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
    if (done) {
        m_reported.reset();
        return;
    }
    // The same trouble again says nothing new; a disk may be full for one call and broken for the next.
    const std::optional<Error> before = std::exchange(m_reported, done.error());
    if (before && (*before == done.error() || (mayPass(*before) && mayPass(done.error()))))
        return;
    qCInfo(lcStore) << done.error().message << done.error().detail;
    emit failed(done.error());
}

} // namespace Meanwhile::Store
