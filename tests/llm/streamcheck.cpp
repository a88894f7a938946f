// SPDX-License-Identifier: MIT
// Compares what the parsers make of recorded answer streams with what is expected of them:
//
//   streamcheck FOLDER [--work BYTES]
//
// FOLDER holds anthropic/ and openai/ with NAME.sse and NAME.expected.json (outcome, text, reasoning,
// refusal, tool_calls, stop_reason, usage, content). Prints a line a stream. Each is also played cut in two
// at every byte, byte by byte, disguised (see streamplay.h), and truncated at every byte; --work bounds how
// many bytes that may parse for one stream, by taking every n-th cut of a long one. Exit status 1 when one
// differs.
#include "llm/anthropic/anthropicencoder.h"
#include "streamplay.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>

#include <cstdio>

using namespace Meanwhile;
using namespace Meanwhile::Testing;
using namespace Meanwhile::Conversation;
using namespace Qt::StringLiterals;

namespace {

struct Recording {
    Protocol protocol;
    QByteArray body;
    QJsonObject expected;
};

QByteArray readAll(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString reasonExpected(const Recording &recording)
{
    const QString word = recording.expected.value("stop_reason"_L1).toString();
    if (recording.protocol == Protocol::Anthropic)
        return word.isEmpty() ? u"other"_s : word;
    const bool hasCalls = !recording.expected.value("tool_calls"_L1).toArray().isEmpty();
    if (word == u"stop" && !recording.expected.value("refusal"_L1).toString().isEmpty())
        return u"refusal"_s;
    if (word == u"stop")
        return hasCalls ? u"tool_use"_s : u"end_turn"_s;
    if (word == u"length")
        return u"max_tokens"_s;
    if (word == u"content_filter")
        return u"refusal"_s;
    return word == u"tool_calls" ? u"tool_use"_s : u"other"_s;
}

// The official client shows a call whose block never ended as far as it came; here it must not appear.
bool wasEnded(const Recording &recording, const QString &callId)
{
    if (recording.protocol == Protocol::OpenAi)
        return true;
    const qsizetype start = recording.body.indexOf('"' + callId.toUtf8() + '"');
    const qsizetype line = recording.body.lastIndexOf("data:", start);
    const QByteArray data = recording.body.sliced(line + 5, recording.body.indexOf('\n', line) - line - 5);
    const QJsonObject begin = QJsonDocument::fromJson(data.trimmed()).object();
    if (begin.value("type"_L1).toString() != "content_block_start"_L1)
        return true;
    const QByteArray stop =
        R"("content_block_stop","index":)" + QByteArray::number(begin.value("index"_L1).toInt());
    return recording.body.indexOf(stop, start) >= 0;
}

QStringList usageDifferences(const Recording &recording, const Usage &usage)
{
    const QJsonObject expected = recording.expected.value("usage"_L1).toObject();
    const auto number = [](const QJsonValue &value) { return qint64(value.toDouble()); };
    const bool isAnthropic = recording.protocol == Protocol::Anthropic;
    const qint64 read = number(isAnthropic ? expected.value("cache_read_input_tokens"_L1)
                                           : expected.value("prompt_tokens_details"_L1)["cached_tokens"_L1]);
    const qint64 input =
        isAnthropic ? usage.inputTokens : usage.inputTokens + usage.cacheReadTokens + usage.cacheWriteTokens;
    QStringList differs;
    if (input != number(expected.value(isAnthropic ? "input_tokens"_L1 : "prompt_tokens"_L1)))
        differs += u"input tokens %1"_s.arg(input);
    if (usage.outputTokens !=
        number(expected.value(isAnthropic ? "output_tokens"_L1 : "completion_tokens"_L1)))
        differs += u"output tokens %1"_s.arg(usage.outputTokens);
    if (usage.cacheReadTokens != read)
        differs += u"cached tokens %1"_s.arg(usage.cacheReadTokens);
    if (isAnthropic && usage.cacheWriteTokens != number(expected.value("cache_creation_input_tokens"_L1)))
        differs += u"cache write tokens %1"_s.arg(usage.cacheWriteTokens);
    return differs;
}

// The official client passes over deltas of a kind it does not know and leaves the field empty.
bool holdsMore(const QJsonObject &ours, const QJsonObject &theirs)
{
    for (auto it = theirs.begin(); it != theirs.end(); ++it) {
        const bool isEmpty = it->isNull() || (it->isObject() && it->toObject().isEmpty());
        if (!isEmpty && ours.value(it.key()) != *it)
            return false;
    }
    return ours.keys() == theirs.keys();
}

// What goes back to Anthropic is what came: every block, also those this program does not know.
QStringList contentDifferences(const Recording &recording, const Message &message, QString &remark)
{
    const QByteArray encoded = Llm::AnthropicEncoder::encodeMessage(message);
    const QJsonArray ours = QJsonDocument::fromJson(encoded).object().value("content"_L1).toArray();
    QJsonArray theirs;
    const QJsonArray content = recording.expected.value("content"_L1).toArray();
    for (const QJsonValue &block : content) {
        const bool isEmptyText =
            block["type"_L1].toString() == u"text" && block["text"_L1].toString().isEmpty();
        const bool isCall = block["type"_L1].toString() == u"tool_use";
        if (!isEmptyText && (!isCall || wasEnded(recording, block["id"_L1].toString())))
            theirs.append(block);
    }
    if (ours.size() != theirs.size())
        return {u"%1 blocks"_s.arg(ours.size())};
    for (qsizetype i = 0; i < ours.size(); ++i) {
        if (ours.at(i) == theirs.at(i))
            continue;
        if (!holdsMore(ours.at(i).toObject(), theirs.at(i).toObject()))
            return {u"block %1"_s.arg(i)};
        remark += u" (block %1 whole, where the official client loses a field)"_s.arg(i);
    }
    return {};
}

QStringList differences(const Recording &recording, const Played &played, QString &remark)
{
    const QJsonObject &expected = recording.expected;
    QStringList differs;
    if (played.ends != 1)
        differs += u"%1 ends"_s.arg(played.ends);
    const QString refusal = expected.value("refusal"_L1).toString();
    if (played.text != expected.value("text"_L1).toString() + refusal)
        differs += u"text"_s;
    if (!refusal.isEmpty())
        remark += u" (refusal shown as text)"_s;
    if (played.thinking != expected.value("reasoning"_L1).toString())
        differs += u"reasoning"_s;
    if (expected.value("outcome"_L1).toString() == u"error") {
        if (!played.error)
            differs += u"completed, but an error was expected"_s;
        return differs;
    }
    if (!played.message)
        return differs + QStringList{u"failed: "_s + played.error.value_or(Error{}).message};
    if (nameOf(played.message->stopReason) != reasonExpected(recording))
        differs += u"stop reason "_s + nameOf(played.message->stopReason);
    const QVector<ToolCallBlock> calls = toolCalls(*played.message);
    qsizetype at = 0;
    const QJsonArray callsExpected = expected.value("tool_calls"_L1).toArray();
    for (const QJsonValue &value : callsExpected) {
        if (!wasEnded(recording, value["id"_L1].toString())) {
            remark += u" (without the call that never ended)"_s;
            continue;
        }
        const ToolCallBlock call = calls.value(at++);
        if (call.id != value["id"_L1].toString() || call.name != value["name"_L1].toString() ||
            QJsonDocument::fromJson(call.input).object() != value["args"_L1].toObject())
            differs += u"call %1 %2 %3"_s.arg(call.id, call.name, QString::fromUtf8(call.input));
    }
    if (at != calls.size())
        differs += u"%1 calls too many"_s.arg(calls.size() - at);
    differs += usageDifferences(recording, played.message->usage);
    if (recording.protocol == Protocol::Anthropic)
        differs += contentDifferences(recording, *played.message, remark);
    return differs;
}

QStringList deliveryDifferences(const Recording &recording, const Played &whole, qsizetype step)
{
    const QByteArray &body = recording.body;
    QStringList differs;
    for (qsizetype cut = 0; cut <= body.size() && differs.isEmpty(); cut += step) {
        if (play(recording.protocol, Reply{.pieces = {body.first(cut), body.sliced(cut)}}) != whole)
            differs += u"cut at byte %1"_s.arg(cut);
    }
    QByteArrayList bytes;
    for (const char c : body)
        bytes += QByteArray(1, c);
    if (play(recording.protocol, Reply{.pieces = bytes}) != whole)
        differs += u"byte by byte"_s;
    for (const auto &[name, disguised] : disguises(body)) {
        if (play(recording.protocol, disguised) != whole)
            differs += QString::fromUtf8(name);
    }
    return differs;
}

QStringList truncationDifferences(const Recording &recording, const Played &whole, qsizetype step)
{
    const qsizetype end = firstEnd(recording.protocol, recording.body);
    const Error reset{ErrorKind::Network, u"reset"_s, {}};
    const qsizetype done =
        recording.protocol == Protocol::OpenAi ? recording.body.indexOf("data: [DONE]") + 12 : end;
    for (qsizetype size = 0; size < recording.body.size(); size += step) {
        const Played played = play(recording.protocol, recording.body.first(size));
        const Played broken =
            play(recording.protocol, Reply{.pieces = {recording.body.first(size)}, .cause = reset});
        const bool early =
            (played.message && (end < 0 || size < end)) || (broken.message && (done < 12 || size < done));
        if (early || played.ends != 1 || broken.ends != 1)
            return {u"truncated at byte %1"_s.arg(size)};
        if (!whole.text.startsWith(played.text) || !whole.thinking.startsWith(played.thinking))
            return {u"other words when truncated at byte %1"_s.arg(size)};
    }
    return {};
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    const QCommandLineOption work(u"work"_s, u"Bytes to parse for one stream."_s, u"bytes"_s, u"300000000"_s);
    parser.addOption(work);
    parser.addPositionalArgument(u"folder"_s, u"Where the recordings are."_s);
    parser.addHelpOption();
    parser.process(app);
    const double budget = parser.value(work).toDouble();
    int agreeing = 0;
    int all = 0;
    for (const auto protocol : {Protocol::Anthropic, Protocol::OpenAi}) {
        const QString room = protocol == Protocol::Anthropic ? u"anthropic"_s : u"openai"_s;
        const QDir folder(parser.positionalArguments().value(0) + u'/' + room);
        const QStringList names = folder.entryList({u"*.sse"_s}, QDir::Files, QDir::Name);
        for (const QString &name : names) {
            const QString id = name.chopped(4);
            const QByteArray json = readAll(folder.filePath(id + u".expected.json"_s));
            const Recording recording{
                protocol, readAll(folder.filePath(name)), QJsonDocument::fromJson(json).object()};
            const Played whole = play(protocol, recording.body);
            const double size = double(recording.body.size());
            const auto step = qsizetype(qMax(1.0, size * size * 3 / budget));
            QString remark;
            const QStringList differs = differences(recording, whole, remark) +
                                        deliveryDifferences(recording, whole, step) +
                                        truncationDifferences(recording, whole, step);
            ++all;
            agreeing += differs.isEmpty();
            std::printf("%-10s %-75s %s%s%s\n", qPrintable(room), qPrintable(id),
                differs.isEmpty() ? "agrees" : qPrintable(u"DIFFERS: "_s + differs.join(u"; "_s)),
                qPrintable(remark), step > 1 ? qPrintable(u" (every %1. cut)"_s.arg(step)) : "");
            std::fflush(stdout);
        }
    }
    std::printf("%d of %d agree\n", agreeing, all);
    return all > 0 && agreeing == all ? 0 : 1;
}
