// SPDX-License-Identifier: MIT
#include "project/searchplaces.h"
#include "support/testregistry.h"
#include "toolbench.h"

#include <QFileInfo>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>

#include <unistd.h>

using namespace Meanwhile;
using namespace Meanwhile::Testing;
using namespace Meanwhile::Project;
using namespace Meanwhile::Tools;
using namespace Qt::StringLiterals;

namespace {

struct Taken {
    QByteArrayList places;
    qsizetype files = 0;
    SearchPlaces to{[this](const QByteArray &place, qsizetype count) {
        places += place;
        files += count;
    }};
};

} // namespace

class SearchPlacesTest : public QObject {
    Q_OBJECT

private slots:
    void namesTheStartWhereAllIsWanted()
    {
        Taken taken;
        taken.to.enter();
        taken.to.addWanted("a");
        taken.to.enter();
        taken.to.addWanted("f/b");
        taken.to.leave("f", true);
        QVERIFY(taken.places.isEmpty());
        taken.to.leave("", true);
        QCOMPARE(taken.places, QByteArrayList{""});
        QCOMPARE(taken.files, 2);
    }

    void namesFilesBesideWhatIsNotWanted()
    {
        Taken taken;
        taken.to.enter();
        taken.to.enter();
        taken.to.addWanted("f/a");
        taken.to.leave("f", true);
        taken.to.enter();
        taken.to.addWanted("g/a");
        taken.to.addUnwanted();
        taken.to.leave("g", true);
        taken.to.enter();
        taken.to.leave("empty", true);
        taken.to.enter();
        taken.to.addWanted("h/a");
        taken.to.leave("h", false);
        taken.to.addWanted("a");
        taken.to.leave("", true);
        QCOMPARE(taken.places, (QByteArrayList{"f", "g/a", "h/a", "a"}));
        QCOMPARE(taken.files, 4);
    }

