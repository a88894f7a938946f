// SPDX-License-Identifier: MIT
#include "memorylog.h"
#include "runner/logwriter.h"
#include "support/testregistry.h"
#include "ui/taskpanel/logfeed.h"
#include "ui/taskpanel/tasklogsource.h"

#include <QtTest>

#include <fcntl.h>
#include <unistd.h>

using namespace Meanwhile;
using namespace Qt::StringLiterals;
using Testing::MemoryLog;
using Testing::numberedLines;
using Ui::LogFeed;
using Ui::LogTail;
using Ui::LogUpdate;

/// A log written by the supervisor's own writer.
class RealLog {
public:
    explicit RealLog(quint64 capBytes)
        : m_capBytes(capBytes)
        , m_fd(::open(QFile::encodeName(m_folder.path()).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC))
    {
    }
    ~RealLog() { ::close(m_fd); }

    void open()
    {
        if (m_writer.open(m_fd, m_capBytes, {}) != 0)
            qFatal("no log");
    }
    void append(const QByteArray &bytes)
    {
        m_writer.append(bytes.constData(), size_t(bytes.size()));
        m_writer.publish();
    }
    QString path() const { return m_folder.filePath(u"log"_s); }

private:
    QTemporaryDir m_folder;
    quint64 m_capBytes;
    int m_fd;
    Runner::LogWriter m_writer;
};

class LogTailTest : public QObject {
    Q_OBJECT

private slots:
    void readsAWholeShortLogFirstAndThenOnlyWhatIsNew()
    {
        const auto log = std::make_shared<MemoryLog>("one\ntw");
        LogTail tail(log);
        LogUpdate update = tail.readNew();
        QVERIFY(update.fresh);
        QCOMPARE(update.lines.size(), 1);
        QCOMPARE(update.open.text, u"tw"_s);
        QCOMPARE(update.sizeBytes, 6);

        log->takeBytesRead();
        log->append("o\nthree\n");
        update = tail.readNew();
        QVERIFY(!update.fresh);
        QCOMPARE(update.lines.size(), 2);
        QCOMPARE(update.lines.at(0).text, u"two"_s);
        QCOMPARE(update.lines.at(0).offset, 4);
        QCOMPARE(update.open.text, QString());
        QCOMPARE(log->takeBytesRead(), 8);
    }

    void readsNothingWhenNothingCame()
    {
        const auto log = std::make_shared<MemoryLog>("one\n");
        LogTail tail(log);
        tail.readNew();
        log->takeBytesRead();
        const LogUpdate update = tail.readNew();
        QVERIFY(!update.fresh && update.lines.isEmpty());
        QCOMPARE(log->takeBytesRead(), 0);
    }

