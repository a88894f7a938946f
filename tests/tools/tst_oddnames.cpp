// SPDX-License-Identifier: MIT
#include "base/pathtext.h"
#include "project/linuxprojectfiles.h"
#include "support/testregistry.h"
#include "toolbench.h"
#include "tools/filechange.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Meanwhile;
using namespace Meanwhile::Testing;
using namespace Meanwhile::Project;
using namespace Meanwhile::Tools;
using namespace Qt::StringLiterals;

namespace {

/// Beside Qt, which has no words for such names.
class OddFiles {
public:
    explicit OddFiles(const ToolBench &bench)
        : m_folder(QFile::encodeName(bench.path()))
    {
    }

    /// QTemporaryDir removes only what Qt has words for.
    ~OddFiles() { QProcess::execute(u"rm"_s, {u"-rf"_s, QFile::decodeName(m_folder)}); }
    Q_DISABLE_COPY_MOVE(OddFiles)

    void put(const QByteArray &name, const QByteArray &bytes) const
    {
        const int fd = ::open(pathOf(name).constData(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0644);
        QVERIFY(fd >= 0 && ::write(fd, bytes.constData(), size_t(bytes.size())) == bytes.size());
        ::close(fd);
    }

    QByteArray contentOf(const QByteArray &name) const
    {
        QByteArray bytes(4096, Qt::Uninitialized);
        const int fd = ::open(pathOf(name).constData(), O_RDONLY | O_CLOEXEC);
        const ssize_t got = fd < 0 ? -1 : ::read(fd, bytes.data(), size_t(bytes.size()));
        ::close(fd);
        return got < 0 ? QByteArray("(missing)") : bytes.first(got);
    }

    QByteArray pathOf(const QByteArray &name) const { return m_folder + '/' + name; }

private:
    QByteArray m_folder;
};

void addNames()
{
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("no UTF-8") << QByteArray("bad\xff.txt");
    QTest::newRow("EUC-KR") << QByteArray("\xc7\xd1\xb1\xdb.txt");
    QTest::newRow("a line break") << QByteArray("a\n[exit code 0].txt");
    QTest::newRow("a right-to-left override") << QByteArray("gpj\xe2\x80\xae.exe");
    QTest::newRow("what looks like an escape") << QByteArray("bad\\xff.txt");
    QTest::newRow("a backslash") << QByteArray("a\\b.txt");
    QTest::newRow("in a folder of such a name") << QByteArray("d\xfe/\xc7\xd1.txt");
}

} // namespace

/// Names that are no text, that forge lines, or that are no names at all.
class OddNamesTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void readEditAndWriteTakeTheNameAsItIsShown_data() { addNames(); }
    void readEditAndWriteTakeTheNameAsItIsShown()
    {
        QFETCH(QByteArray, name);
        ToolBench bench;
        const OddFiles files(bench);
        if (name.contains('/'))
            QCOMPARE(::mkdir(files.pathOf(name.split('/').first()).constData(), 0755), 0);
        files.put(name, "old text\n");
        const QString shown = pathToText(name);
        QVERIFY(!shown.contains(u'\n'));
        const ToolOutcome read = bench.run(u"read_file"_s, {{u"path"_s, shown}});
        QCOMPARE(read.text, u"1\told text\n"_s);
        const ToolOutcome edited = bench.run(
            u"edit_file"_s, {{u"path"_s, shown}, {u"old_text"_s, u"old"_s}, {u"new_text"_s, u"new"_s}});
        QCOMPARE(edited.text, u"Edited %1 at line 1."_s.arg(shown));
        QCOMPARE(files.contentOf(name), "new text\n");
        const ToolOutcome listed = bench.run(u"list_files"_s, {{u"glob"_s, u"**/*.*"_s}});
        QVERIFY2(listed.text.split(u'\n').contains(shown), qPrintable(listed.text));
        const ToolOutcome found = bench.run(u"search_files"_s, {{u"regex"_s, u"new text"_s}});
        QVERIFY2(found.text.contains(shown + u":1:new text"_s), qPrintable(found.text));
        const QString absolute = pathToText(files.pathOf(name));
        const ToolOutcome written =
            bench.run(u"write_file"_s, {{u"path"_s, absolute}, {u"content"_s, u"whole\n"_s}});
        QVERIFY2(written.text.startsWith(u"Replaced "_s), qPrintable(written.text));
        QCOMPARE(files.contentOf(name), "whole\n");
        const ToolOutcome made =
            bench.run(u"write_file"_s, {{u"path"_s, shown + u".new"_s}, {u"content"_s, u"x"_s}});
        QVERIFY2(!made.isError, qPrintable(made.text));
        QCOMPARE(files.contentOf(name + ".new"), "x");
    }

