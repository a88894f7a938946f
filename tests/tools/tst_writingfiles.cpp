// SPDX-License-Identifier: MIT
#include "support/failingcalls.h"
#include "support/testregistry.h"
#include "tools/toolbench.h"

#include <QtTest>

#include <cerrno>
#include <sys/stat.h>

using namespace Meanwhile;
using namespace Meanwhile::Project;
using namespace Meanwhile::Tools;
using namespace Qt::StringLiterals;
using Meanwhile::Testing::FailingCalls;
using Meanwhile::Testing::ToolBench;

class WritingFilesTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void createsAFileAndItsFolders()
    {
        const ToolBench bench;
        const ToolOutcome outcome =
            bench.run(u"write_file"_s, {{u"path"_s, u"a/b/c.txt"_s}, {u"content"_s, u"한\nx\n"_s}});
        QCOMPARE(outcome.text, u"Created a/b/c.txt: 2 lines, 6 B."_s);
        QCOMPARE(outcome.summary, u"2 lines"_s);
        QCOMPARE(bench.contentOf(u"a/b/c.txt"_s), "한\nx\n");
        QVERIFY(outcome.diff.contains(u"+한\n+x\n"_s));
    }

    void replacesAFileAndShowsWhatChanged()
    {
        const ToolBench bench;
        bench.put(u"f"_s, "1\n2\n3\n");
        const QJsonObject arguments{{u"path"_s, u"f"_s}, {u"content"_s, u"1\nB\n3\n"_s}};
        const Intent intent = bench.intent(u"write_file"_s, arguments);
        QCOMPARE(int(intent.effect), int(Effect::Write));
        QVERIFY2(intent.preview.contains(u"@@ -1,3 +1,3 @@\n 1\n-2\n+B\n 3\n"_s), qPrintable(intent.preview));
        QCOMPARE(bench.contentOf(u"f"_s), "1\n2\n3\n"); // asking changes nothing
        const ToolOutcome outcome = bench.run(u"write_file"_s, arguments);
        QCOMPARE(outcome.text, u"Replaced f: now 3 lines, 6 B."_s);
        QCOMPARE(outcome.diff, intent.preview);
        QCOMPARE(bench.contentOf(u"f"_s), "1\nB\n3\n");
    }

    void showsWhatWouldBeWrittenWhateverIsThere_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QString>("content");
        QTest::addColumn<QString>("shown");
        QTest::addColumn<QString>("unshown");
        const QString text = u"now text\n"_s;
        QTest::newRow("a byte of zero")
            << QByteArray() << u"a\nb\0c\n"_s << u"+a\n+b⟦U+0000⟧c\n"_s << QString();
        QTest::newRow("in place of no text")
            << "\0\1\n"_qba << text << u"+now text\n"_s << u"It replaces a file that is not text."_s;
        QTest::newRow("in place of a large one")
            << "0123456789\n"_qba.repeated(200'000) << text << u"+now text\n"_s
            << u"It replaces all of a file that is too large to be compared."_s;
        QTest::newRow("too large") << QByteArray() << u"# pad\n"_s.repeated(400'000) << QString()
                                   << u"Too large to be shown (2.4 MB)."_s;
        QTest::newRow("nothing") << "as it is\n"_qba << u"as it is\n"_s << QString()
                                 << u"Nothing in the file changes."_s;
    }
    void showsWhatWouldBeWrittenWhateverIsThere()
    {
        QFETCH(const QByteArray, before);
        QFETCH(const QString, content);
        QFETCH(const QString, shown);
        const ToolBench bench;
        if (!before.isEmpty())
            bench.put(u"f"_s, before);
        const Intent intent = bench.intent(u"write_file"_s, {{u"path"_s, u"f"_s}, {u"content"_s, content}});
        QVERIFY2(shown.isEmpty() ? intent.preview.isEmpty() : intent.preview.contains(shown),
            qPrintable(intent.preview.left(200)));
        QTEST(intent.unshown, "unshown");
    }

    // read_file shows text, so the model cannot know what it would take away.
    void keepsTheFormOfATextItReplaces_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QString>("content");
        QTest::addColumn<QByteArray>("after");
        QTest::addColumn<QString>("form");
        const QString text = u"é\nx\n"_s;
        QTest::newRow("UTF-8") << "a\n"_qba << text << "é\nx\n"_qba << QString();
        QTest::newRow("CR LF") << "a\r\nb\r\n"_qba << text << "é\r\nx\r\n"_qba << u", in CR LF as it was"_s;
        QTest::newRow("CR LF, on purpose") << "a\r\n"_qba << u"a\r\nb\n"_s << "a\r\nb\n"_qba << QString();
        QTest::newRow("mixed") << "a\r\nb\n"_qba << text << "é\nx\n"_qba << QString();
        QTest::newRow("byte order mark") << "\xef\xbb\xbf"
                                            "a"_qba
                                         << text
                                         << "\xef\xbb\xbf"
                                            "é\nx\n"_qba
                                         << u", in UTF-8 with a byte order mark as it was"_s;
        QTest::newRow("byte order mark, given too") << "\xef\xbb\xbf"
                                                       "a"_qba
                                                    << u"\ufeffb"_s
                                                    << "\xef\xbb\xbf"
                                                       "b"_qba
                                                    << u", in UTF-8 with a byte order mark as it was"_s;
        QTest::newRow("UTF-16") << QByteArray("\xff\xfe"
                                              "a\0\r\0\n\0",
                                       8)
                                << u"é\n"_s << QByteArray("\xff\xfe\xe9\0\r\0\n\0", 8)
                                << u", in UTF-16 and CR LF as it was"_s;
        QTest::newRow("Latin-1") << "caf\xe9"_qba << text << "\xe9\nx\n"_qba << u", in Latin-1 as it was"_s;
        QTest::newRow("Latin-1, which lacks it")
            << "caf\xe9"_qba << u"한"_s << "한"_qba << u", UTF-8 (was Latin-1, which has no “한” (U+D55C))"_s;
        QTest::newRow("broken UTF-8") << "caf\xe9 é"_qba << text << "é\nx\n"_qba << QString();
        QTest::newRow("binary") << QByteArray("\0\r\n", 3) << text << "é\nx\n"_qba << QString();
    }

    void keepsTheFormOfATextItReplaces()
    {
        QFETCH(QByteArray, before);
        QFETCH(QString, content);
        QFETCH(QByteArray, after);
        QFETCH(QString, form);
        const ToolBench bench;
        bench.put(u"f"_s, before);
        const ToolOutcome outcome =
            bench.run(u"write_file"_s, {{u"path"_s, u"f"_s}, {u"content"_s, content}});
        QCOMPARE(bench.contentOf(u"f"_s), after);
        QVERIFY2(outcome.text.endsWith(u" B%1."_s.arg(form)), qPrintable(outcome.text));
    }

    void leavesAFileThatIsTheSameAlready()
    {
        const ToolBench bench;
        bench.put(u"f"_s, "same");
        const ToolOutcome outcome =
            bench.run(u"write_file"_s, {{u"path"_s, u"f"_s}, {u"content"_s, u"same"_s}});
        QVERIFY(outcome.text.contains(u"already holds exactly this"_s));
        QCOMPARE(outcome.summary, u"no change"_s);
        QCOMPARE(outcome.diff, u"--- f\n+++ f\n"_s); // which says that there is none
    }

    void writesThroughALinkThatStaysInside()
    {
        const ToolBench bench;
        bench.put(u"real/f"_s, "old");
        QVERIFY(QFile::link(u"real/f"_s, bench.path(u"relative"_s)));
        QVERIFY(QFile::link(bench.path(u"real/f"_s), bench.path(u"absolute"_s)));
        QVERIFY(!bench.run(u"write_file"_s, {{u"path"_s, u"relative"_s}, {u"content"_s, u"1"_s}}).isError);
        QCOMPARE(bench.contentOf(u"real/f"_s), "1");
        QVERIFY(!bench.run(u"write_file"_s, {{u"path"_s, u"absolute"_s}, {u"content"_s, u"2"_s}}).isError);
        QCOMPARE(bench.contentOf(u"real/f"_s), "2");
        QVERIFY(QFileInfo(bench.path(u"relative"_s)).isSymLink());
    }

    void staysInsideTheProject_data()
    {
        QTest::addColumn<QString>("path");
        QTest::newRow("up") << u"../outside/f"_s;
        QTest::newRow("absolute") << u"/tmp/meanwhile-must-not-exist"_s;
        QTest::newRow("through a linked folder") << u"folder/f"_s;
        QTest::newRow("through a linked folder, new ones below") << u"folder/a/b/f"_s;
        QTest::newRow("through a linked file") << u"file"_s;
        QTest::newRow("through a dangling link") << u"dangling"_s;
    }

    void staysInsideTheProject()
    {
        QFETCH(QString, path);
        const ToolBench bench;
        bench.put(u"../outside/f"_s, "theirs");
        QVERIFY(QFile::link(bench.path(u"../outside"_s), bench.path(u"folder"_s)));
        QVERIFY(QFile::link(bench.path(u"../outside/f"_s), bench.path(u"file"_s)));
        QVERIFY(QFile::link(u"../outside/new"_s, bench.path(u"dangling"_s)));
        const QJsonObject arguments{{u"path"_s, path}, {u"content"_s, u"mine"_s}};
        QVERIFY(bench.intent(u"write_file"_s, arguments).leavesProject);
        const ToolOutcome outcome = bench.run(u"write_file"_s, arguments);
        QVERIFY(outcome.isError);
        QVERIFY2(outcome.text.contains(u"leads outside the project folder. Use a path inside it"_s),
            qPrintable(outcome.text));
        QCOMPARE(QDir(bench.path(u"../outside"_s)).entryList(QDir::AllEntries | QDir::NoDotAndDotDot),
            QStringList{u"f"_s});
        QCOMPARE(bench.contentOf(u"../outside/f"_s), "theirs");
        QVERIFY(!QFile::exists(u"/tmp/meanwhile-must-not-exist"_s));
    }

    void writesOutsideWhenThePersonAllowedThisCall()
    {
        const ToolBench bench;
        ToolCall call = bench.call(u"write_file"_s, {{u"path"_s, u"../new/f"_s}, {u"content"_s, u"x"_s}});
        call.mayLeaveProject = true;
        QVERIFY(!bench.run(call).isError);
        QCOMPARE(bench.contentOf(u"../new/f"_s), "x");
    }

    void saysWhyItCannotWrite_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("message");
        QTest::newRow("a folder") << u"folder"_s << u"folder is a folder. Name a file."_s;
        QTest::newRow("a folder's name") << u"new/"_s << u"new/ is a folder. Name a file."_s;
        QTest::newRow("below a file")
            << u"f/x"_s << u"f/x cannot be written: a part of its path is not a folder."_s;
        QTest::newRow("a pipe") << u"pipe"_s << u"pipe is a pipe, socket or device"_s;
    }

    void saysWhyItCannotWrite()
    {
        QFETCH(QString, path);
        QFETCH(QString, message);
        const ToolBench bench;
        bench.put(u"f"_s, "x");
        bench.put(u"folder/f"_s, "x");
        QCOMPARE(::mkfifo(QFile::encodeName(bench.path(u"pipe"_s)).constData(), 0600), 0);
        const ToolOutcome outcome = bench.run(u"write_file"_s, {{u"path"_s, path}, {u"content"_s, u"y"_s}});
        QVERIFY(outcome.isError);
        QVERIFY2(outcome.text.startsWith(message), qPrintable(outcome.text));
        QCOMPARE(bench.contentOf(u"f"_s), "x");
    }

    void keepsTheOldFileWhenTheDiskIsFullAndGoesOn()
    {
        const ToolBench bench;
        bench.put(u"f"_s, "precious");
        FailingCalls disk(QFile::encodeName(bench.path()).constData(), 1, ENOSPC, FailingCalls::Write,
            FailingCalls::Lasting::FromThenOn);
        const ToolOutcome written =
            bench.run(u"write_file"_s, {{u"path"_s, u"f"_s}, {u"content"_s, u"new"_s}});
        QVERIFY(written.isError);
        QVERIFY2(written.text.contains(u"the disk is full. Free some space"_s), qPrintable(written.text));
        const ToolOutcome edited = bench.run(
            u"edit_file"_s, {{u"path"_s, u"f"_s}, {u"old_text"_s, u"prec"_s}, {u"new_text"_s, u"x"_s}});
        QVERIFY(edited.isError);
        disk.stop();
        QCOMPARE(bench.contentOf(u"f"_s), "precious");
        QCOMPARE(QDir(bench.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
            QStringList{u"f"_s});
        QCOMPARE(bench.run(u"read_file"_s, {{u"path"_s, u"f"_s}}).text, u"1\tprecious\n"_s);
    }

    void doesNotOverwriteWhatTheModelHasNotSeen()
    {
        const ToolBench bench;
        bench.put(u"f"_s, "first");
        QVERIFY(!bench.run(u"read_file"_s, {{u"path"_s, u"f"_s}}).isError);
        bench.put(u"f"_s, "by the person");
        const QJsonObject arguments{{u"path"_s, u"./f"_s}, {u"content"_s, u"by the model"_s}};
        const ToolOutcome refused = bench.run(u"write_file"_s, arguments);
        QVERIFY(refused.isError);
        QVERIFY2(refused.text.contains(u"has changed since you last read it"_s), qPrintable(refused.text));
        QCOMPARE(bench.contentOf(u"f"_s), "by the person");
        QVERIFY(!bench.run(u"read_file"_s, {{u"path"_s, u"f"_s}}).isError);
        QVERIFY(!bench.run(u"write_file"_s, arguments).isError);
        QCOMPARE(bench.contentOf(u"f"_s), "by the model");
    }

    void anEditDoesNotCountAsHavingSeenTheRest()
    {
        const ToolBench bench;
        bench.put(u"f"_s, "a\nb\n");
        QVERIFY(!bench.run(u"read_file"_s, {{u"path"_s, u"f"_s}}).isError);
        bench.put(u"f"_s, "a\nb\nby the person\n");
        QVERIFY(
            !bench
                 .run(u"edit_file"_s, {{u"path"_s, u"f"_s}, {u"old_text"_s, u"a"_s}, {u"new_text"_s, u"A"_s}})
                 .isError);
        QVERIFY(bench.run(u"write_file"_s, {{u"path"_s, u"f"_s}, {u"content"_s, u"A\nb\n"_s}}).isError);
        QCOMPARE(bench.contentOf(u"f"_s), "A\nb\nby the person\n");
    }

    void editsOnePlaceAndKeepsTheRest()
    {
        const ToolBench bench;
        bench.put(u"f"_s, "\xef\xbb\xbf"
                          "1\r\n2\r\n3\r\n");
        QCOMPARE(::chmod(QFile::encodeName(bench.path(u"f"_s)).constData(), 0750), 0);
        const QJsonObject arguments{
            {u"path"_s, u"f"_s}, {u"old_text"_s, u"1\n2\n"_s}, {u"new_text"_s, u"1\ntwo\n"_s}};
        const Intent intent = bench.intent(u"edit_file"_s, arguments);
        QVERIFY2(intent.preview.contains(u"+two"_s), qPrintable(intent.preview));
        const ToolOutcome outcome = bench.run(u"edit_file"_s, arguments);
        QCOMPARE(outcome.text, u"Edited f at line 1."_s);
        QCOMPARE(outcome.diff, intent.preview);
        QCOMPARE(bench.contentOf(u"f"_s), "\xef\xbb\xbf"
                                          "1\r\ntwo\r\n3\r\n");
        struct stat info {};
        QCOMPARE(::stat(QFile::encodeName(bench.path(u"f"_s)).constData(), &info), 0);
        QCOMPARE(uint(info.st_mode & 07777), 0750U);
    }

    void editsEveryPlace()
    {
        const ToolBench bench;
        bench.put(u"f"_s, "x\na\na\n");
        const ToolOutcome outcome =
            bench.run(u"edit_file"_s, {{u"path"_s, u"f"_s}, {u"old_text"_s, u"a"_s}, {u"new_text"_s, u"b"_s},
                                          {u"replace_all"_s, true}});
        QCOMPARE(outcome.text, u"Edited f in 2 places, the first at line 2."_s);
        QCOMPARE(bench.contentOf(u"f"_s), "x\nb\nb\n");
    }

    void saysWhyItCannotEdit_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("message");
        QTest::newRow("missing") << u"fine.tx"_s
                                 << u"fine.tx does not exist. Similar names there: fine.txt"_s;
        QTest::newRow("binary") << u"binary"_s << u"binary is a binary file and was left alone."_s;
        QTest::newRow("absent") << u"fine.txt"_s << u"old_text was not found in fine.txt."_s;
    }

    void saysWhyItCannotEdit()
    {
        QFETCH(QString, path);
        QFETCH(QString, message);
        const ToolBench bench;
        bench.put(u"fine.txt"_s, "hello\n");
        bench.put(u"binary"_s, QByteArray("a\0needle", 8));
        const QJsonObject arguments{{u"path"_s, path}, {u"old_text"_s, u"needle"_s}, {u"new_text"_s, u"y"_s}};
        const Intent intent = bench.intent(u"edit_file"_s, arguments);
        QVERIFY(intent.effect == Effect::Write && !intent.leavesProject && intent.preview.isEmpty());
        QCOMPARE(intent.subject, path);
        const ToolOutcome outcome = bench.run(u"edit_file"_s, arguments);
        QVERIFY(outcome.isError);
        QVERIFY2(outcome.text.startsWith(message), qPrintable(outcome.text));
        QCOMPARE(intent.impossible, outcome.text); // nobody is asked about it
    }

    // What fits, and what does not, would tell what is in files that nobody has allowed to be looked at.
    void saysNothingOfFilesThatThePersonIsAskedAbout()
    {
        const ToolBench bench;
        QTemporaryDir outside;
        QFile file(outside.filePath(u"notes.txt"_s));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("hello\n") > 0);
        file.close();
        bench.put(u".env"_s, "KEY=1\n");
        for (const QString &path : {file.fileName(), outside.filePath(u"missing"_s), u".env"_s}) {
            const Intent intent = bench.intent(
                u"edit_file"_s, {{u"path"_s, path}, {u"old_text"_s, u"needle"_s}, {u"new_text"_s, u"y"_s}});
            QCOMPARE(intent.impossible, QString());
            QVERIFY(intent.leavesProject || intent.care == Intent::Care::Secret);
        }
    }
};

MEANWHILE_TEST(WritingFilesTest)
#include "tst_writingfiles.moc"
