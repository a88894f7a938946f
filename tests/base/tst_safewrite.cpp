// SPDX-License-Identifier: MIT
#include "base/descriptor.h"
#include "base/safewrite.h"
#include "support/testregistry.h"

#include <QtTest>

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/xattr.h>

using namespace Meanwhile;
using namespace Qt::StringLiterals;

namespace {

// Fails from the given byte on, as a disk does that has only that much room left.
class SmallDisk final : public DiskCalls {
public:
    SmallDisk(qint64 room, int error, int syncError = 0)
        : m_room(room)
        , m_error(error)
        , m_syncError(syncError)
    {
    }
    qint64 write(int fd, const char *data, qint64 size) const override
    {
        if (m_room == 0) {
            errno = m_error;
            return -1;
        }
        const qint64 written = DiskCalls::write(fd, data, qMin(size, m_room));
        m_room -= written;
        return written;
    }
    int sync(int fd) const override
    {
        if (m_syncError == 0)
            return DiskCalls::sync(fd);
        errno = m_syncError;
        return -1;
    }

private:
    mutable qint64 m_room;
    int m_error;
    int m_syncError;
};

// Writes one byte at a time and is interrupted before each.
class NervousDisk final : public DiskCalls {
public:
    qint64 write(int fd, const char *data, qint64) const override
    {
        m_interrupt = !m_interrupt;
        if (!m_interrupt)
            return DiskCalls::write(fd, data, 1);
        errno = EINTR;
        return -1;
    }

private:
    mutable bool m_interrupt = false;
};

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray("(unreadable)");
}

void put(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QFile::WriteOnly | QFile::Truncate));
    QCOMPARE(file.write(bytes), bytes.size());
}

} // namespace

class SafeWriteTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_fd.reset(
            ::open(QFile::encodeName(m_folder->path()).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        QVERIFY(m_fd.isValid());
    }

    void makesANewFileWithTheModeOtherProgramsWouldGive()
    {
        const mode_t mask = umask(027);
        const auto stamp = SafeWrite().write(m_fd.get(), "a.txt", "hello\n");
        umask(mask);
        QVERIFY(stamp);
        QCOMPARE(stamp->sizeBytes, 6);
        QCOMPARE(contentOf(path(u"a.txt"_s)), "hello\n");
        QCOMPARE(modeOf(u"a.txt"_s), 0640U);
    }

    void keepsTheModeAndTheAttributesOfAFileItReplaces()
    {
        put(path(u"run.sh"_s), "old");
        QCOMPARE(chmod(QFile::encodeName(path(u"run.sh"_s)).constData(), 0751), 0);
        const bool labelled =
            setxattr(QFile::encodeName(path(u"run.sh"_s)).constData(), "user.note", "x", 1, 0) == 0;
        QVERIFY(SafeWrite().write(m_fd.get(), "run.sh", "new"));
        QCOMPARE(contentOf(path(u"run.sh"_s)), "new");
        QCOMPARE(modeOf(u"run.sh"_s), 0751U);
        char value = 0;
        if (labelled)
            QCOMPARE(getxattr(QFile::encodeName(path(u"run.sh"_s)).constData(), "user.note", &value, 1), 1);
    }

    void keepsHardLinksOneFile()
    {
        put(path(u"one"_s), "a longer old text");
        QVERIFY(::link(QFile::encodeName(path(u"one"_s)).constData(),
                    QFile::encodeName(path(u"two"_s)).constData()) == 0);
        QVERIFY(SafeWrite().write(m_fd.get(), "one", "short"));
        QCOMPARE(contentOf(path(u"two"_s)), "short");
    }

    void leavesTheOldFileWholeWhenTheDiskIsFull_data()
    {
        QTest::addColumn<qint64>("room");
        QTest::addColumn<bool>("linked");
        QTest::newRow("no room at all") << qint64(0) << false;
        QTest::newRow("room for half") << qint64(5'000) << false;
        QTest::newRow("hard-linked, no room") << qint64(0) << true;
        QTest::newRow("hard-linked, room for half") << qint64(5'000) << true;
    }

    void leavesTheOldFileWholeWhenTheDiskIsFull()
    {
        QFETCH(qint64, room);
        QFETCH(bool, linked);
        put(path(u"a.txt"_s), "precious");
        if (linked)
            QCOMPARE(::link(QFile::encodeName(path(u"a.txt"_s)).constData(),
                         QFile::encodeName(path(u"b.txt"_s)).constData()),
                0);
        const SmallDisk disk(room, ENOSPC);
        const auto result = SafeWrite(&disk).write(m_fd.get(), "a.txt", QByteArray(10'000, 'x'));
        QVERIFY(!result);
        QCOMPARE(nameOf(result.error().kind), nameOf(ErrorKind::DiskFull));
        QVERIFY(result.error().message.startsWith(u"a.txt was not written because the disk is full"_s));
        QCOMPARE(contentOf(path(u"a.txt"_s)), "precious");
        QCOMPARE(names(), linked ? (QStringList{u"a.txt"_s, u"b.txt"_s}) : QStringList{u"a.txt"_s});
    }

    void leavesNothingBehindWhenANewFileDoesNotFit()
    {
        const SmallDisk disk(3, ENOSPC);
        QVERIFY(!SafeWrite(&disk).write(m_fd.get(), "new.txt", "more than three"));
        QCOMPARE(names(), QStringList());
    }

    void believesTheDiskWhenSyncFails()
    {
        put(path(u"a.txt"_s), "precious");
        const SmallDisk disk(1'000'000, 0, EIO);
        const auto result = SafeWrite(&disk).write(m_fd.get(), "a.txt", "new");
        QVERIFY(!result);
        QCOMPARE(nameOf(result.error().kind), nameOf(ErrorKind::Io));
        QCOMPARE(contentOf(path(u"a.txt"_s)), "precious");
        QCOMPARE(names(), QStringList{u"a.txt"_s});
    }

    void stopsAtTheKernelsOwnLimitWithTheOldFileWhole()
    {
        put(path(u"a.txt"_s), "precious");
        rlimit before{};
        QCOMPARE(getrlimit(RLIMIT_FSIZE, &before), 0);
        const auto handler = std::signal(SIGXFSZ, SIG_IGN);
        const rlimit small{4096, before.rlim_max};
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
        const auto result = SafeWrite().write(m_fd.get(), "a.txt", QByteArray(100'000, 'x'));
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &before), 0);
        std::signal(SIGXFSZ, handler);
        QVERIFY(!result);
        QCOMPARE(nameOf(result.error().kind), nameOf(ErrorKind::TooLarge));
        QCOMPARE(contentOf(path(u"a.txt"_s)), "precious");
        QCOMPARE(names(), QStringList{u"a.txt"_s});
    }

    void goesOnAfterShortAndInterruptedWrites()
    {
        const NervousDisk disk;
        QVERIFY(SafeWrite(&disk).write(m_fd.get(), "a.txt", "all of this"));
        QCOMPARE(contentOf(path(u"a.txt"_s)), "all of this");
    }

    void refusesAFileThatChangedSinceItWasRead()
    {
        put(path(u"a.txt"_s), "first");
        const Descriptor read(::open(QFile::encodeName(path(u"a.txt"_s)).constData(), O_RDONLY | O_CLOEXEC));
        const std::optional<FileStamp> seen = FileStamp::of(read.get());
        QVERIFY(seen);
        put(path(u"a.txt"_s), "by the person");
        const auto result = SafeWrite().write(m_fd.get(), "a.txt", "by the model", seen);
        QVERIFY(!result);
        QCOMPARE(nameOf(result.error().kind), nameOf(ErrorKind::Conflict));
        QCOMPARE(contentOf(path(u"a.txt"_s)), "by the person");
    }

    void refusesAFileThatWasRemovedSinceItWasRead()
    {
        const auto result = SafeWrite().write(m_fd.get(), "gone", "x", FileStamp{});
        QVERIFY(!result);
        QCOMPARE(nameOf(result.error().kind), nameOf(ErrorKind::Conflict));
        QCOMPARE(names(), QStringList());
    }

    void returnsTheStampOfWhatItWrote()
    {
        const auto first = SafeWrite().write(m_fd.get(), "a.txt", "first");
        QVERIFY(first);
        QVERIFY(SafeWrite().write(m_fd.get(), "a.txt", "second", *first));
    }

    void neverWritesThroughALinkOrIntoAPipe_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::newRow("symbolic link") << u"link"_s;
        QTest::newRow("pipe") << u"pipe"_s;
        QTest::newRow("folder") << u"folder"_s;
    }

    void neverWritesThroughALinkOrIntoAPipe()
    {
        QFETCH(QString, kind);
        const QByteArray name = QFile::encodeName(path(u"x"_s));
        if (kind == u"link"_s)
            QCOMPARE(::symlink("/etc/hostname", name.constData()), 0);
        else if (kind == u"pipe"_s)
            QCOMPARE(::mkfifo(name.constData(), 0600), 0);
        else
            QCOMPARE(::mkdir(name.constData(), 0700), 0);
        QVERIFY(!SafeWrite().write(m_fd.get(), "x", "bytes"));
        QCOMPARE(names(), QStringList{u"x"_s});
    }

    void replacesAProgramThatIsRunning()
    {
        QVERIFY(QFile::copy(u"/bin/sleep"_s, path(u"sleep"_s)));
        QProcess program;
        program.start(path(u"sleep"_s), {u"20"_s});
        QVERIFY(program.waitForStarted());
        QVERIFY(SafeWrite().write(m_fd.get(), "sleep", "#!/bin/sh\n"));
        QCOMPARE(contentOf(path(u"sleep"_s)), "#!/bin/sh\n");
        program.kill();
        QVERIFY(program.waitForFinished());
    }

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }
    QStringList names() const
    {
        return QDir(m_folder->path())
            .entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot, QDir::Name);
    }
    uint modeOf(const QString &name) const
    {
        struct stat info {};
        return ::stat(QFile::encodeName(path(name)).constData(), &info) == 0 ? info.st_mode & 07777 : 0;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    Descriptor m_fd;
};

MEANWHILE_TEST(SafeWriteTest)
#include "tst_safewrite.moc"
