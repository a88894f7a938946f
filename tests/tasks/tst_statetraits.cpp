// SPDX-License-Identifier: MIT
#include "support/testregistry.h"
#include "tasks/statetraits.h"

#include <QtTest>

using namespace Meanwhile::Tasks;
using namespace Qt::StringLiterals;

namespace {

Task taskWith(TaskState state, int number = 0, StoppedBy by = StoppedBy::Unknown)
{
    Task task;
    task.state = state;
    task.exitCode = task.signal = number;
    task.stoppedBy = by;
    return task;
}

} // namespace

class StateTraitsTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void saysHowEachStateIsCalledAndShown_data()
    {
        QTest::addColumn<Task>("task");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("description");
        QTest::addColumn<QString>("word");
        QTest::addColumn<QString>("shape");
        QTest::addColumn<Tone>("tone");
        const auto row = [](const char *title, const Task &task, const QStringList &words, Tone tone) {
            QTest::newRow(title) << task << words.at(0) << words.at(1) << words.at(2) << words.at(3) << tone;
        };
        row("queued", taskWith(TaskState::Queued), {u"queued"_s, u"queued"_s, u"queued"_s, u"◌"_s},
            Tone::Waiting);
        row("starting", taskWith(TaskState::Starting), {u"starting"_s, u"starting"_s, u"starting"_s, u"◌"_s},
            Tone::Waiting);
        row("running", taskWith(TaskState::Running), {u"running"_s, u"running"_s, u"running"_s, u"◐"_s},
            Tone::Active);
        row("success", taskWith(TaskState::Exited, 0), {u"exited"_s, u"exited 0"_s, u"done"_s, u"✓"_s},
            Tone::Done);
        row("exit code", taskWith(TaskState::Exited, 3), {u"exited"_s, u"exited 3"_s, u"exit 3"_s, u"✕"_s},
            Tone::Failed);
        row("signal", taskWith(TaskState::Signaled, 9),
            {u"signaled"_s, u"signaled 9"_s, u"signal 9"_s, u"✕"_s}, Tone::Failed);
        row("time limit", taskWith(TaskState::TimedOut),
            {u"timed_out"_s, u"timed out"_s, u"timed out"_s, u"✕"_s}, Tone::Failed);
        row("stopped by the person", taskWith(TaskState::Stopped, 0, StoppedBy::Person),
            {u"stopped"_s, u"stopped by the person"_s, u"stopped"_s, u"■"_s}, Tone::Ended);
        row("stopped by the model", taskWith(TaskState::Stopped, 0, StoppedBy::Model),
            {u"stopped"_s, u"stopped by the model"_s, u"stopped"_s, u"■"_s}, Tone::Ended);
        row("stopped at the end", taskWith(TaskState::Stopped, 0, StoppedBy::Quit),
            {u"stopped"_s, u"stopped by the end of the program"_s, u"stopped"_s, u"■"_s}, Tone::Ended);
        row("ended from outside", taskWith(TaskState::Stopped),
            {u"stopped"_s, u"ended by a signal from outside"_s, u"ended"_s, u"■"_s}, Tone::Ended);
        row("no start", taskWith(TaskState::FailedToStart),
            {u"failed_to_start"_s, u"failed to start"_s, u"failed"_s, u"✕"_s}, Tone::Failed);
        row("lost", taskWith(TaskState::Lost), {u"lost"_s, u"lost"_s, u"lost"_s, u"?"_s}, Tone::Unknown);
    }

    void saysHowEachStateIsCalledAndShown()
    {
        QFETCH(Task, task);
        QTEST(nameOf(task.state), "name");
        QTEST(describeState(task), "description");
        QTEST(wordOf(task), "word");
        QTEST(QString(QChar(traitsOf(task).shape)), "shape");
        QTEST(traitsOf(task).tone, "tone");
        QVERIFY(wordOf(task).size() <= 14);
    }

    void ranksWhatLivesThenWhatNeedsALook()
    {
        const QVector<Task> inOrder = {taskWith(TaskState::Running), taskWith(TaskState::Starting),
            taskWith(TaskState::Queued), taskWith(TaskState::Lost), taskWith(TaskState::FailedToStart),
            taskWith(TaskState::TimedOut), taskWith(TaskState::Signaled), taskWith(TaskState::Exited, 1),
            taskWith(TaskState::Stopped), taskWith(TaskState::Exited, 0)};
        for (int i = 0; i < inOrder.size(); ++i)
            QCOMPARE(traitsOf(inOrder.at(i)).rank, i);
    }
};

MEANWHILE_TEST(StateTraitsTest)
#include "tst_statetraits.moc"