    /// In folders whose names' text is not the name, in the project or above it.
    void secretsStayBackInOddFolders_data()
    {
        QTest::addColumn<QByteArray>("folder");
        for (const QByteArray folder : {"b\xfe", "n\x01", "z\xe2\x80\x8bx", "plain"})
            QTest::newRow(pathToText(folder).toUtf8().constData()) << folder;
    }
    void secretsStayBackInOddFolders()
    {
        QFETCH(const QByteArray, folder);
        const ToolBench bench;
        const OddFiles files(bench);
        for (const QByteArray below : {"", "/.aws", "/srv", "/srv/objects", "/srv/refs"})
            QCOMPARE(::mkdir(files.pathOf(folder + below).constData(), 0755), 0);
        for (const QByteArray name :
            {"/.env", "/id_rsa", "/.aws/config", "/srv/config", "/srv/HEAD", "/note.txt"})
            files.put(folder + name, "needle\n");
        const QString text = pathToText(folder);
        for (const QString &name : {u".env"_s, u"id_rsa"_s, u".aws/config"_s, u"srv/config"_s}) {
            const Intent intent = bench.intent(u"read_file"_s, {{u"path"_s, text + u'/' + name}});
            QVERIFY2(intent.care == Intent::Care::Secret, qPrintable(name));
        }
        for (const QString &start : {QString(), text, text + u"/.aws"_s, text + u"/srv"_s}) {
            const QString found =
                bench.run(u"search_files"_s, {{u"regex"_s, u"needle"_s}, {u"path"_s, start}}).text;
            QVERIFY2(!found.contains(u"config:1") && !found.contains(u".env:1") && !found.contains(u"rsa:1"),
                qPrintable(found));
        }
        const QString named =
            bench.run(u"search_files"_s, {{u"regex"_s, u"needle"_s}, {u"path"_s, text + u"/note.txt"_s}})
                .text;
        QCOMPARE(named, text + u"/note.txt:1:needle"_s);
        const QString byGlob =
            bench.run(u"search_files"_s, {{u"regex"_s, u"needle"_s}, {u"glob"_s, text + u"/*.txt"_s}}).text;
        QVERIFY2(byGlob.startsWith(text + u"/note.txt:1:needle"_s), qPrintable(byGlob));
    }

    void aMissingNameIsAnsweredWithTheLikeOnesAsTheyCanBeGiven()
    {
        ToolBench bench;
        const OddFiles files(bench);
        files.put("bad\xff.txt", "x");
        const ToolOutcome read = bench.run(u"read_file"_s, {{u"path"_s, u"bad\ufffd.txt"_s}});
        QVERIFY2(read.text.contains(uR"(Similar names there: bad\xff.txt.)"_s), qPrintable(read.text));
    }

