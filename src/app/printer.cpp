// SPDX-License-Identifier: MIT
#include "app/printer.h"

#include "base/jsontext.h"
#include "base/overloaded.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <cerrno>
#include <cstdio>

namespace Meanwhile::App {

using namespace Qt::StringLiterals;
using namespace Agent;

namespace {

int printErrno = 0; // of standard output: the first that failed

void write(std::FILE *file, const QByteArray &bytes)
{
    const bool isWritten =
        std::fwrite(bytes.constData(), 1, size_t(bytes.size()), file) == size_t(bytes.size());
    const bool isFlushed = std::fflush(file) == 0;
    if (file == stdout && printErrno == 0 && !(isWritten && isFlushed))
        printErrno = errno;
}

// Removes control characters, which a terminal would obey.
QString withoutControls(QString text)
{
    return text.removeIf(
        [](QChar c) { return c.category() == QChar::Other_Control && c != u'\n' && c != u'\t'; });
}

// The answer's text as it comes; errors on standard error.
class TextPrinter final : public Printer {
public:
    void begin(const RunFacts &) override {}

    void handle(const AgentEvent &event) override
    {
        std::visit(
            Overloaded{
                [this](const TextStreamed &e) { print(e.delta); },
                [this](const ResponseEnded &) {
                    finishLine();
                    m_paragraphDue = m_printed;
                },
                [this](const Failed &e) { warn(e.error); },
                [this](const RetryScheduled &e) { announceRetry(e); },
                [](const OneOf<MessageAdded, RequestSent, ResponseStarted, ThinkingStreamed,
                    ToolCallAnnounced, ToolCallMade, ToolCallStarted, ToolCallEnded, ApprovalAsked,
                    ApprovalSettled, MessageQueued, QueuedMessageRemoved, NewsDelivered, DeliveriesChanged,
                    SilenceChanged, CompactionStarted, TurnStarted, TurnEnded> auto &) {},
            },
            event);
    }

    void handleTask(const Tasks::Task &) override {}
    void end(int) override { finishLine(); }
    void warn(const Error &error) override
    {
        finishLine();
        Printer::warn(error);
    }

private:
    void print(const QString &text)
    {
        if (text.isEmpty())
            return;
        write(stdout, (std::exchange(m_paragraphDue, false) ? "\n" : "") + withoutControls(text).toUtf8());
        m_atLineStart = text.endsWith(u'\n');
        m_printed = true;
    }

    void announceRetry(const RetryScheduled &retry)
    {
        finishLine();
        const QString seconds = QString::number(double(retry.delay.count()) / 1'000, 'f', 1);
        const QString words =
            QCoreApplication::translate("Meanwhile::App", "%1 Retrying in %3 s (attempt %2).")
                .arg(retry.why.message, QString::number(retry.attempt), seconds);
        write(stderr, "meanwhile: " + words.toUtf8() + '\n');
    }

    void finishLine()
    {
        if (!std::exchange(m_atLineStart, true))
            write(stdout, "\n");
    }

    bool m_atLineStart = true;
    bool m_paragraphDue = false;
    bool m_printed = false;
};

// One object at the end.
class JsonPrinter final : public Printer {
public:
    void begin(const RunFacts &facts) override { m_facts = facts; }

    void handle(const AgentEvent &event) override
    {
        std::visit(
            Overloaded{
                [this](const MessageAdded &e) {
                    const QString text = Conversation::plainText(e.message);
                    if (e.message.role == Conversation::Role::Assistant && !text.isEmpty())
                        m_answer = text;
                },
                [this](const RequestSent &) { ++m_requests; },
                [this](const ResponseEnded &e) {
                    m_usage += e.usage;
                    m_stopReason = e.stopReason;
                },
                [this](const Failed &e) {
                    m_error = {{u"kind"_s, nameOf(e.error.kind)}, {u"message"_s, e.error.message}};
                },
                [](const OneOf<ResponseStarted, TextStreamed, ThinkingStreamed, ToolCallAnnounced,
                    ToolCallMade, ToolCallStarted, ToolCallEnded, ApprovalAsked, ApprovalSettled,
                    MessageQueued, QueuedMessageRemoved, NewsDelivered, DeliveriesChanged, RetryScheduled,
                    SilenceChanged, CompactionStarted, TurnStarted, TurnEnded> auto &) {},
            },
            event);
    }

    void handleTask(const Tasks::Task &) override {}

    void end(int exitStatus) override
    {
        QJsonObject object{{u"type"_s, u"result"_s}, {u"session"_s, m_facts.session},
            {u"project"_s, m_facts.project}, {u"provider"_s, m_facts.provider}, {u"model"_s, m_facts.model},
            {u"result"_s, m_answer}, {u"requests"_s, m_requests},
            {u"stop_reason"_s, Conversation::nameOf(m_stopReason)}, {u"exit"_s, exitStatus},
            {u"usage"_s, QJsonObject{{u"input_tokens"_s, m_usage.inputTokens},
                             {u"output_tokens"_s, m_usage.outputTokens},
                             {u"cache_read_tokens"_s, m_usage.cacheReadTokens},
                             {u"cache_write_tokens"_s, m_usage.cacheWriteTokens}}}};
        if (!m_error.isEmpty())
            object.insert(u"error"_s, m_error);
        write(stdout, compactJson(object) + '\n');
    }

private:
    RunFacts m_facts;
    QString m_answer;
    qint64 m_requests = 0;
    Conversation::Usage m_usage;
    Conversation::StopReason m_stopReason = Conversation::StopReason::Other;
    QJsonObject m_error;
};

// One object a line, as things happen.
class StreamJsonPrinter final : public Printer {
public:
    explicit StreamJsonPrinter(const QElapsedTimer &sinceStart)
        : m_sinceStart(sinceStart)
    {
    }