    void beginsALargeLogAtItsLastLines()
    {
        const auto log = std::make_shared<MemoryLog>(numberedLines(20'000));
        LogTail tail(log);
        const LogUpdate update = tail.readNew();
        QCOMPARE(update.lines.size(), LogTail::kWindowLines);
        QCOMPARE(update.lines.constFirst().text, u"line 15000"_s);
        QCOMPARE(update.lines.constLast().text, u"line 19999"_s);
        QVERIFY(log->takeBytesRead() <= LogTail::kWindowBytes);
    }

    void readsALogOf16MiBInOneWindow()
    {
        const auto log =
            std::make_shared<MemoryLog>((QByteArray(199, 'x') + "\n").repeated(16 * 1024 * 1024 / 200));
        LogTail tail(log);
        const LogUpdate update = tail.readNew();
        QCOMPARE(log->takeBytesRead(), LogTail::kWindowBytes);
        QCOMPARE(update.lines.size(), LogTail::kWindowLines);
        for (const Ui::LogLine &line : update.lines)
            QCOMPARE(line.text.size(), 199);
    }

    void leavesOutTheLineTheWindowCuts()
    {
        const auto log = std::make_shared<MemoryLog>(QByteArray(LogTail::kWindowBytes, 'a') + "\nb\nc\n");
        LogTail tail(log);
        const LogUpdate update = tail.readNew();
        QCOMPARE(update.lines.size(), 2);
        QCOMPARE(update.lines.constFirst().text, u"b"_s);
    }

    void showsTheEndOfALogThatIsOneEndlessLine()
    {
        const auto log = std::make_shared<MemoryLog>(QByteArray(3 * LogTail::kWindowBytes, 'a'));
        LogTail tail(log);
        const LogUpdate update = tail.readNew();
        QCOMPARE(update.lines.size(), LogTail::kWindowBytes / Ui::AnsiParser::kMaxLineChars - 1);
        QCOMPARE(update.open.text.size(), Ui::AnsiParser::kMaxLineChars);
    }

    void beginsAnewWhenTheLogRanAhead()
    {
        const auto log = std::make_shared<MemoryLog>("first\n");
        LogTail tail(log);
        tail.readNew();
        log->append(numberedLines(200'000));
        const LogUpdate update = tail.readNew();
        QVERIFY(update.fresh);
        QCOMPARE(update.lines.constLast().text, u"line 199999"_s);
        QCOMPARE(update.lines.size(), LogTail::kWindowLines);
    }

    void beginsAnewWhenTheLogShrank()
    {
        const auto log = std::make_shared<MemoryLog>("old and long\n");
        LogTail tail(log);
        tail.readNew();
        log->replace("new\n");
        const LogUpdate update = tail.readNew();
        QVERIFY(update.fresh);
        QCOMPARE(update.lines.constFirst().text, u"new"_s);
    }

    void readsBackwardsWithoutAGapOrARepetition()
    {
        const auto log = std::make_shared<MemoryLog>(numberedLines(12'345));
        LogTail tail(log);
        QVector<Ui::LogLine> all = tail.readNew().lines;
        int windows = 1;
        while (all.constFirst().offset > 0) {
            all = tail.readBefore(all.constFirst().offset) + all;
            ++windows;
        }
        QCOMPARE(windows, 3);
        QCOMPARE(all.size(), 12'345);
        for (int i = 0; i < all.size(); ++i)
            QCOMPARE(all.at(i).text, u"line %1"_s.arg(i));
    }

    void readsTheLogOfASupervisorThatIsMadeLater()
    {
        RealLog real(64 * 1024);
        LogTail tail(std::make_shared<Ui::TaskLogSource>(real.path()));
        QVERIFY(tail.readNew().lines.isEmpty());
        real.open();
        real.append("a\n");
        QCOMPARE(tail.readNew().lines.constFirst().text, u"a"_s);
        real.append("b\n");
        const LogUpdate update = tail.readNew();
        QVERIFY(!update.fresh);
        QCOMPARE(update.lines.size(), 1);
        QCOMPARE(update.lines.constFirst().text, u"b"_s);
    }

    void saysWhatWasLeftOutOfALongLogAndReadsOnBeforeIt()
    {
        RealLog real(64 * 1024);
        real.open();
        real.append(numberedLines(50'000));
        LogTail tail(std::make_shared<Ui::TaskLogSource>(real.path()));
        QVector<Ui::LogLine> all = tail.readNew().lines;
        QCOMPARE(all.constLast().text, u"line 49999"_s);
        int windows = 1;
        while (all.constFirst().offset > 0 && windows < 10) {
            all = tail.readBefore(all.constFirst().offset) + all;
            ++windows;
        }
        QCOMPARE(all.constFirst().text, u"line 0"_s);
        const auto isMarker = [](const Ui::LogLine &line) { return line.text.contains(u"left out"_s); };
        QCOMPARE(std::count_if(all.cbegin(), all.cend(), isMarker), 1);
    }

    void beginsAnewWhenTheGapOvertookWhatWasRead()
    {
        RealLog real(64 * 1024);
        real.open();
        real.append(numberedLines(6'000));
        LogTail tail(std::make_shared<Ui::TaskLogSource>(real.path()));
        tail.readNew();
        real.append(numberedLines(20'000, 6'000));
        const LogUpdate update = tail.readNew();
        QVERIFY(update.fresh);
        QCOMPARE(update.lines.constLast().text, u"line 25999"_s);
    }
};

class LogFeedTest : public QObject {
    Q_OBJECT

private slots:
    void tellsWhatCameOnTheGuiThread()
    {
        LogFeed feed;
        QSignalSpy updated(&feed, &LogFeed::updated);
        const auto log = std::make_shared<MemoryLog>("a\n");
        feed.setSource(log);
        QTRY_COMPARE(updated.count(), 1);
        log->append("b\n");
        feed.poll();
        QTRY_COMPARE(updated.count(), 2);
        QCOMPARE(updated.at(1).at(0).value<LogUpdate>().lines.constFirst().text, u"b"_s);
    }

    void joinsWhatIsAskedDuringARead()
    {
        LogFeed feed;
        QSignalSpy updated(&feed, &LogFeed::updated);
        const auto log = std::make_shared<MemoryLog>("a\n");
        {
            const QMutexLocker busy(&log->mutex());
            feed.setSource(log);
            for (int i = 0; i < 100; ++i)
                feed.poll();
        }
        QTRY_COMPARE(updated.count(), 2);
        QCoreApplication::processEvents();
        QCOMPARE(updated.count(), 2);
    }

    void dropsWhatALeftSourceStillBrings()
    {
        LogFeed feed;
        QSignalSpy updated(&feed, &LogFeed::updated);
        const auto old = std::make_shared<MemoryLog>("old\n");
        {
            const QMutexLocker busy(&old->mutex());
            feed.setSource(old);
            feed.setSource(std::make_shared<MemoryLog>("new\n"));
        }
        QTRY_COMPARE(updated.count(), 1);
        QThreadPool::globalInstance()->waitForDone();
        QCoreApplication::processEvents();
        QCOMPARE(updated.count(), 1);
        QCOMPARE(updated.at(0).at(0).value<LogUpdate>().lines.constFirst().text, u"new"_s);
    }

    void saysNothingWithoutASource()
    {
        LogFeed feed;
        QSignalSpy updated(&feed, &LogFeed::updated);
        feed.poll();
        feed.requestEarlier(10);
        const auto log = std::make_shared<MemoryLog>("a\n");
        {
            const QMutexLocker busy(&log->mutex());
            feed.setSource(log);
            feed.setSource(nullptr);
        }
        QThreadPool::globalInstance()->waitForDone();
        QCoreApplication::processEvents();
        QCOMPARE(updated.count(), 0);
    }
};

MEANWHILE_TEST(LogTailTest)
MEANWHILE_TEST(LogFeedTest)
#include "tst_logtail.moc"