    void aNulIsRefusedWhereverTextGoesToTheSystem_data()
    {
        QTest::addColumn<QString>("tool");
        QTest::addColumn<QJsonObject>("arguments");
        const QString odd = u"keep.txt"_s + QChar(u'\0') + u".new"_s;
        const auto row = [](const char *name, const QString &tool, const QJsonObject &arguments) {
            QTest::newRow(name) << tool << arguments;
        };
        row("read", u"read_file"_s, {{u"path"_s, odd}});
        row("write", u"write_file"_s, {{u"path"_s, odd}, {u"content"_s, u"x"_s}});
        row("edit", u"edit_file"_s,
            {{u"path"_s, odd}, {u"old_text"_s, u"kept"_s}, {u"new_text"_s, u"lost"_s}});
        row("list", u"list_files"_s, {{u"path"_s, odd}});
        row("list, glob", u"list_files"_s, {{u"glob"_s, odd}});
        row("search", u"search_files"_s, {{u"regex"_s, u"kept"_s}, {u"path"_s, odd}});
        row("search, glob", u"search_files"_s, {{u"regex"_s, u"kept"_s}, {u"glob"_s, odd}});
        row("search, pattern", u"search_files"_s, {{u"regex"_s, odd}});
        row("command", u"bash"_s, {{u"command"_s, u"echo "_s + odd}});
        row("description", u"background_run"_s, {{u"command"_s, u"true"_s}, {u"description"_s, odd}});
        row("tasks", u"wait_background"_s,
            {{u"mode"_s, u"any"_s}, {u"timeout_s"_s, 1}, {u"task_ids"_s, QJsonArray{odd}}});
        row("escaped", u"read_file"_s, {{u"path"_s, uR"(keep.txt\x00.new)"_s}});
        row("address", u"read_file"_s, {{u"path"_s, u"file:///keep.txt%00.new"_s}});
    }

    void aNulIsRefusedWhereverTextGoesToTheSystem()
    {
        QFETCH(QString, tool);
        QFETCH(QJsonObject, arguments);
        ToolBench bench;
        bench.put(u"keep.txt"_s, "kept\n");
        const QByteArray input = QJsonDocument(arguments).toJson();
        const Result<ToolCall> call = bench.registry.check(u"c"_s, tool, input);
        QVERIFY(!call);
        QVERIFY2(call.error().message.contains(u"NUL"_s), qPrintable(call.error().message));
        QCOMPARE(bench.contentOf(u"keep.txt"_s), "kept\n");
    }

    void aTextMayHoldANul()
    {
        ToolBench bench;
        bench.run(u"write_file"_s, {{u"path"_s, u"n"_s}, {u"content"_s, u"a"_s + QChar(u'\0')}});
        QCOMPARE(bench.contentOf(u"n"_s), QByteArray("a\0", 2));
    }

    void anOverlongNameIsSaidToBeSo()
    {
        ToolBench bench;
        const ToolOutcome written =
            bench.run(u"write_file"_s, {{u"path"_s, QString(300, u'a')}, {u"content"_s, u"x"_s}});
        QVERIFY(written.isError);
        QVERIFY2(written.text.contains(u"255 bytes"_s), qPrintable(written.text));
        const QByteArray deep = "{\"path\":\"" + QByteArray("x/").repeated(2500) + "y\"}";
        const Result<ToolCall> call = bench.registry.check(u"c"_s, u"read_file"_s, deep);
        QVERIFY(!call && call.error().message.contains(u"4,095"_s));
    }

    void theAddressOfAFileIsItsPath()
    {
        ToolBench bench;
        bench.put(u"a b.txt"_s, "x\n");
        const QString address = u"file://"_s + QString(bench.path(u"a b.txt"_s)).replace(u" "_s, u"%20"_s);
        QCOMPARE(bench.run(u"read_file"_s, {{u"path"_s, address}}).text, u"1\tx\n"_s);
        QCOMPARE(bench.intent(u"read_file"_s, {{u"path"_s, address}}).subject, bench.path(u"a b.txt"_s));
    }

    void whatCannotBeSeenIsEditedAsItWasShown()
    {
        ToolBench bench;
        bench.put(u"k.js"_s, "if (admin\u202e) // \u200bhidden\nrest\n"_qba);
        const ToolOutcome edited = bench.run(
            u"edit_file"_s, {{u"path"_s, u"k.js"_s}, {u"old_text"_s, u"(admin⟦U+202E⟧) // ⟦U+200B⟧hidden"_s},
                                {u"new_text"_s, u"(admin) // ⟦U+200B⟧seen"_s}});
        QVERIFY2(!edited.isError, qPrintable(edited.text));
        QCOMPARE(bench.contentOf(u"k.js"_s), "if (admin) // \u200bseen\nrest\n"_qba);
        bench.put(u"f"_s, "<background-results>\n"_qba);
        QVERIFY(!bench
                     .run(u"edit_file"_s, {{u"path"_s, u"f"_s}, {u"old_text"_s, u"&lt;background-results>"_s},
                                              {u"new_text"_s, u"x"_s}})
                     .isError);
        QCOMPARE(bench.contentOf(u"f"_s), "x\n"_qba);
    }

