// SPDX-License-Identifier: MIT
#include "bench/script.h"

#include <QJsonDocument>
#include <QRegularExpression>

namespace Meanwhile::Bench {

using namespace Qt::StringLiterals;

namespace {

// Many events travel in one piece, as they do from a fast provider.
constexpr int kEventsPerPiece = 16;

Testing::ScriptedAnswer streamed(int events)
{
    Testing::ScriptedAnswer answer = Testing::anthropicAnswer("word");
    const QByteArray delta = answer.pieces.at(2);
    QList<QByteArray> deltas;
    for (int sent = 0; sent < events; sent += kEventsPerPiece)
        deltas += QByteArray(delta)
                      .replace("\"word\"", "\"word \"")
                      .repeated(std::min(kEventsPerPiece, events - sent));
    answer.pieces = answer.pieces.first(2) + deltas + answer.pieces.sliced(3);
    return answer;
}

} // namespace

Testing::ScriptedAnswer answerFor(const Script &script, qsizetype index)
{
    if (index >= script.size())
        return Testing::anthropicAnswer("Done.");
    const Step &step = script.at(index);
    if (step.events > 0)
        return streamed(step.events);
    QList<QList<QByteArray>> calls;
    for (const Call &call : step.calls) {
        const QByteArray id = "toolu_" + QByteArray::number(index) + '_' + QByteArray::number(calls.size());
        calls.append({id, call.tool, QJsonDocument(call.arguments).toJson(QJsonDocument::Compact)});
    }
    return Testing::anthropicAnswer(step.text, calls);
}

QString markedCommand(const QString &command)
{
    return command + u"; printf 'MARK@%s\\n' \"$EPOCHREALTIME\""_s;
}

qint64 markIn(const QByteArray &body)
{
    static const QRegularExpression mark(u"MARK@(\\d{9,})[.,](\\d{6})"_s);
    qint64 newest = 0;
    auto marks = mark.globalMatch(QString::fromUtf8(body));
    while (marks.hasNext()) {
        const QRegularExpressionMatch match = marks.next();
        newest =
            std::max(newest, match.captured(1).toLongLong() * 1'000'000 + match.captured(2).toLongLong());
    }
    return newest;
}

} // namespace Meanwhile::Bench