    void begin(const RunFacts &facts) override
    {
        line(u"session"_s, {{u"id"_s, facts.session}, {u"project"_s, facts.project},
                               {u"provider"_s, facts.provider}, {u"model"_s, facts.model}});
    }

    void boxFound(Permissions::Box box) override
    {
        line(u"box"_s, {{u"kind"_s, Permissions::nameOf(box)}});
    }

    void handle(const AgentEvent &event) override
    {
        std::visit(
            Overloaded{
                [this](const RequestSent &e) {
                    line(u"request"_s,
                        {{u"n"_s, e.number}, {u"bytes"_s, e.bytes}, {u"messages"_s, e.messages}});
                    if (!e.news.isEmpty())
                        line(u"notification"_s, {{u"task_ids"_s, QJsonArray::fromStringList(tasksOf(e.news))},
                                                    {u"request"_s, e.number}});
                },
                [this](const ResponseStarted &e) {
                    line(u"response_started"_s, {{u"n"_s, e.request}});
                },
                [this](const TextStreamed &e) {
                    line(u"text"_s, {{u"delta"_s, e.delta}});
                },
                [this](const ThinkingStreamed &e) {
                    line(u"thinking"_s, {{u"delta"_s, e.delta}});
                },
                [this](const ResponseEnded &e) { responseEnded(e); },
                [this](const ToolCallMade &e) {
                    const QJsonDocument input = QJsonDocument::fromJson(e.input);
                    line(u"tool_call"_s,
                        {{u"id"_s, e.id}, {u"name"_s, e.name},
                            {u"input"_s, input.isObject() ? QJsonValue(input.object())
                                                          : QJsonValue(QString::fromUtf8(e.input))}});
                },
                [this](const ToolCallEnded &e) {
                    line(u"tool_result"_s,
                        {{u"id"_s, e.id}, {u"is_error"_s, e.outcome.isError}, {u"text"_s, e.outcome.text}});
                },
                [this](const RetryScheduled &e) {
                    line(u"retry"_s,
                        {{u"n"_s, e.request}, {u"in_ms"_s, qint64(e.delay.count())}, {u"try"_s, e.attempt},
                            {u"why"_s, nameOf(e.why.kind)}, {u"message"_s, e.why.message}});
                },
                [this](const TurnEnded &e) {
                    line(u"turn_ended"_s, {{u"stop_reason"_s, Conversation::nameOf(e.stopReason)},
                                              {u"waiting_for"_s, e.waitingFor}});
                },
                [this](const Failed &e) {
                    line(u"error"_s, {{u"kind"_s, nameOf(e.error.kind)}, {u"message"_s, e.error.message}});
                },
                [](const OneOf<MessageAdded, ToolCallAnnounced, ToolCallStarted, ApprovalAsked,
                    ApprovalSettled, MessageQueued, QueuedMessageRemoved, NewsDelivered, DeliveriesChanged,
                    SilenceChanged, CompactionStarted, TurnStarted> auto &) {},
            },
            event);
    }

    void handleTask(const Tasks::Task &task) override
    {
        QJsonObject object{
            {u"id"_s, task.id}, {u"state"_s, Tasks::nameOf(task.state)}, {u"command"_s, task.spec.command}};
        if (task.state == Tasks::TaskState::Exited)
            object.insert(u"exit_code"_s, task.exitCode);
        line(u"task"_s, std::move(object));
    }

    void end(int exitStatus) override { line(u"done"_s, {{u"exit"_s, exitStatus}}); }

private:
    void responseEnded(const ResponseEnded &e)
    {
        line(
            u"response_ended"_s, {{u"n"_s, e.request}, {u"stop_reason"_s, Conversation::nameOf(e.stopReason)},
                                     {u"complete"_s, e.complete}});
        if (!e.complete)
            return;
        line(u"usage"_s,
            {{u"n"_s, e.request}, {u"input_tokens"_s, e.usage.inputTokens},
                {u"output_tokens"_s, e.usage.outputTokens}, {u"cache_read_tokens"_s, e.usage.cacheReadTokens},
                {u"cache_write_tokens"_s, e.usage.cacheWriteTokens}});
    }

    void line(const QString &type, QJsonObject object)
    {
        object.insert(u"type"_s, type);
        object.insert(u"t_ms"_s, double(qRound64(double(m_sinceStart.nsecsElapsed()) / 1e3)) / 1e3);
        write(stdout, compactJson(object) + '\n');
    }

    QElapsedTimer m_sinceStart;
};

} // namespace

void Printer::warn(const Error &error)
{
    write(stderr, "meanwhile: " + withoutControls(error.message).toUtf8() + '\n');
}

Result<void> Printer::printed()
{
    if (printErrno == 0)
        return {};
    return failure(ErrorKind::DiskFull, QCoreApplication::translate("Meanwhile::App",
                                            "The answer could not be written to standard output: %1.")
                                            .arg(qt_error_string(printErrno)));
}

std::unique_ptr<Printer> Printer::make(OutputFormat format, const QElapsedTimer &sinceStart)
{
    switch (format) {
    case OutputFormat::Json:
        return std::make_unique<JsonPrinter>();
    case OutputFormat::StreamJson:
        return std::make_unique<StreamJsonPrinter>(sinceStart);
    case OutputFormat::Text:
        break;
    }
    return std::make_unique<TextPrinter>();
}

} // namespace Meanwhile::App