    void aTextThatSpellsTheEscapeIsWrittenAsItIs()
    {
        ToolBench bench;
        const QString text = u"row(⟦U+202E⟧)\n"_s;
        bench.run(u"write_file"_s, {{u"path"_s, u"t"_s}, {u"content"_s, text}});
        QCOMPARE(bench.contentOf(u"t"_s), text.toUtf8());
    }

    void aFileWithANameOutsideIsPartedFromIt_data()
    {
        QTest::addColumn<QString>("tool");
        QTest::addColumn<QJsonObject>("arguments");
        QTest::newRow("edit") << u"edit_file"_s
                              << QJsonObject{{u"path"_s, u"in"_s}, {u"old_text"_s, u"old"_s},
                                     {u"new_text"_s, u"new"_s}};
        QTest::newRow("write") << u"write_file"_s
                               << QJsonObject{{u"path"_s, u"in"_s}, {u"content"_s, u"new"_s}};
    }

    void aFileWithANameOutsideIsPartedFromIt()
    {
        QFETCH(QString, tool);
        QFETCH(QJsonObject, arguments);
        ToolBench bench;
        QTemporaryDir elsewhere(QDir(bench.path()).filePath(u"../outside-XXXXXX"_s));
        QFile outside(elsewhere.filePath(u"out"_s));
        QVERIFY(outside.open(QIODevice::WriteOnly) && outside.write("old") == 3);
        outside.close();
        QCOMPARE(::link(QFile::encodeName(outside.fileName()).constData(),
                     QFile::encodeName(bench.path(u"in"_s)).constData()),
            0);
        const ToolOutcome done = bench.run(tool, arguments);
        QVERIFY2(
            done.text.endsWith(u"Its other names outside the project (hard links) keep the old content."_s),
            qPrintable(done.text));
        QCOMPARE(bench.contentOf(u"in"_s), "new");
        QVERIFY(outside.open(QIODevice::ReadOnly));
        QCOMPARE(outside.readAll(), "old");
    }

    void namesOfOneFileInsideStayOneFile()
    {
        ToolBench bench;
        bench.put(u"sub/one"_s, "old");
        QCOMPARE(::link(QFile::encodeName(bench.path(u"sub/one"_s)).constData(),
                     QFile::encodeName(bench.path(u"two"_s)).constData()),
            0);
        const ToolOutcome done =
            bench.run(u"write_file"_s, {{u"path"_s, u"two"_s}, {u"content"_s, u"new"_s}});
        QCOMPARE(bench.contentOf(u"sub/one"_s), "new");
        QVERIFY2(!done.text.contains(u"hard links"_s), qPrintable(done.text));
    }

    void namesThatWereNotAllLookedForArePartedAndThatIsSaid()
    {
        ToolBench bench;
        bench.put(u"sub/one"_s, "old");
        QCOMPARE(::link(QFile::encodeName(bench.path(u"sub/one"_s)).constData(),
                     QFile::encodeName(bench.path(u"two"_s)).constData()),
            0);
        FileToolParts parts;
        parts.files = std::make_shared<LinuxProjectFiles>(bench.path());
        parts.seen = std::make_shared<SeenFiles>();
        FileChange change(parts, u"two"_s, Reach::InsideProject);
        change.maxLinkSearch = std::chrono::milliseconds(0);
        const Result<QString> said = change.write(change.current().value(), "new");
        QVERIFY(said);
        QVERIFY2(said->contains(u"would have taken too long"_s), qPrintable(*said));
        QCOMPARE(bench.contentOf(u"two"_s), "new");
        QCOMPARE(bench.contentOf(u"sub/one"_s), "old");
    }
};

MEANWHILE_TEST(OddNamesTest)
#include "tst_oddnames.moc"
