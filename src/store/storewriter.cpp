// SPDX-License-Identifier: MIT
#include "store/storewriter.h"

#include "base/logging.h"
#include "base/statepaths.h"
#include "store/salvage.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>
#include <iterator>
#include <utility>

namespace Meanwhile::Store {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::milliseconds kGatherFor{1};
constexpr std::chrono::seconds kAgainAfter{2};
constexpr std::chrono::milliseconds kAgainWhileSettling{250};
constexpr std::chrono::seconds kBusyIsReported{20};

} // namespace

StoreWriter::StoreWriter(QString path, QObject *gatherer)
    : m_again(this)
    , m_path(std::move(path))
    , m_gatherer(gatherer)
{
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, [this] {
        writeUnwritten();
        endSettling();
    });
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

void StoreWriter::replaceAll(std::vector<Work> all)
{
    {
        const QMutexLocker lock(&m_mutex);
        m_waiting = std::move(all);
        m_replacesAll = true;
    }
    QMetaObject::invokeMethod(this, [this] {
        takeWaiting();
        endSettling();
    });
}

void StoreWriter::takeWaiting()
{
    std::vector<std::function<void()>> done;
    {
        const QMutexLocker lock(&m_mutex);
        if (std::exchange(m_replacesAll, false)) {
            m_unwritten.clear();
            m_awaitsAll = false;
        }
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

void StoreWriter::settle(std::function<void(const Result<void> &)> settled)
{
    m_settled.push_back(std::move(settled));
    m_settling.start();
    writeWaiting();
    ready(); // so that a removed file is noticed even if nothing waits
    endSettling();
}

void StoreWriter::endSettling()
{
    if (m_settled.empty())
        return;
    const bool isWritten = m_unwritten.empty() && !m_awaitsAll && m_database;
    const bool isHopeless = !m_database && m_openError && !mayPass(*m_openError);
    if (!isWritten && !isHopeless && std::chrono::milliseconds(m_settling.elapsed()) < kSettlesWithin) {
        m_again.start(kAgainWhileSettling);
        return;
    }
    if (!isWritten && m_trouble && !m_reported) { // report why it gives up
        m_reported = m_trouble;
        emit failed(*m_trouble);
    }
    const Error trouble = isWritten ? m_leftOut.value_or(Error()) : m_trouble.value_or(Error());
    const Result<void> outcome = isWritten && !m_leftOut ? Result<void>() : failure(trouble);
    for (const auto &settled : std::exchange(m_settled, {}))
        settled(outcome);
}

void StoreWriter::callBack(std::function<void()> call)
{
    QMetaObject::invokeMethod(m_gatherer, std::move(call), Qt::QueuedConnection);
}

void StoreWriter::writeUnwritten()
{
    if (m_unwritten.empty())
        return;
    Result<void> done = attempt<void>([this] { return m_awaitsAll ? Result<void>() : write(m_unwritten); });
    if (m_awaitsAll)
        return; // it is part of what is asked for
    // One that fails by itself must not take the others with it.
    if (!done && m_database && !m_readOnly && !mayPass(done.error()))
        done = writeOneByOne();
    report(done);
    if (!done && !mayPass(done.error()))
        m_leftOut = done.error();
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
        if (!last)
            m_leftOut = last.error();
    }
    return last;
}

Result<void> StoreWriter::writeNow(const Work &work)
{
    writeWaiting();
    if (!m_unwritten.empty() && !m_awaitsAll)
        return failure(m_trouble.value_or(Error()));
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
    if (m_database && !m_readOnly && !isInPlace())
        forgetVanished();
    if (m_database)
        return true;
    if (m_openError && !mayPass(*m_openError))
        return false;
    m_openError.reset();
    Result<Database> opened = openInPlace();
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

Result<Database> StoreWriter::openInPlace()
{
    for (int tries = 1;; ++tries) {
        if (m_wasOpen) // its folder may be gone as well
            makePrivateFolder(QFileInfo(m_path).path());
        makePrivateFile(m_path); // or others could read it until the next start
        Result<Database> opened = Database::open(m_path);
        if (!opened)
            return opened;
        noteOpened(*opened);
        if (isInPlace() || tries == kTriesToOpen)
            return opened;
    }
}

void StoreWriter::noteOpened(Database &database)
{
    m_wasOpen = true;
    m_file.reset();
    m_log.reset();
    m_usesLog = database.usesLog();
}

bool StoreWriter::isInPlace()
{
    const auto isStill = [](const QString &path, std::optional<FileStamp> &known) {
        const Result<FileStamp> now = FileStamp::at(path);
        if (!now) // a disk that fails for the moment says nothing
            return now.error().kind != ErrorKind::NotFound;
        if (!known)
            known = *now;
        return now->isSameFile(*known);
    };
    return isStill(m_path, m_file) && (!m_usesLog || isStill(m_path + u"-wal"_s, m_log));
}

void StoreWriter::forgetVanished()
{
    m_database.reset();
    m_awaitsAll = true;
    report(failure(ErrorKind::NotFound,
        QCoreApplication::translate("Meanwhile::Store",
            "The file with the saved conversations was removed or replaced while the program was running. "
            "The conversations that are open are saved again, in a new one: %1.")
            .arg(m_path)));
    m_reported.reset();
    emit vanished();
}

bool StoreWriter::recover(const Error &damage)
{
    m_database.reset();
    Result<Salvaged> salvaged = m_readOnly ? Result<Salvaged>(failure(damage)) : startOver(m_path);
    if (!salvaged) {
        m_openError = salvaged.error();
        report(failure(salvaged.error()));
        return false;
    }
    m_database.emplace(std::move(salvaged->database));
    noteOpened(*m_database);
    report(failure(salvaged->told));
    return true;
}

void StoreWriter::report(const Result<void> &done)
{
    if (done) {
        m_reported.reset();
        m_busySince.reset();
        return;
    }
    m_trouble = done.error();
    // Programs that save at the same time wait for each other; that is reported only if it lasts.
    if (isBusy(done.error())) {
        if (!m_busySince)
            m_busySince.emplace().start();
        if (std::chrono::milliseconds(m_busySince->elapsed()) < kBusyIsReported)
            return;
    }
    // Trouble is reported once. Kinds that may pass count as one: a disk may be full for one call and broken
    // for the next.
    const std::optional<Error> before = std::exchange(m_reported, done.error());
    if (before && (*before == done.error() || (mayPass(*before) && mayPass(done.error()))))
        return;
    qCInfo(lcStore) << done.error().message << done.error().detail;
    emit failed(done.error());
}

} // namespace Meanwhile::Store
