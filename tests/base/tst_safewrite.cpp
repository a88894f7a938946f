// SPDX-License-Identifier: MIT
#include "base/descriptor.h"
#include "base/safewrite.h"
#include "support/failingcalls.h"
#include "support/testregistry.h"

#include <QtTest>

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sys/xattr.h>

using namespace Meanwhile;
using namespace Qt::StringLiterals;
using Meanwhile::Testing::FailingCalls;

namespace {

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
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_folder = std::make_unique<QTemporaryDir>();
        m_folderName = QFile::encodeName(m_folder->path());
        m_fd.reset(::open(folder(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        QVERIFY(m_fd.isValid());
    }

    void makesANewFileWithTheModeOtherProgramsWouldGive()
    {
        const mode_t mask = umask(027);
        const auto stamp = SafeWrite(m_fd.get(), "a.txt").write("hello\n");
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
        QVERIFY(SafeWrite(m_fd.get(), "run.sh").write("new"));
        QCOMPARE(contentOf(path(u"run.sh"_s)), "new");
        QCOMPARE(modeOf(u"run.sh"_s), 0751U);
        char value = 0;
        if (labelled)
            QCOMPARE(getxattr(QFile::encodeName(path(u"run.sh"_s)).constData(), "user.note", &value, 1), 1);
    }

    // Whose permissions are as they should be.
    void saysThatTheFileSystemIsReadOnly_data()
    {
        QTest::addColumn<bool>("exists");
        QTest::addColumn<int>("nth");
        QTest::newRow("a new file") << false << 2;
        QTest::newRow("the file itself") << true << 2;
        QTest::newRow("what takes its place") << true << 3;
    }

    void saysThatTheFileSystemIsReadOnly()
    {
        QFETCH(bool, exists);
        QFETCH(int, nth);
        if (exists)
            put(path(u"a.txt"_s), "old");
        FailingCalls readOnly(folder(), nth, EROFS, FailingCalls::Open, FailingCalls::Lasting::FromThenOn);
        const auto stamp = SafeWrite(m_fd.get(), "a.txt").write("new");
        readOnly.stop();
        QVERIFY(!stamp);
        QCOMPARE(stamp.error().message,
            u"a.txt cannot be written: it is on a read-only file system. Write to another place, or make the "
            u"file system writable, then try again."_s);
        QCOMPARE(contentOf(path(u"a.txt"_s)), exists ? "old" : "(unreadable)");
    }

    void keepsHardLinksOneFile()
    {
        put(path(u"one"_s), "a longer old text");
        QVERIFY(::link(QFile::encodeName(path(u"one"_s)).constData(),
                    QFile::encodeName(path(u"two"_s)).constData()) == 0);
        QVERIFY(SafeWrite(m_fd.get(), "one").write("short"));
        QCOMPARE(contentOf(path(u"two"_s)), "short");
    }

    void leavesTheOldOrTheNewFileWhicheverCallFails_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("error");
        for (const auto &[name, error] : {std::pair{"full", ENOSPC}, std::pair{"broken", EIO}}) {
            const auto row = [&](const char *what) -> QTestData & {
                return QTest::newRow((QByteArray(what) + ", disk " + name).constData());
            };
            row("new") << u"new"_s << QByteArray(5'000, 'x') << error;
            row("replaced") << u"replaced"_s << QByteArray(5'000, 'x') << error;
            row("hard-linked, grows") << u"linked"_s << QByteArray(5'000, 'x') << error;
            row("hard-linked, shrinks") << u"linked"_s << QByteArray(10, 'x') << error;
        }
    }

    void leavesTheOldOrTheNewFileWhicheverCallFails()
    {
        QFETCH(QString, kind);
        QFETCH(QByteArray, bytes);
        QFETCH(int, error);
        const QByteArray old = kind == u"new" ? QByteArray("(unreadable)") : QByteArray(3'000, 'o');
        int calls = 0;
        bool isOver = false;
        for (int nth = 1; !isOver; ++nth, ++calls) {
            prepare(kind, old);
            const QStringList before = names();
            FailingCalls disk(folder(), nth, error);
            disk.setLargestWrite(1'000);
            const auto result = SafeWrite(m_fd.get(), "a.txt").write(bytes);
            disk.stop();
            isOver = disk.seen() < nth;
            const QByteArray content = contentOf(path(u"a.txt"_s));
            QCOMPARE(bool(result), isOver);
            QVERIFY2(content == bytes || (!result && content == old), content.constData());
            QCOMPARE(names(), content == old ? before : allNames(kind));
            if (kind == u"linked")
                QCOMPARE(contentOf(path(u"b.txt"_s)), content);
            if (result)
                continue;
            const QString message = result.error().message;
            QVERIFY2(message.startsWith(u"a.txt "_s) && message.endsWith(u'.'), qPrintable(message));
            QVERIFY2(message.contains(u"not written"_s) == (content != bytes), qPrintable(message));
            QVERIFY2(message.contains(
                         error == ENOSPC && content != bytes ? u"Free some space"_s : u"Check the disk"_s),
                qPrintable(message));
        }
        QVERIFY2(calls > 5, qPrintable(QString::number(calls)));
    }

    // What fails cannot show that a sync is missing, so they are counted: the new bytes, then their name; in
    // place the old bytes, their name, and the new.
    void putsBytesAndNamesOnTheDisk()
    {
        for (const auto &[kind, syncs] : {std::pair{u"new"_s, 2}, {u"replaced"_s, 2}, {u"linked"_s, 3}}) {
            prepare(kind, "old");
            const FailingCalls disk(folder(), 0, 0, FailingCalls::Sync);
            QVERIFY(SafeWrite(m_fd.get(), "a.txt").write("new"));
            QCOMPARE(disk.seen(), syncs);
        }
    }

    void keepsTheOldBytesSomewhereWhenTheDiskDies()
    {
        const QByteArray old(3'000, 'o');
        const QByteArray bytes(5'000, 'x');
        int kept = 0;
        bool isOver = false;
        for (int nth = 1; !isOver; ++nth) {
            prepare(u"linked"_s, old);
            FailingCalls disk(folder(), nth, EIO, FailingCalls::All, FailingCalls::Lasting::FromThenOn);
            disk.setLargestWrite(1'000);
            const auto result = SafeWrite(m_fd.get(), "a.txt").write(bytes);
            disk.stop();
            isOver = disk.seen() < nth;
            const QByteArray content = contentOf(path(u"a.txt"_s));
            const QStringList others = names().filter(u".meanwhile-"_s);
            QCOMPARE(bool(result), isOver);
            if (others.isEmpty()) {
                QVERIFY(content == old || (result && content == bytes));
                continue;
            }
            ++kept;
            QCOMPARE(others.size(), 1);
            QCOMPARE(contentOf(path(others.first())), old);
            QVERIFY2(!result && result.error().message.contains(others.first()),
                qPrintable(result ? u"no error"_s : result.error().message));
            QVERIFY(QFile::remove(path(others.first())));
        }
        QVERIFY(kept > 3);
    }

    void stopsAtTheKernelsOwnLimitWithTheOldFileWhole()
    {
        put(path(u"a.txt"_s), "precious");
        rlimit before{};
        QCOMPARE(getrlimit(RLIMIT_FSIZE, &before), 0);
        const auto handler = std::signal(SIGXFSZ, SIG_IGN);
        const rlimit small{4096, before.rlim_max};
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
        const auto result = SafeWrite(m_fd.get(), "a.txt").write(QByteArray(100'000, 'x'));
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &before), 0);
        std::signal(SIGXFSZ, handler);
        QVERIFY(!result);
        QCOMPARE(nameOf(result.error().kind), nameOf(ErrorKind::TooLarge));
        QCOMPARE(contentOf(path(u"a.txt"_s)), "precious");
        QCOMPARE(names(), QStringList{u"a.txt"_s});
    }

    void goesOnAfterShortAndInterruptedWrites()
    {
        FailingCalls disk(folder(), 1, EINTR, FailingCalls::Write, FailingCalls::Lasting::EverySecond);
        disk.setLargestWrite(1);
        QVERIFY(SafeWrite(m_fd.get(), "a.txt").write("all of this"));
        QCOMPARE(disk.seen(), 22);
        disk.stop();
        QCOMPARE(contentOf(path(u"a.txt"_s)), "all of this");
    }

    void refusesAFileThatChangedSinceItWasRead_data()
    {
        QTest::addColumn<bool>("linked");
        QTest::newRow("replaced") << false;
        QTest::newRow("in place") << true;
    }

    void refusesAFileThatChangedSinceItWasRead()
    {
        QFETCH(bool, linked);
        prepare(linked ? u"linked"_s : u"replaced"_s, "first");
        const ExpectedFile seen = versionOf(u"a.txt"_s, "first");
        put(path(u"a.txt"_s), "other"); // of the same size, within the same tick of the kernel's clock
        const QStringList before = names();
        const auto result = SafeWrite(m_fd.get(), "a.txt", seen).write("by the model");
        QVERIFY(!result);
        QCOMPARE(nameOf(result.error().kind), nameOf(ErrorKind::Conflict));
        QCOMPARE(contentOf(path(u"a.txt"_s)), "other");
        QCOMPARE(names(), before);
    }

    void goesOnWhenOnlyTheModeOrTheTimeChanged()
    {
        put(path(u"a.txt"_s), "first");
        const ExpectedFile seen = versionOf(u"a.txt"_s, "first");
        QCOMPARE(chmod(QFile::encodeName(path(u"a.txt"_s)).constData(), 0700), 0);
        QVERIFY(SafeWrite(m_fd.get(), "a.txt", seen).write("second"));
        QCOMPARE(modeOf(u"a.txt"_s), 0700U);
    }

    void goesByTheStampWhereTheContentIsTooLargeToKnow()
    {
        put(path(u"a.txt"_s), "first");
        FileVersion seen = versionOf(u"a.txt"_s, "first");
        seen.contentHash.clear();
        const auto written = SafeWrite(m_fd.get(), "a.txt", seen).write("second");
        QVERIFY(written);
        QVERIFY(!SafeWrite(m_fd.get(), "a.txt", seen).write("third"));
        QVERIFY(SafeWrite(m_fd.get(), "a.txt", FileVersion{*written, {}}).write("third"));
    }

    void refusesAFileThatWasRemovedOrAppeared()
    {
        const auto removed = SafeWrite(m_fd.get(), "gone", FileVersion{}).write("x");
        QVERIFY(!removed);
        QCOMPARE(nameOf(removed.error().kind), nameOf(ErrorKind::Conflict));
        QCOMPARE(names(), QStringList());
        put(path(u"a.txt"_s), "theirs");
        const auto appeared = SafeWrite(m_fd.get(), "a.txt", NoFile{}).write("x");
        QVERIFY(!appeared);
        QCOMPARE(nameOf(appeared.error().kind), nameOf(ErrorKind::Conflict));
        QCOMPARE(contentOf(path(u"a.txt"_s)), "theirs");
    }

    void givesTheModeItIsAskedFor()
    {
        QVERIFY(SafeWrite(m_fd.get(), "a.txt", NoFile{}, 0600).write("1"));
        QCOMPARE(modeOf(u"a.txt"_s), 0600U);
        QVERIFY(SafeWrite(m_fd.get(), "a.txt", AnyFile{}, 0755).write("2"));
        QCOMPARE(modeOf(u"a.txt"_s), 0755U);
    }

    // A folder hands an access control list on to what is made in it: the old file had none, nor must the
    // new.
    void takesNoAccessControlListFromTheFolder()
    {
        put(path(u"a.txt"_s), "old");
        // user::rwx group::rwx mask::rwx other::--- user:65534:rwx, as the kernel stores it
        const QByteArray list = QByteArray::fromHex("0200000001000700ffffffff02000700feff000004000700ffffffff"
                                                    "10000700ffffffff20000000ffffffff");
        const QByteArray name = QFile::encodeName(m_folder->path());
        if (setxattr(
                name.constData(), "system.posix_acl_default", list.constData(), size_t(list.size()), 0) != 0)
            QSKIP("this file system has no access control lists");
        QVERIFY(SafeWrite(m_fd.get(), "a.txt").write("new"));
        const QByteArray file = QFile::encodeName(path(u"a.txt"_s));
        QVERIFY(getxattr(file.constData(), "system.posix_acl_access", nullptr, 0) < 0);
        QVERIFY(SafeWrite(m_fd.get(), "new").write("inherits it"));
        QVERIFY(getxattr(QFile::encodeName(path(u"new"_s)).constData(), "system.posix_acl_access", nullptr,
                    0) > 0);
    }

    void keepsAnAccessControlList()
    {
        put(path(u"a.txt"_s), "old");
        const QByteArray list = QByteArray::fromHex("0200000001000600ffffffff02000400feff000004000400ffffffff"
                                                    "10000400ffffffff20000000ffffffff");
        const QByteArray file = QFile::encodeName(path(u"a.txt"_s));
        if (setxattr(file.constData(), "system.posix_acl_access", list.constData(), size_t(list.size()), 0) !=
            0)
            QSKIP("this file system has no access control lists");
        QVERIFY(SafeWrite(m_fd.get(), "a.txt").write("new"));
        QByteArray now(list.size(), '\0');
        QCOMPARE(getxattr(file.constData(), "system.posix_acl_access", now.data(), size_t(now.size())),
            list.size());
        QCOMPARE(now, list);
        QCOMPARE(modeOf(u"a.txt"_s), 0640U);
    }

    void refusesWhatWouldLoseItsRights()
    {
        prepare(u"linked"_s, "program");
        QCOMPARE(chmod(QFile::encodeName(path(u"a.txt"_s)).constData(), 04755), 0);
        const auto result = SafeWrite(m_fd.get(), "a.txt").write("x");
        QVERIFY(!result && result.error().message.contains(u"special rights"_s));
        QCOMPARE(contentOf(path(u"a.txt"_s)), "program");
    }

    // As somebody who may write the file but not give it away: the owner stays, so it is written in place.
    void keepsTheOwnerOfAFileThatIsShared()
    {
        if (::getuid() != 0)
            QSKIP("needs root to make a file of somebody else's");
        put(path(u"a.txt"_s), "theirs");
        const QByteArray file = QFile::encodeName(path(u"a.txt"_s));
        QCOMPARE(::chown(file.constData(), 4321, 4321), 0);
        QCOMPARE(::chmod(file.constData(), 0666), 0);
        QCOMPARE(::chmod(folder(), 0777), 0);
        QCOMPARE(asSomebodyElse([&] { return bool(SafeWrite(m_fd.get(), "a.txt").write("ours")); }), 1);
        QCOMPARE(contentOf(path(u"a.txt"_s)), "ours");
        struct stat info {};
        QCOMPARE(::stat(file.constData(), &info), 0);
        QCOMPARE(info.st_uid, 4321U);
        QCOMPARE(names(), QStringList{u"a.txt"_s});
        QCOMPARE(::chmod(folder(), 0755), 0);
        QCOMPARE(asSomebodyElse([&] { return bool(SafeWrite(m_fd.get(), "a.txt").write("again")); }), 0);
        QCOMPARE(contentOf(path(u"a.txt"_s)), "ours");
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
        QVERIFY(!SafeWrite(m_fd.get(), "x").write("bytes"));
        QCOMPARE(names(), QStringList{u"x"_s});
    }

    void replacesAProgramThatIsRunning()
    {
        QVERIFY(QFile::copy(u"/bin/sleep"_s, path(u"sleep"_s)));
        QProcess program;
        program.start(path(u"sleep"_s), {u"20"_s});
        QVERIFY(program.waitForStarted());
        QVERIFY(SafeWrite(m_fd.get(), "sleep").write("#!/bin/sh\n"));
        QCOMPARE(contentOf(path(u"sleep"_s)), "#!/bin/sh\n");
        program.kill();
        QVERIFY(program.waitForFinished());
    }

private:
    const char *folder() const { return m_folderName.constData(); }
    void prepare(const QString &kind, const QByteArray &old) const
    {
        for (const QString &name : names())
            QVERIFY(QFile::remove(path(name)));
        if (kind == u"new")
            return;
        put(path(u"a.txt"_s), old);
        if (kind == u"linked")
            QCOMPARE(linkat(m_fd.get(), "a.txt", m_fd.get(), "b.txt", 0), 0);
    }
    static QStringList allNames(const QString &kind)
    {
        return kind == u"linked" ? QStringList{u"a.txt"_s, u"b.txt"_s} : QStringList{u"a.txt"_s};
    }
    FileVersion versionOf(const QString &name, const QByteArray &content) const
    {
        const Descriptor file(::open(QFile::encodeName(path(name)).constData(), O_RDONLY | O_CLOEXEC));
        return {FileStamp::of(file.get()).value_or(FileStamp{}), contentHash(content)};
    }
    // In a child, which gives up the rights of root.
    template <typename Check>
    static int asSomebodyElse(Check check)
    {
        const pid_t child = ::fork();
        if (child == 0) {
            if (::setgid(65534) != 0 || ::setuid(65534) != 0)
                ::_exit(255);
            ::_exit(int(check()));
        }
        int status = 0;
        return ::waitpid(child, &status, 0) == child && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
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
    QByteArray m_folderName;
    Descriptor m_fd;
};

MEANWHILE_TEST(SafeWriteTest)
#include "tst_safewrite.moc"
