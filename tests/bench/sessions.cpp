// SPDX-License-Identifier: MIT
#include "bench/figures.h"
#include "store/sessionstore.h"

#include <QDir>
#include <QEventLoop>
#include <QHash>
#include <QLocale>

namespace Meanwhile::Bench {

using namespace Qt::StringLiterals;
using namespace Conversation;

namespace {

constexpr int kSessions = 1'000;
constexpr int kMessages = 20;

/// What a program prints as "NAME VALUE" lines.
QHash<QString, QVector<double>> valuesFrom(const QString &program, const QStringList &arguments)
{
    constexpr int kLimitMs = 120'000;
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
    process.setProcessEnvironment(environment);
    process.start(program, arguments);
    process.waitForFinished(kLimitMs);
    QHash<QString, QVector<double>> values;
    const QStringList lines = QString::fromUtf8(process.readAllStandardOutput()).split(u'\n');
    for (const QString &line : lines)
        values[line.section(u' ', 0, 0)] += line.section(u' ', 1).toDouble();
    return values;
}

Message messageAt(int session, int n)
{
    Message message;
    message.id = u"m%1"_s.arg(n);
    message.role = n % 2 == 0 ? Role::User : Role::Assistant;
    message.time = QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5), Qt::UTC).addSecs(session * 60 + n);
    message.content = {TextBlock{u"What was said in session %1. "_s.arg(session).repeated(20)}};
    return message;
}

void fill(const Places &places)
{
    QDir(places.scratch.path()).mkpath(u"meanwhile"_s);
    Store::SessionStore store(places.scratch.filePath(u"meanwhile/meanwhile.db"_s));
    std::unique_ptr<Store::SessionJournal> journal;
    for (int session = 0; session < kSessions; ++session) {
        journal = store.journalFor(
            u"%1"_s.arg(session, 16, 16, QChar(u'0')), places.scratch.filePath(u"project"_s));
        for (int n = 0; n < kMessages; ++n)
            journal->messageAdded(messageAt(session, n));
    }
}

QVector<Figure> named(QVector<Figure> figures, const QString &suffix)
{
    for (Figure &figure : figures)
        figure.what += suffix;
    return figures;
}

} // namespace

QVector<Figure> measureLongSession(const Places &places)
{
    Figure open{u"20,000 messages: opened to the last screen"_s, u"ms"_s, {}, {}, {}, 200, {}};
    Figure cpu{u"… in CPU of all its threads"_s, u"ms"_s, {}, {}, {}, {}, {}};
    Figure append{u"appending to 20,000 messages (floor: to 20)"_s, u"ms"_s, {}, {}, 1.25, {}, {}};
    const QTemporaryDir home;
    const auto values = valuesFrom(places.floors + u"/bench_opensession"_s, {home.path()});
    if (values.value(u"many"_s).isEmpty()) {
        open.note = cpu.note = append.note = u"it ended early"_s;
        return {open, cpu, append};
    }
    open.value = median(values.value(u"open"_s));
    open.floor = median(values.value(u"floor"_s));
    cpu.value = median(values.value(u"cpu"_s));
    append.value = median(values.value(u"many"_s));
    append.floor = median(values.value(u"few"_s));
    return {open, cpu, append};
}

QVector<Figure> measureManyTasks(const Places &places)
{
    const QTemporaryDir home;
    const auto values = valuesFrom(places.floors + u"/bench_opentasks"_s, {home.path()});
    QVector<Figure> figures;
    for (const auto &[count, limitMs] : {std::pair{u"500"_s, 60}, std::pair{u"5000"_s, 300}}) {
        const QString what = QLocale::c().toString(count.toInt()) + u" tasks: "_s;
        Figure open{what + u"opened (floor: their rows read)"_s, u"ms"_s, {}, {}, {}, limitMs, {}};
        Figure events{what + u"1,000 events"_s, u"ms"_s, {}, {}, {}, {}, {}};
        if (values.value(u"events"_s + count).isEmpty()) {
            open.note = events.note = u"it ended early"_s;
        } else {
            open.value = median(values.value(u"open"_s + count));
            open.floor = median(values.value(u"floor"_s + count));
            events.value = median(values.value(u"events"_s + count));
        }
        figures += {open, events};
    }
    return figures;
}

QVector<Figure> measureManySessions(const Places &places)
{
    Places here;
    here.programs = places.programs;
    here.floors = places.floors;
    fill(here);
    return named(measureStartup(here), u", 1,000 sessions"_s) +
           named(measureWindow(here), u", 1,000 sessions"_s);
}

} // namespace Meanwhile::Bench
