// SPDX-License-Identifier: MIT
// What the transcript costs: 20,000 streamed text events, the first frame and scrolling at 10,000 rows.
// Run it with QT_QPA_PLATFORM=offscreen or under Xvfb. Times are of this machine; CPU seconds are the
// process's.
#include "models/transcriptmodel.h"
#include "show/samples.h"
#include "support/knowntools.h"
#include "ui/transcript/transcriptview.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QScrollBar>
#include <QTextStream>
#include <QTimer>

#include <algorithm>
#include <ctime>
#include <functional>

using namespace Meanwhile;
using namespace Qt::StringLiterals;

namespace {

constexpr int kEvents = 20'000;
constexpr int kRows = 10'000;

double cpuSeconds()
{
    return double(std::clock()) / CLOCKS_PER_SEC;
}

void print(const QString &what, double value, const QString &unit)
{
    QTextStream(stdout) << what.leftJustified(58)
                        << QString::number(value, 'f', value < 10 ? 2 : 0).rightJustified(8) << u' ' << unit
                        << Qt::endl;
}

/// The pieces of an answer of `kEvents` parts as a model sends them.
QString piece(const QString &shape, int n)
{
    if (shape == u"one paragraph"_s)
        return u"word%1 "_s.arg(n % 97);
    if (shape == u"one block of code"_s)
        return n == 0 ? u"```cpp\n"_s : n % 9 == 0 ? u";\n"_s : u"int x%1 "_s.arg(n % 97);
    if (shape == u"one line of code"_s)
        return n == 0 ? u"```\n"_s : u"data%1,"_s.arg(n % 97);
    if (shape == u"one list"_s)
        return n % 9 == 0 ? u"\n- item "_s : u"word%1 "_s.arg(n % 97);
    static const QStringList kParts{u"## Title\n\n"_s, u"Some **bold** "_s, u"and `code` "_s, u"and more "_s,
        u"words.\n\n"_s, u"```py\n"_s, u"def f(x):\n"_s, u"    return 42\n"_s, u"```\n\n"_s, u"- one\n"_s,
        u"- two\n\n"_s};
    return kParts.at(n % kParts.size());
}

/// Feeds events in bursts of `burst`, each from a turn of the event loop, and watches how long the loop is
/// held up.
void stream(const QString &shape, int burst, std::chrono::milliseconds pause)
{
    Models::TranscriptModel model{Testing::knownTools()};
    Ui::Theme theme(*qApp);
    Ui::TranscriptView view(theme);
    view.resize(640, 800);
    view.setModel(&model);
    Testing::playLongConversation(model, 200);
    view.show();
    view.jumpToLatest();
    QApplication::processEvents();
    model.handle(Agent::ResponseStarted{1});

    QElapsedTimer sinceTurn;
    qint64 worst = 0;
    double worstCpu = 0;
    double turnBegan = cpuSeconds();
    int sent = 0;
    QTimer feed;
    feed.setTimerType(Qt::PreciseTimer);
    feed.setInterval(pause);
    QObject::connect(&feed, &QTimer::timeout, &feed, [&] {
        for (int i = 0; i < burst && sent < kEvents; ++i)
            model.handle(Agent::TextStreamed{piece(shape, sent++)});
        if (sent == kEvents) {
            feed.stop();
            model.handle(Agent::ResponseEnded{1, Conversation::StopReason::EndTurn, true, {}});
            QTimer::singleShot(200, qApp, &QApplication::quit);
        }
    });
    QTimer watch;
    watch.setTimerType(Qt::PreciseTimer);
    watch.setInterval(1);
    QObject::connect(&watch, &QTimer::timeout, &watch, [&] {
        worst = std::max(worst, sinceTurn.restart());
        const double now = cpuSeconds();
        worstCpu = std::max(worstCpu, now - std::exchange(turnBegan, now));
    });
    const double before = cpuSeconds();
    sinceTurn.start();
    watch.start();
    feed.start();
    QApplication::exec();
    print(u"%1 events, %2, %3 each %4 ms: CPU"_s.arg(kEvents).arg(shape).arg(burst).arg(pause.count()),
        cpuSeconds() - before, u"s"_s);
    print(u"  longest gap of the event loop, by the clock"_s, double(worst), u"ms"_s);
    print(u"  … and in CPU, which other programs do not stretch"_s, worstCpu * 1000, u"ms"_s);
}

/// Milliseconds of CPU.
double timed(const std::function<void()> &work)
{
    const double before = cpuSeconds();
    work();
    return (cpuSeconds() - before) * 1000;
}

void rows()
{
    Models::TranscriptModel model{Testing::knownTools()};
    Testing::playLongConversation(model, kRows);
    Ui::Theme theme(*qApp);
    Ui::TranscriptView view(theme);
    view.resize(640, 800);
    const auto settle = [] {
        QCoreApplication::sendPostedEvents();
        QApplication::processEvents();
    };
    print(u"first frame at %1 rows"_s.arg(kRows), timed([&] {
        view.setModel(&model);
        view.show();
        settle();
        view.grab();
    }),
        u"ms"_s);
    const auto scroll = [&](const QString &name, const std::function<void(int)> &step) {
        std::vector<double> times;
        for (int i = 0; i < 300; ++i)
            times.push_back(timed([&] {
                step(i);
                view.repaint();
                settle();
            }));
        std::sort(times.begin(), times.end());
        print(u"scroll by %1, median"_s.arg(name), times[150], u"ms"_s);
        print(u"scroll by %1, p95"_s.arg(name), times[285], u"ms"_s);
    };
    QScrollBar *bar = view.verticalScrollBar();
    scroll(u"the wheel"_s, [&](int) { bar->setValue(bar->value() - 60); });
    scroll(u"pages"_s, [&](int) { bar->setValue(bar->value() - 700); });
    scroll(u"leaps"_s, [&](int i) { bar->setValue(int(qint64(i) * 7919 % 300 * bar->maximum() / 300)); });
    print(u"widgets in use"_s, view.shownCount(), {});
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    // A shape as argument runs this one only, e.g. under a profiler.
    const QString only = app.arguments().value(1);
    using namespace std::chrono_literals;
    if (only.isEmpty())
        rows();
    for (const auto &shape :
        {u"mixed"_s, u"one paragraph"_s, u"one list"_s, u"one block of code"_s, u"one line of code"_s}) {
        if (only.isEmpty() || only == shape)
            stream(shape, 40, 5ms);
    }
    if (only.isEmpty())
        stream(u"mixed"_s, 2, 1ms);
    return 0;
}
