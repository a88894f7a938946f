// SPDX-License-Identifier: MIT
#include "store/database.h"
#include "store/salvage.h"
#include "store/sessionmark.h"
#include "store/sessionstore.h"
#include "support/seededids.h"
#include "support/testregistry.h"

#include <QLoggingCategory>
#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Conversation;
using namespace Meanwhile::Store;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;

namespace {

constexpr int kCorruptions = 1'000;
constexpr int kSessions = 4;
constexpr int kMessages = 12;

Message message(int number, const QString &text)
{
    Message result;
    result.id = u"m%1"_s.arg(number);
    result.role = number % 2 == 1 ? Role::User : Role::Assistant;
    result.content = {TextBlock{text}};
    result.time = QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5), Qt::UTC).addSecs(number);
    return result;
}

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// In memory where there is such a place: a thousand files would wait for the disk.
QString quickFolder()
{
    const QFileInfo memory(u"/dev/shm"_s);
    return memory.isDir() && memory.isWritable() ? memory.filePath() : QDir::tempPath();
}

void fill(const QString &path)
{
    SessionStore store(path);
    for (int s = 0; s < kSessions; ++s) {
        const auto journal = store.journalFor(u"s%1"_s.arg(s), u"/p"_s);
        for (int m = 1; m <= kMessages; ++m)
            journal->messageAdded(message(m, u"message %1 of %2 "_s.arg(m).arg(s).repeated(20)));
    }
}

// As disks, copies and other programs do it.
QByteArray damaged(QByteArray bytes, SeededIds &dice)
{
    const auto below = [&](qsizetype n) { return qsizetype(dice.next64() % quint64(n)); };
    switch (below(5)) {
    case 0: // single bits
        for (qsizetype i = below(20); i >= 0; --i) {
            char &byte = bytes[below(bytes.size())];
            byte = char(byte ^ (1 << below(8)));
        }
        break;
    case 1: // cut short
        bytes.truncate(below(bytes.size()));
        break;
    case 2: { // a block of zeros
        const qsizetype at = below(bytes.size());
        const qsizetype size = std::min<qsizetype>(bytes.size() - at, 1 + below(8192));
        bytes.replace(at, size, QByteArray(size, '\0'));
        break;
    }
    case 3: { // a block from elsewhere
        const qsizetype size = std::min<qsizetype>(bytes.size() / 2, 512 + below(4096));
        bytes.replace(below(bytes.size() - size), size, bytes.mid(below(bytes.size() - size), size));
        break;
    }
    default: // the head, which says what kind of file it is
        for (qsizetype i = below(100); i >= 0; --i)
            bytes[i] = char(dice.next64());
    }
    return bytes;
}

} // namespace

class DamageTest : public QObject {
    Q_OBJECT

private slots:
    // Every damaged file is warned of; what is told is looked at instead.
    void initTestCase() { QLoggingCategory::setFilterRules(u"meanwhile.store.warning=false"_s); }
    void cleanupTestCase() { QLoggingCategory::setFilterRules({}); }

