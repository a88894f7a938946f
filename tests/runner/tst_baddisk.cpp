// SPDX-License-Identifier: MIT
#include "support/testregistry.h"
#include "tasks/runnerprotocol.h"
#include "tasks/tasklog.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <cerrno>

using namespace Meanwhile;
using namespace Meanwhile::Tasks;
using namespace Qt::StringLiterals;

namespace {

/// What a run of meanwhile-run came to.
struct Told {
    std::optional<RunnerEvent> last;
    QByteArray lines;
    bool hasFailed = false; ///< a call to the disk

    /// Its number is -1 where this is not what was told last.
    CommandEnded ended() const
    {
        CommandEnded none;
        none.number = -1;
        return last && std::holds_alternative<CommandEnded>(*last) ? std::get<CommandEnded>(*last) : none;
    }
    std::optional<LaunchFailed> refused() const
    {
        return last && std::holds_alternative<LaunchFailed>(*last)
                   ? std::optional(std::get<LaunchFailed>(*last))
                   : std::nullopt;
    }
};

} // namespace

/// The disk with the task's folder is full or broken at every single call that the supervisor makes.
class BadDiskTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void runsToTheEndOrNotAtAll_data()
    {
        QTest::addColumn<int>("error");
        QTest::addColumn<QString>("lasting");
        QTest::newRow("full once") << ENOSPC << u"once"_s;
        QTest::newRow("full") << ENOSPC << u"lasting"_s;
        QTest::newRow("broken once") << EIO << u"once"_s;
        QTest::newRow("broken") << EIO << u"lasting"_s;
    }

    void runsToTheEndOrNotAtAll()
    {
        QFETCH(int, error);
        QFETCH(QString, lasting);
        int nth = 1;
        int refused = 0;
        int incomplete = 0;
        for (bool isOver = false; !isOver; ++nth) {
            const QTemporaryDir folder;
            const QString task = folder.filePath(u"task"_s);
            const Told told = run(folder, u"%1 %2 %3 %4"_s.arg(nth).arg(error).arg(lasting, task));
            isOver = !told.hasFailed;
            const QByteArray where = "call " + QByteArray::number(nth) + ", told: " + told.lines;
            const bool hasRun = QFile::exists(folder.filePath(u"ran"_s));
            const StatusFile status = readAnyStatusFile(task + u"/status"_s);
            if (const std::optional<LaunchFailed> no = told.refused()) {
                ++refused;
                QVERIFY2(!hasRun && no->systemErrno == error, where);
                continue;
            }
            QVERIFY2(hasRun && told.ended().number == 7, where);
            QVERIFY2(told.ended().lines == kLines, where);
            // Whoever looks later sees the same end or none, never another one.
            QVERIFY2(!status.hasEnd() || status.end() == told.last, where);
            QVERIFY2(!isOver || status.hasEnd(), where);
            const bool isWhole = linesIn(task) == kLines;
            incomplete += isWhole ? 0 : 1;
            QVERIFY2(isWhole || told.ended().logErrno == error, where);
            QVERIFY2(!isOver || (isWhole && told.ended().logErrno == 0), where);
        }
        qInfo("%d calls: %d times not started, %d times not all of the output", nth - 2, refused, incomplete);
        QVERIFY(nth > 10 && refused > 1 && incomplete > (lasting == u"once"_s ? 0 : 2));
    }

private:
    static constexpr int kLines = 60'001;

    static Told run(const QTemporaryDir &folder, const QString &disk)
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"MEANWHILE_TEST_DISK"_s, disk);
        environment.insert(u"MEANWHILE_TEST_DISK_FAILED"_s, folder.filePath(u"failed"_s));
        process.setProcessEnvironment(environment);
        process.start(qEnvironmentVariable("MEANWHILE_TEST_HELPERS") + u"/helper_runnerwithbaddisk"_s,
            {u"--folder"_s, folder.filePath(u"task"_s), u"--cwd"_s, folder.path(), u"--log-cap"_s,
                u"100000"_s, u"--"_s, u"/bin/bash"_s, u"-c"_s,
                u"touch ran; echo first; seq 60000; exit 7"_s});
        process.waitForFinished();
        Told told;
        told.hasFailed = QFile::exists(folder.filePath(u"failed"_s));
        told.lines = process.readAllStandardOutput().trimmed();
        told.last = parseRunnerLine(told.lines.split('\n').last());
        return told;
    }

    /// As the log has counted them.
    static qint64 linesIn(const QString &task)
    {
        const Result<TaskLog> log = TaskLog::open(task + u"/log"_s);
        const Result<LogSummary> summary = log ? log->summary() : Result<LogSummary>(LogSummary{});
        return summary && summary->lostBytes == 0 ? summary->totalLines : 0;
    }
};

MEANWHILE_TEST(BadDiskTest)
#include "tst_baddisk.moc"
