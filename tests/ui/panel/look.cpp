// SPDX-License-Identifier: MIT
// Pictures of the task panel in light and dark, for people to look at: look_panel FOLDER
#include "models/tasktablemodel.h"
#include "paneltasks.h"
#include "support/fakeclock.h"
#include "ui/taskpanel/logview.h"
#include "ui/taskpanel/taskpanel.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QDir>
#include <QTextStream>
#include <QTimer>

using namespace Meanwhile;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Tasks::Delivery;
using Tasks::Task;
using Tasks::TaskState;

/// Always the same log.
class LookLog final : public Ui::LogSource {
public:
    Ui::LogExtent extent() override;
    Piece read(qint64 offset, qint64 maxBytes) override;
};

static const QByteArray kLog =
    "\x1b[1m> webshop@2.1.0 test\x1b[0m\n> vitest run --reporter=dot\n\n"
    " \x1b[32m\u2713\x1b[0m src/cart.test.ts \x1b[2m(14)\x1b[0m\n"
    " \x1b[32m\u2713\x1b[0m src/price.test.ts \x1b[2m(9)\x1b[0m\n"
    " \x1b[32m\u2713\x1b[0m src/user.test.ts \x1b[2m(15)\x1b[0m\n"
    " \x1b[33m\u25cc\x1b[0m src/order.test.ts\n"
    " \x1b[31m\u2715 src/stock.test.ts\x1b[0m \x1b[1;31m1 failed\x1b[0m\n"
    "   \x1b[36mexpected\x1b[0m 3 \x1b[35mreceived\x1b[0m 4\n"
    "   \x1b[34mat\x1b[0m stock.test.ts:41 \x1b[38;5;208morange\x1b[0m "
    "\x1b[38;2;120;200;255mtrue colour\x1b[0m \x1b[7m inverse \x1b[0m "
    "\x1b[41;97m FAIL \x1b[0m \x1b[42;30m PASS \x1b[0m\n"
    "   a long line that goes on until it has to be broken somewhere, which happens at "
    "any character and not only between words\n"
    "[##########          ] 50 %\r[####################] 100 %\n"
    "38 passed, 2 pending\n";

Ui::LogExtent LookLog::extent()
{
    return {kLog.size(), 0, 0};
}

Ui::LogSource::Piece LookLog::read(qint64 offset, qint64 maxBytes)
{
    return {offset, kLog.mid(offset, maxBytes)};
}

static void fill(Models::TaskTableModel &model, Testing::FakeClock &clock)
{
    using Testing::panelTask;
    const QDateTime at(QDate(2026, 1, 2), QTime(9, 31));
    const auto running = [&](Task task, std::chrono::seconds since) {
        task.startedMonotonic = clock.now() - since;
        model.addOrUpdate(task);
    };
    const auto ended = [&](Task task, int exitCode, const Delivery &delivery) {
        task.exitCode = exitCode;
        model.addOrUpdate(task);
        model.setDelivery(task.id, delivery);
    };
    const Delivery told{Delivery::State::Accepted, 3, at};
    ended(panelTask(u"7"_s, TaskState::FailedToStart, u"make -C build"_s, u"No such file or directory"_s), 0,
        told);
    Task killed =
        panelTask(u"8"_s, TaskState::Signaled, u"./simulate --n 100000"_s, u"step 81,223"_s, 312s, 4'100'000);
    killed.signal = 9;
    ended(killed, 0, told);
    ended(
        panelTask(u"9"_s, TaskState::TimedOut, u"npm audit"_s, u"fetching advisories"_s, 120s, 512), 0, told);
    ended(panelTask(u"a"_s, TaskState::Stopped, u"tail -f server.log"_s, u"GET /cart 200"_s, 1845s, 82'000),
        0, told);
    ended(panelTask(u"b"_s, TaskState::Lost, u"cargo bench"_s, u"bench_parse ... 12 ns/iter"_s, 64s, 9'400),
        0, {Delivery::State::Queued, 0, {}});
    Task left = panelTask(u"c"_s, TaskState::Exited, u"./start-daemon.sh"_s, u"started"_s, 1s, 8);
    left.survivors = 1;
    ended(left, 0, {Delivery::State::InRequest, 4, {}});
    ended(panelTask(u"1"_s, TaskState::Exited, u"npm run lint"_s, u"2 errors in cart.ts"_s, 3s, 1'840), 1,
        told);
    ended(panelTask(u"2"_s, TaskState::Exited, u"npm install"_s, u"added 212 packages"_s, 41s, 23'400), 0,
        told);
    running(panelTask(u"3"_s, TaskState::Running, u"npm run dev"_s, u"listening on :5173"_s, 0s, 640), 125s);
    model.addOrUpdate(
        panelTask(u"5"_s, TaskState::Queued, u"npm run build && npm run deploy -- --env staging"_s));
    running(panelTask(u"4"_s, TaskState::Running, u"npm test"_s, u"38 passed, 2 pending"_s, 0s, 1'210), 12s);
}

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    if (argc < 2) {
        QTextStream(stderr) << "usage: look_panel FOLDER\n";
        return 2;
    }
    const QDir folder(QString::fromLocal8Bit(argv[1]));
    Testing::FakeClock clock;
    clock.advance(1h);
    Ui::Theme theme(application);
    Models::TaskTableModel model(clock);
    Ui::TaskPanel panel(theme, [](const Task &) { return std::make_shared<LookLog>(); });
    Ui::TaskPanel empty(theme);
    for (Ui::TaskPanel *one : {&panel, &empty}) {
        one->resize(Ui::TaskPanel::kWidth, 760);
        one->show();
    }
    panel.setModel(&model);
    fill(model, clock);
    panel.showTask(u"4"_s);
    QTimer::singleShot(400ms, &panel, [&] {
        for (const auto &[choice, name] :
            {std::pair{Ui::Theme::Choice::Light, u"light"_s}, {Ui::Theme::Choice::Dark, u"dark"_s}}) {
            theme.setChoice(choice);
            panel.resize(Ui::TaskPanel::kWidth, 760);
            panel.grab().save(folder.filePath(u"panel-%1.png"_s.arg(name)));
            empty.grab().save(folder.filePath(u"panel-empty-%1.png"_s.arg(name)));
            panel.resize(720, 760);
            panel.grab().save(folder.filePath(u"panel-wide-%1.png"_s.arg(name)));
        }
        application.quit();
    });
    return application.exec();
}