    void keepsWhatTheListShowsOfSessions()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"a.db"_s);
        {
            SessionStore store(path);
            const auto journal = store.journalFor(u"s1"_s, u"/p"_s);
            journal->messageAdded(message(1, u"x"_s));
            journal->markChanged(SessionMark::Failed);
        }
        const auto markIn = [](Database &database) {
            auto mark = database.run(u"SELECT mark FROM session"_s);
            return mark && mark->next() ? mark->value(0).toString() : u"(no session)"_s;
        };
        {
            Result<Salvaged> salvaged = startOver(path);
            QVERIFY(salvaged);
            QCOMPARE(markIn(salvaged->database), u"failed"_s);
            QVERIFY(salvaged->database.run(u"ALTER TABLE session DROP COLUMN mark"_s));
        }
        // A file of an older version has none.
        Result<Salvaged> older = startOver(path);
        QVERIFY(older);
        QCOMPARE(markIn(older->database), QString());
    }

    void startsWithADamagedFileAndKeepsIt()
    {
        const QTemporaryDir folder;
        const QString whole = folder.filePath(u"whole.db"_s);
        fill(whole);
        const QByteArray bytes = bytesOf(whole);
        QVERIFY(bytes.size() > 20'000);
        SeededIds dice(1);
        qint64 read = 0;
        int moved = 0;
        int late = 0;
        for (int i = 0; i < kCorruptions; ++i) {
            const QTemporaryDir home(quickFolder() + u"/damage-XXXXXX"_s);
            const QString path = home.filePath(u"meanwhile.db"_s);
            const QByteArray broken = damaged(bytes, dice);
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(broken) == broken.size());
            file.close();

            SessionStore store(path);
            QString told;
            connect(&store, &SessionStore::failed, this, [&](const Error &error) { told += error.message; });
            QList<QFuture<Result<StoredSession>>> loaded;
            for (int s = 0; s < kSessions; ++s)
                loaded += store.load(u"s%1"_s.arg(s));
            // It works from here on.
            store.journalFor(u"new"_s, u"/p"_s)->messageAdded(message(1, u"after"_s));
            const auto after = store.load(u"new"_s);
            QVERIFY(Testing::waitFor([&] { return after.isFinished(); }, 20'000)); // the last of them
            QCoreApplication::processEvents(); // what was told before that
            for (const auto &one : std::as_const(loaded))
                read += one.result() ? one.result()->history.size() : 0;
            if (broken.mid(60, 4) != bytes.mid(60, 4) && told.contains(u"newer"_s))
                continue; // the number of the schema was hit, and looks like a newer program's
            const QStringList kept = QDir(home.path()).entryList({u"damaged-*"_s}, QDir::Dirs);
            moved += kept.isEmpty() ? 0 : 1;
            QCOMPARE(told.isEmpty(), kept.isEmpty());
            // What only shows later was written to by then, and what was written is damaged with it.
            const bool isKept =
                kept.isEmpty() || bytesOf(home.filePath(kept.first() + u"/meanwhile.db"_s)) == broken;
            if (!isKept || !after.result() || after.result()->history.size() != 1)
                ++late;
            QVERIFY(QDir(home.path()).entryList({u"salvage-*"_s}, QDir::Dirs).isEmpty());
        }
        qInfo("%d of %d files moved aside (%d found out late), %lld of %d messages read", moved, kCorruptions,
            late, read, kCorruptions * kSessions * kMessages);
        QVERIFY(late <= kCorruptions / 50);
        QVERIFY(read > kCorruptions * kSessions * kMessages / 3);
    }

    void takesOverWhatIsBehindABadPage()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"meanwhile.db"_s);
        fill(path);
        QByteArray bytes = bytesOf(path);
        // A leaf of the tree of messages (page type 10,
        // https://www.sqlite.org/fileformat2.html#b_tree_pages).
        qsizetype at = 0;
        while (at < bytes.size() && !(bytes.at(at) == 10 && bytes.mid(at, 4096).contains("message 6 of ") &&
                                        bytes.mid(at, 4096).contains("\"content\"")))
            at += 4096;
        QVERIFY(at < bytes.size());
        bytes.replace(at, 4096, QByteArray(4096, '\x55'));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
        file.close();
        SessionStore store(path);
        QVector<Error> told;
        connect(&store, &SessionStore::failed, this, [&](const Error &error) { told += error; });
        qint64 read = 0;
        for (int s = 0; s < kSessions; ++s) {
            const auto loaded = store.load(u"s%1"_s.arg(s));
            QTRY_VERIFY(loaded.isFinished());
            if (loaded.result())
                read += loaded.result()->history.size();
        }
        QVERIFY2(read > kSessions * kMessages / 2, qPrintable(QString::number(read)));
        QCOMPARE(told.size(), 1);
        QVERIFY(told.first().message.contains(u"damaged-"_s));
    }
};

MEANWHILE_TEST(DamageTest)
#include "tst_damage.moc"
