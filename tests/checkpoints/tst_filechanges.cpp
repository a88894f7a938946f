// SPDX-License-Identifier: MIT
#include "checkpoints/filechanges.h"
#include "support/testregistry.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Checkpoints;
using namespace Qt::StringLiterals;

namespace {

FileRecord file(qint64 changedNs, const QByteArray &object = {}, quint32 mode = 0644)
{
    return {FileRecord::Kind::File, mode, {1, 2, 3, 4, changedNs}, true, object};
}

FileRecord folder()
{
    return {FileRecord::Kind::Folder, 0755, {}, false, {}};
}

} // namespace

class FileChangesTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void saysWhatWasAddedChangedAndRemoved()
    {
        Manifest before;
        before.records = {{"same", file(1)}, {"written", file(1)}, {"gone", file(1)}, {"mode", file(1)},
            {"sub", folder()}, {"touched", file(1, "a")}, {"now a folder", file(1)}};
        Manifest after;
        after.records = {{"same", file(1)}, {"written", file(2)}, {"new", file(1)},
            {"mode", file(1, {}, 0755)}, {"other", folder()}, {"touched", file(2, "a")},
            {"now a folder", folder()}};
        const FileChanges changes = changesBetween(before, after);
        QCOMPARE(changes.added, QByteArrayList{"new"});
        QCOMPARE(changes.changed, (QByteArrayList{"mode", "written"}));
        QCOMPARE(changes.removed, (QByteArrayList{"gone", "now a folder"}));
        QVERIFY(changes.unknown.isEmpty());
        QVERIFY(changesBetween(after, after).isEmpty());
    }

    void countsWhatWasWrittenWhileTheFilesWereRead()
    {
        const auto writtenAt = [](qint64 ns) {
            FileRecord record = file(1, "a");
            record.stamp.changedNs = ns;
            return record;
        };
        Manifest before;
        before.records = {{"before", file(1, "a")}, {"during", file(1, "a")}, {"later", file(1, "a")},
            {"other", file(1, "b")}, {"sub", folder()}};
        Manifest after;
        after.records = {{"before", writtenAt(10)}, {"during", writtenAt(11)}, {"later", writtenAt(21)},
            {"other", writtenAt(15)}, {"new", writtenAt(15)}, {"sub", folder()}};
        FileChanges changes = changesBetween(before, after);
        QCOMPARE(changes, (FileChanges{{"new"}, {"other"}, {}, {}}));
        addWritten(changes, before, after, {10, 20});
        QCOMPARE(changes, (FileChanges{{"new"}, {"during", "other"}, {}, {}}));
    }

    void claimsNothingOfWhatWasNotRecorded()
    {
        Manifest before;
        before.records = {{"grew", file(1)}, {"kept", file(1)}};
        before.leftOut = {{"was large", LeftOut::Why::TooLarge}, {"closed", LeftOut::Why::Unreadable}};
        Manifest after;
        after.records = {{"kept", file(1)}, {"was large", file(1)}, {"closed/inside", file(1)}};
        after.leftOut = {{"grew", LeftOut::Why::TooLarge}};
        const FileChanges changes = changesBetween(before, after);
        QVERIFY(changes.isEmpty());
        QCOMPARE(changes.unknown, (QByteArrayList{"grew", "closed/inside", "was large"}));
        before.leftOut = {{"", LeftOut::Why::TooMany}};
        QVERIFY(changesBetween(before, after).added.isEmpty());
    }

    void namesTheFirstOfThemInOrder()
    {
        FileChanges changes;
        for (int i = 0; i < 60; ++i)
            changes.added += "b" + QByteArray::number(100 + i);
        changes.removed = {"a"};
        changes.changed = {"c\xff"};
        changes.unknown = {"unknown"};
        const Tasks::ChangedFiles named = namesOf(changes);
        QCOMPARE(named.count, 62);
        QCOMPARE(named.paths.size(), 50);
        QCOMPARE(named.paths.first(2), (QStringList{u"a"_s, u"b100"_s}));
        QVERIFY(namesOf({}).isEmpty());
    }

    void manifestsComeBackFromTheirBytes()
    {
        Manifest manifest;
        manifest.records = {
            {"a", file(7, QByteArray(40, 'a'))}, {"b\xff", folder()}, {"c", file(8, QByteArray(40, '0'))}};
        manifest.leftOut = {{"big", LeftOut::Why::TooLarge}};
        manifest.rulesAround = "rules";
        QCOMPARE(Manifest::fromCacheBytes(manifest.toCacheBytes()), manifest);
        const Result<Manifest> plain = Manifest::fromBytes(manifest.toBytes());
        QVERIFY(plain);
        QVERIFY(changesBetween(*plain, manifest).isEmpty());
        QCOMPARE(plain->leftOut, manifest.leftOut);
        const QByteArray bytes = manifest.toBytes();
        for (qsizetype size = 0; size < bytes.size(); ++size)
            QVERIFY(!Manifest::fromBytes(bytes.first(size)));
        QVERIFY(!Manifest::fromBytes(bytes + "x"));
        QVERIFY(!Manifest::fromBytes(manifest.toCacheBytes()));
    }
};

MEANWHILE_TEST(FileChangesTest)
#include "tst_filechanges.moc"
