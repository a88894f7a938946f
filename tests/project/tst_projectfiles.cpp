// SPDX-License-Identifier: MIT
#include "project/hardlinks.h"
#include "project/linuxprojectfiles.h"
#include "support/testregistry.h"

#include <QtTest>

#include <atomic>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace Meanwhile;
using namespace Meanwhile::Project;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(Meanwhile::Project::LinuxProjectFiles::Resolver)

namespace {

using Resolver = LinuxProjectFiles::Resolver;

constexpr int kOpens = 20'000;

QByteArray readWhole(const Result<OpenedFile> &file)
{
    if (!file)
        return "error: " + nameOf(file.error().kind).toUtf8();
    if (file->isFolder)
        return "folder";
    return readAll(file->descriptor, 1'000'000, u"f"_s).value_or("unreadable");
}

} // namespace

class ProjectFilesTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_root = std::make_unique<QTemporaryDir>();
        put(u"secret/file"_s, "secret");
        put(u"project/src/main"_s, "main");
        put(u"project-two/file"_s, "neighbour");
        link(u"src"_s, u"project/inside"_s);
        link(m_root->filePath(u"project/src"_s), u"project/inside-absolute"_s);
        link(u"../secret"_s, u"project/outside"_s);
        link(m_root->filePath(u"secret/file"_s), u"project/outside-absolute"_s);
        link(u"loop"_s, u"project/loop"_s);
        link(u"inside/../../project/src/main"_s, u"project/out-and-in"_s);
    }

    void opensWhatIsInsideAndNothingElse_data()
    {
        QTest::addColumn<Resolver>("resolver");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QByteArray>("content");
        const QVector<std::pair<QString, QByteArray>> cases{
            {u"src/main"_s, "main"},
            {u"./src//main"_s, "main"},
            {u"src/../src/main"_s, "main"},
            {u"inside/main"_s, "main"},
            {u"inside-absolute/main"_s, "main"},
            {u"PROJECT/src/main"_s, "main"},
            {u"PROJECT"_s, "folder"},
            {u"."_s, "folder"},
            {u""_s, "folder"},
            {u"src"_s, "folder"},
            {u"missing"_s, "error: not_found"},
            {u"src/main/below"_s, "error: not_found"},
            {u".."_s, "error: outside_project"},
            {u"../secret/file"_s, "error: outside_project"},
            {u"src/../../secret/file"_s, "error: outside_project"},
            {u"outside/file"_s, "error: outside_project"},
            {u"outside-absolute"_s, "error: outside_project"},
            {u"PROJECT/../secret/file"_s, "error: outside_project"},
            {u"PROJECT-two/file"_s, "error: outside_project"},
            {u"/etc/passwd"_s, "error: outside_project"},
            {u"/proc/self/root/etc/passwd"_s, "error: outside_project"},
            {u"~/x"_s, "error: outside_project"},
            {u"loop"_s, "error: invalid_argument"},
        };
        for (const Resolver resolver : {Resolver::Kernel, Resolver::ComponentWalk}) {
            const QByteArray name = resolver == Resolver::Kernel ? "kernel: " : "walk: ";
            for (const auto &[path, content] : cases)
                QTest::newRow((name + path.toUtf8()).constData()) << resolver << path << content;
        }
    }

    void opensWhatIsInsideAndNothingElse()
    {
        QFETCH(Resolver, resolver);
        QFETCH(QString, path);
        QFETCH(QByteArray, content);
        path.replace(u"PROJECT"_s, m_root->filePath(u"project"_s));
        const LinuxProjectFiles files(m_root->filePath(u"project"_s), resolver);
        QCOMPARE(readWhole(files.open(path, Reach::InsideProject)), content);
    }

    // The kernel refuses it; where it ends is inside, and is opened by its canonical path, again beneath the
    // folder.
    void followsALinkThatLeavesAndComesBack()
    {
        for (const Resolver resolver : {Resolver::Kernel, Resolver::ComponentWalk}) {
            const LinuxProjectFiles files(m_root->filePath(u"project"_s), resolver);
            QCOMPARE(readWhole(files.open(u"out-and-in"_s, Reach::InsideProject)), "main"_qba);
            QCOMPARE(readWhole(files.open(u"../project/src/main"_s, Reach::InsideProject)), "main"_qba);
            QVERIFY(!files.factsOf(u"out-and-in"_s).leavesProject);
        }
    }

    void saysThatAProjectIsGone()
    {
        const LinuxProjectFiles files(m_root->filePath(u"elsewhere"_s));
        QCOMPARE(readWhole(files.open(u"x"_s, Reach::InsideProject)), "error: conflict"_qba);
    }

    void opensAnythingWhenThePersonAllowsIt()
    {
        const LinuxProjectFiles files(m_root->filePath(u"project"_s));
        QCOMPARE(readWhole(files.open(u"../secret/file"_s, Reach::Anywhere)), "secret");
        QCOMPARE(readWhole(files.open(u"outside/file"_s, Reach::Anywhere)), "secret");
    }

    void usesNoOtherFolderThatCameToTheProjectsPlace()
    {
        for (const Resolver resolver : {Resolver::Kernel, Resolver::ComponentWalk}) {
            const QString project = m_root->filePath(u"project"_s);
            const LinuxProjectFiles files(project, resolver);
            QVERIFY(QDir().rename(project, m_root->filePath(u"moved"_s)));
            QVERIFY(isGone(files));
            link(m_root->filePath(u"secret"_s), u"project"_s);
            QVERIFY(isGone(files));
            QVERIFY(QFile::remove(project));
            QVERIFY(QDir().mkpath(project));
            put(u"project/src/main"_s, "another");
            QVERIFY(isGone(files));
            QVERIFY(QDir(project).removeRecursively());
            QVERIFY(QDir().rename(m_root->filePath(u"moved"_s), project));
            QCOMPARE(readWhole(files.open(u"src/main"_s, Reach::InsideProject)), "main"_qba);
        }
    }

    void tellsOnceThatTheProjectIsGoneAndTakesUpWhatThePersonOpensAgain()
    {
        const QString project = m_root->filePath(u"short"_s);
        QVERIFY(QDir().mkdir(project));
        ProjectRoot root(project);
        int told = 0;
        root.setLostHandler([&told](const Error &) { ++told; });
        QVERIFY(root.check());
        QVERIFY(QDir().rmdir(project));
        QVERIFY(!root.check() && !root.check());
        QVERIFY(root.check().error().message.contains(u"moved, replaced or removed"_s));
        QVERIFY(QDir().mkdir(project) && !root.check());
        QCOMPARE(told, 1);
        root.reopen();
        QVERIFY(root.check());
        QVERIFY(QDir().rmdir(project) && !root.check());
        QCOMPARE(told, 2);
    }

    void saysThatALinkLeadsInACircle()
    {
        const LinuxProjectFiles files(m_root->filePath(u"project"_s));
        const PathFacts facts = files.factsOf(u"loop/x"_s);
        QVERIFY(facts.impossible && facts.impossible->message.contains(u"in a circle"_s));
        QVERIFY(files.open(u"loop"_s, Reach::InsideProject).error().message.contains(u"in a circle"_s));
    }

    void opensOnlyThePlaceThatThePersonAllowed()
    {
        const LinuxProjectFiles files(m_root->filePath(u"project"_s));
        put(u"other/file"_s, "other");
        const QString place = files.factsOf(u"outside/file"_s).place;
        QCOMPARE(place, QFileInfo(m_root->filePath(u"secret/file"_s)).canonicalFilePath());
        const Reach allowed{Reach::Border::None, place};
        QCOMPARE(readWhole(files.open(u"outside/file"_s, allowed)), "secret");
        QVERIFY(files.placeFor(u"outside/file"_s, allowed, true));
        QVERIFY(QFile::remove(m_root->filePath(u"project/outside"_s)));
        link(u"../other"_s, u"project/outside"_s);
        const auto moved = files.open(u"outside/file"_s, allowed);
        QVERIFY(!moved && moved.error().message.contains(u"another place now"_s));
        QVERIFY(!files.placeFor(u"outside/file"_s, allowed, true));
        QCOMPARE(readWhole(files.open(place, allowed)), "secret");
    }

    void acceptsAProjectThatIsReachedThroughALink()
    {
        link(m_root->filePath(u"project"_s), u"shortcut"_s);
        const LinuxProjectFiles files(m_root->filePath(u"shortcut"_s));
        for (const QString &path : {u"src/main"_s, m_root->filePath(u"project/src/main"_s),
                 m_root->filePath(u"shortcut/src/main"_s)})
            QCOMPARE(readWhole(files.open(path, Reach::InsideProject)), "main");
    }

    void neverBlocksOnAPipe()
    {
        QCOMPARE(::mkfifo(QFile::encodeName(m_root->filePath(u"project/pipe"_s)).constData(), 0600), 0);
        const LinuxProjectFiles files(m_root->filePath(u"project"_s));
        const auto file = files.open(u"pipe"_s, Reach::InsideProject);
        QVERIFY(!file);
        QCOMPARE(nameOf(file.error().kind), nameOf(ErrorKind::Unsupported));
        QVERIFY(!files.open(u"/dev/tty"_s, Reach::Anywhere));
    }

    void saysWhenPermissionIsMissing()
    {
        const QString project = m_root->filePath(u"project"_s);
        QVERIFY(QFile::setPermissions(m_root->filePath(u"project/src/main"_s), {}));
        QVERIFY(QFile::setPermissions(m_root->path(), QFile::Permissions(0x7755)));
        const LinuxProjectFiles files(project);
        QCOMPARE(asSomebodyElse([&] { return files.open(u"src/main"_s, Reach::InsideProject).error().kind; }),
            int(ErrorKind::PermissionDenied));
        QVERIFY(
            QFile::setPermissions(m_root->filePath(u"project/src"_s), QFile::ReadOwner | QFile::ExeOwner));
        QCOMPARE(asSomebodyElse([&] {
            const auto place = files.placeFor(u"src/new"_s, Reach::InsideProject, true);
            if (!place)
                return place.error().kind;
            const auto written = SafeWrite(place->folder.get(), place->name).write("x");
            return written ? ErrorKind::Internal : written.error().kind;
        }),
            int(ErrorKind::PermissionDenied));
        QVERIFY(QFile::setPermissions(
            m_root->filePath(u"project/src"_s), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    }

    // Somebody swaps a folder for a link to another place, over and over, while files in it are opened.
    void neverOpensOutsideWhileAFolderIsSwappedForALink_data()
    {
        QTest::addColumn<Resolver>("resolver");
        QTest::newRow("kernel") << Resolver::Kernel;
        QTest::newRow("walk") << Resolver::ComponentWalk;
    }

    void neverOpensOutsideWhileAFolderIsSwappedForALink()
    {
        QFETCH(Resolver, resolver);
        put(u"secret/main"_s, "secret");
        link(m_root->filePath(u"secret"_s), u"project/trap"_s);
        const QByteArray folder = QFile::encodeName(m_root->filePath(u"project/src"_s));
        const QByteArray trap = QFile::encodeName(m_root->filePath(u"project/trap"_s));
        std::atomic_bool isOver = false;
        std::atomic_int swaps = 0;
        std::thread swapper([&] {
            while (!isOver) {
                if (renameat2(AT_FDCWD, folder.constData(), AT_FDCWD, trap.constData(), RENAME_EXCHANGE) == 0)
                    ++swaps;
            }
        });
        const LinuxProjectFiles files(m_root->filePath(u"project"_s), resolver);
        int opened = 0;
        int refused = 0;
        int escaped = 0;
        for (int i = 0; i < kOpens; ++i) {
            const QByteArray content = readWhole(files.open(u"src/main"_s, Reach::InsideProject));
            opened += content == "main" ? 1 : 0;
            refused += content.startsWith("error") ? 1 : 0;
            escaped += content == "secret" ? 1 : 0;
        }
        isOver = true;
        swapper.join();
        qInfo("%d swaps: %d opened, %d refused, %d escaped", swaps.load(), opened, refused, escaped);
        QCOMPARE(escaped, 0);
        QCOMPARE(opened + refused, kOpens);
        QVERIFY(swaps > 100 && opened > 0 && refused > 0);
    }

    void neverWritesOutsideWhileAFolderIsSwappedForALink()
    {
        link(m_root->filePath(u"secret"_s), u"project/trap"_s);
        const QByteArray folder = QFile::encodeName(m_root->filePath(u"project/src"_s));
        const QByteArray trap = QFile::encodeName(m_root->filePath(u"project/trap"_s));
        std::atomic_bool isOver = false;
        std::thread swapper([&] {
            while (!isOver)
                renameat2(AT_FDCWD, folder.constData(), AT_FDCWD, trap.constData(), RENAME_EXCHANGE);
        });
        const LinuxProjectFiles files(m_root->filePath(u"project"_s));
        int written = 0;
        for (int i = 0; i < 2'000; ++i) {
            const auto place = files.placeFor(u"src/written"_s, Reach::InsideProject, true);
            written += place && SafeWrite(place->folder.get(), place->name).write("x") ? 1 : 0;
        }
        isOver = true;
        swapper.join();
        QVERIFY(written > 0);
        QCOMPARE(QDir(m_root->filePath(u"secret"_s))
                     .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
            QStringList{u"file"_s});
    }

    void knowsWhereTheOtherNamesOfAFileAre_data()
    {
        QTest::addColumn<QString>("other");
        QTest::addColumn<qsizetype>("maxEntries");
        QTest::addColumn<int>("where");
        const auto row = [](const char *name, const QString &other, qsizetype maxEntries, OtherNames where) {
            QTest::newRow(name) << other << maxEntries << int(where);
        };
        row("none", {}, 100, OtherNames::None);
        row("inside", u"project/z"_s, 100, OtherNames::InProject);
        row("outside", u"secret/z"_s, 100, OtherNames::Outside);
        row("in a folder that is as large as may be", u"secret/z"_s, 10, OtherNames::Outside);
        row("not beside a folder that is too large", u"secret/z"_s, 9, OtherNames::Unknown);
        row("beside a folder that is too large", u"project/z"_s, 9, OtherNames::InProject);
    }

    void knowsWhereTheOtherNamesOfAFileAre()
    {
        QFETCH(QString, other);
        QFETCH(qsizetype, maxEntries);
        QFETCH(int, where);
        for (int i = 0; i < 10; ++i)
            put(u"project/many/%1"_s.arg(i), "x");
        if (!other.isEmpty()) {
            QCOMPARE(::link(QFile::encodeName(m_root->filePath(u"project/src/main"_s)).constData(),
                         QFile::encodeName(m_root->filePath(other)).constData()),
                0);
        }
        const LinuxProjectFiles files(m_root->filePath(u"project"_s));
        const auto place = files.placeFor(u"src/main"_s, Reach::InsideProject, false);
        QVERIFY(place);
        QCOMPARE(int(otherNames(files, *place, std::chrono::seconds(60), maxEntries)), where);
    }

private:
    static bool isGone(const LinuxProjectFiles &files)
    {
        const auto read = files.open(u"src/main"_s, Reach::InsideProject);
        const auto place = files.placeFor(u"src/new"_s, Reach::InsideProject, true);
        return !read && read.error().message.contains(u"moved, replaced or removed"_s) && !place &&
               files.factsOf(u"src/main"_s).impossible;
    }
    void put(const QString &name, const QByteArray &bytes) const
    {
        QDir().mkpath(QFileInfo(m_root->filePath(name)).path());
        QFile file(m_root->filePath(name));
        QVERIFY(file.open(QFile::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }
    void link(const QString &target, const QString &name) const
    {
        QCOMPARE(::symlink(QFile::encodeName(target).constData(),
                     QFile::encodeName(m_root->filePath(name)).constData()),
            0);
    }
    // In a child, which gives up the rights of root where it has them.
    template <typename Check>
    static int asSomebodyElse(Check check)
    {
        const pid_t child = ::fork();
        if (child == 0) {
            if (::getuid() == 0 && (::setgid(65534) != 0 || ::setuid(65534) != 0))
                ::_exit(255);
            ::_exit(int(check()));
        }
        int status = 0;
        return ::waitpid(child, &status, 0) == child && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }

    std::unique_ptr<QTemporaryDir> m_root;
};

MEANWHILE_TEST(ProjectFilesTest)
#include "tst_projectfiles.moc"