    void namesALargeFolderAtOnceAndOnlyOnce()
    {
        Taken taken;
        taken.to.enter();
        taken.to.enter();
        for (int i = 0; i < 1'000; ++i)
            taken.to.addWanted("f/" + QByteArray::number(i));
        taken.to.leave("f", true);
        QCOMPARE(taken.places, QByteArrayList{"f"});
        taken.to.addWanted("a");
        taken.to.leave("", true);
        QCOMPARE(taken.places, (QByteArrayList{"f", "a"}));
        QCOMPARE(taken.files, 1'001);
    }

    /// ripgrep, which reads whole folders, finds nothing in what the walk left out.
    void findsNothingInWhatIsLeftOut()
    {
        const ToolBench bench;
        bench.put(u".gitignore"_s, "*.o\n/out\n");
        QStringList wanted;
        for (int folder = 0; folder < 4; ++folder) {
            for (int i = 0; i < 1'100; ++i)
                bench.put(u"f%1/deep/%2.c"_s.arg(folder).arg(i), "plain\n");
            const QString name = u"f%1/deep/found.c"_s.arg(folder);
            bench.put(name, "needle\n");
            wanted += name + u":1:needle"_s;
        }
        for (const QString &name : {u"f0/deep/a.o"_s, u"out/a.c"_s, u"f1/.env"_s, u"f2/deep/.git/config"_s,
                 u".git/hooks/a"_s, u"f3/deep/id_rsa"_s})
            bench.put(name, "needle\n");
        for (const QString &name : {u"f0/.hidden"_s, u"f3/.ignore"_s, u"f3/.rgignore"_s, u"f3/nul"_s}) {
            bench.put(name, name.endsWith(u"nul"_s)
                                ? QByteArray(9'000, 'x') + "\nneedle\n" + '\0' + "\nneedle\n"
                                : QByteArray("*\n# needle\n"));
            wanted += name + u":2:"_s + (name.endsWith(u"nul"_s) ? u"needle"_s : u"# needle"_s);
        }
        wanted += u"f3/nul:4:needle"_s;
        QVERIFY(QFile::link(bench.path(u"f1/.env"_s), bench.path(u"f1/link.c"_s)));
        QStringList found =
            bench.run(u"search_files"_s, {{u"regex"_s, u"needle"_s}}).text.split(u'\n', Qt::SkipEmptyParts);
        found.removeIf([](const QString &line) { return line.startsWith(u'['); });
        found.sort();
        wanted.sort();
        QCOMPARE(found, wanted);
    }

    /// Whichever engine finds it, and also where only some files are searched.
    void showsNothingOfAPrivateFileThatHasANameInTheProject_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("regex");
        QTest::addColumn<QString>("glob");
        QTest::newRow("plain") << QByteArray("needle CANARY\n") << u"needle"_s << QString();
        QTest::newRow("glob") << QByteArray("needle CANARY\n") << u"needle"_s << u"*.txt"_s;
        QTest::newRow("another encoding") << QByteArray("needle caf\xe9 CANARY\n") << u"café"_s << QString();
        QTest::newRow("any letter") << QByteArray("needle caf\xe9 CANARY\n") << u"caf. CAN"_s << u"*.txt"_s;
    }

    void showsNothingOfAPrivateFileThatHasANameInTheProject()
    {
        QFETCH(QByteArray, content);
        QFETCH(QString, regex);
        QFETCH(QString, glob);
        const QTemporaryDir home;
        QVERIFY(QDir(home.path()).mkdir(u".ssh"_s));
        const QString key = home.filePath(u".ssh/id_rsa"_s);
        QFile file(key);
        QVERIFY(file.open(QFile::WriteOnly) && file.write(content) == content.size());
        file.close();
        const QByteArray homeBefore = qgetenv("HOME");
        qputenv("HOME", QFile::encodeName(home.path()));
        const ToolBench bench;
        qputenv("HOME", homeBefore);
        bench.put(u"f/mine.txt"_s, content);
        for (const QString &name : {u"f/twin.txt"_s, u"f/other.txt"_s}) {
            const QString from = name.contains(u"twin"_s) ? key : bench.path(u"f/mine.txt"_s);
            QCOMPARE(
                ::link(QFile::encodeName(from).constData(), QFile::encodeName(bench.path(name)).constData()),
                0);
        }
        const QString text = bench.run(u"search_files"_s, {{u"regex"_s, regex}, {u"glob"_s, glob}}).text;
        QVERIFY2(text.contains(u"f/mine.txt:1:needle"_s), qPrintable(text));
        QVERIFY2(text.contains(u"f/other.txt:1:needle"_s), qPrintable(text));
        QVERIFY2(!text.contains(u"f/twin.txt:"_s), qPrintable(text));
        QVERIFY2(text.contains(u"belongs to no project: f/twin.txt]"_s), qPrintable(text));
    }

    /// Between the two looks of a search a file may become a folder.
    void showsNothingOfAFolderThatTookThePlaceOfAFile()
    {
        const ToolBench bench;
        bench.put(u"f.txt"_s, "needle \xe9\n");
        const QTemporaryDir programs;
        const QString rg = QStandardPaths::findExecutable(u"rg"_s);
        QFile script(programs.filePath(u"rg"_s));
        QVERIFY(script.open(QFile::WriteOnly));
        script.write("#!/bin/sh\n" + rg.toUtf8() +
                     " \"$@\"\n" // searches, then swaps
                     "[ -d f.txt ] || { rm f.txt; mkdir f.txt; echo needleSECRET > f.txt/.env; }\n");
        script.close();
        QVERIFY(script.setPermissions(QFile::ReadUser | QFile::ExeUser));
        const QByteArray path = qgetenv("PATH");
        qputenv("PATH", QFile::encodeName(programs.path()) + ':' + path);
        const QString text = bench.run(u"search_files"_s, {{u"regex"_s, u"needle.+"_s}}).text;
        qputenv("PATH", path);
        QVERIFY(QFileInfo(bench.path(u"f.txt"_s)).isDir());
        QVERIFY2(!text.contains(u"SECRET"_s), qPrintable(text));
    }
};

MEANWHILE_TEST(SearchPlacesTest)
#include "tst_searchplaces.moc"
