// SPDX-License-Identifier: MIT
#include "agent/requestbuilder.h"
#include "base/overloaded.h"
#include "llm/anthropic/anthropicencoder.h"
#include "llm/openai/openaiencoder.h"
#include "support/testregistry.h"

#include <QRegularExpression>
#include <QtEndian>
#include <QTest>

using namespace Meanwhile;
using namespace Meanwhile::Agent;
using namespace Meanwhile::Conversation;
using namespace Qt::StringLiterals;

static Message said(const QString &id, const QString &text)
{
    return {id, Role::User, {TextBlock{text}}, {}};
}

static Message answer(
    const QString &id, QVector<ContentBlock> content, Completeness completeness = Completeness::Complete)
{
    Message message{id, Role::Assistant, std::move(content), {}};
    message.completeness = completeness;
    return message;
}

static QVector<Message> built(const QVector<Message> &messages, const Llm::RequestRules &rules = {})
{
    History history;
    for (const Message &message : messages)
        history.append(message);
    return RequestBuilder(u"system"_s, {}).build(history, 1, {}, rules).messages;
}

/// The content of a message in words.
static QString told(const Message &message)
{
    QStringList all;
    for (const ContentBlock &block : message.content) {
        all += std::visit(
            Overloaded{
                [](const TextBlock &b) { return u"text(%1)"_s.arg(b.text); },
                [](const ToolCallBlock &b) {
                    const QString raw = b.raw.isEmpty() ? QString() : u' ' + QString::fromUtf8(b.raw);
                    return u"call(%1 %2 %3%4)"_s.arg(b.id, b.name, QString::fromUtf8(b.input), raw);
                },
                [](const ToolResultBlock &b) { return u"result(%1: %2)"_s.arg(b.callId, b.text); },
                [](const ImageBlock &b) { return u"image(%1)"_s.arg(b.mediaType); },
                [](const ThinkingBlock &) { return u"thinking"_s; },
                [](const OpaqueBlock &b) { return b.type; },
                [](const OneOf<NewsBlock, CompactionBlock, OmissionBlock, RestoreBlock, EndBlock,
                    FailureBlock> auto &) { return u"other"_s; },
            },
            block);
    }
    return all.join(u' ');
}

static QStringList talk(const QVector<Message> &messages, const Llm::RequestRules &rules = {})
{
    QStringList all;
    for (const Message &message : built(messages, rules))
        all += nameOf(message.role) + u": "_s + told(message);
    return all;
}

/// A PNG file of this size with nothing but a header.
static ImageBlock image(int width, int height)
{
    QByteArray file("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0\0\0\0\0", 24);
    qToBigEndian(width, file.data() + 16);
    qToBigEndian(height, file.data() + 20);
    return {u"image/png"_s, file};
}

class RequestBuilderTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void beginsWithTheRequestBefore()
    {
        RequestBuilder builder(u"system"_s, {{u"bash"_s, u"runs"_s, "{}"}});
        History history;
        history.append(said(u"m1"_s, u"hello"_s));
        const auto first = builder.build(history, 1, u"model"_s);
        QCOMPARE(first.system, u"system"_s);
        QCOMPARE(first.tools.size(), 1);
        history.append(answer(u"m2"_s, {TextBlock{u"Hi"_s}}));
        history.append(said(u"m3"_s, u"go"_s));
        const auto second = builder.build(history, 2, u"model"_s);
        QCOMPARE(second.messages.first(first.messages.size()), first.messages);
        QCOMPARE(second.messages.size(), 3);
        QCOMPARE(second.generation, first.generation);
    }

    // What is kept for the person's rows changes no byte of what a provider is sent.
    void sendsNothingOfWhatOnlyRowsShow()
    {
        const auto bytes = [](bool withFacts) -> QByteArray {
            ToolResultBlock result{u"c1"_s, u"x"_s, true, {}, endsOf({u"00000001"_s})};
            Message stopped = answer(u"m4"_s, {TextBlock{u"Half"_s}});
            stopped.completeness = Completeness::Stopped;
            Message broken = answer(u"m6"_s, {TextBlock{u"Cut"_s}});
            broken.completeness = Completeness::Broken;
            History history;
            history.append(said(u"m1"_s, u"go"_s));
            history.append(answer(u"m2"_s, {ToolCallBlock{u"c1"_s, u"bash"_s, "{}", {}}}));
            if (withFacts) {
                result.end = CallEnd::Denied;
                result.taskId = u"00000001"_s;
                result.continues = true;
                result.summary = u"2 lines"_s;
                result.diff = u"+x"_s;
                stopped.content.prepend(ThinkingBlock{u"hm"_s, {}});
                broken.content.prepend(ThinkingBlock{u"hm"_s, {}});
            }
            Message results = said(u"m3"_s, u"and"_s);
            results.content.prepend(result);
            history.append(results);
            history.append(stopped);
            if (withFacts) {
                Message silent = answer(u"m4a"_s, {ThinkingBlock{u"hm"_s, {}}});
                silent.completeness = Completeness::Stopped;
                history.append(silent);
                Message record = said(u"r1"_s, {});
                record.role = Role::Record;
                record.content = {EndBlock{EndBlock::Why::Stopped, 0}};
                history.append(record);
            }
            history.append(said(u"m5"_s, u"again"_s));
            history.append(broken);
            if (withFacts) {
                Message record = said(u"r2"_s, {});
                record.role = Role::Record;
                record.content = {FailureBlock{ErrorKind::Network, u"It broke."_s}};
                history.append(record);
            }
            history.append(said(u"m7"_s, u"once more"_s));
            const auto request = RequestBuilder(u"system"_s, {}).build(history, 1, u"model"_s);
            return Llm::AnthropicEncoder().encode(request) + '\n' + Llm::OpenAiEncoder().encode(request, {});
        };
        QCOMPARE(bytes(true), bytes(false));
    }

    void copiesNothingItBuiltBefore()
    {
        RequestBuilder builder({}, {});
        History history;
        for (int i = 0; i < 50; ++i)
            history.append(said(u"m%1"_s.arg(i), u"word"_s));
        const auto first = builder.build(history, 1, {});
        history.append(said(u"m50"_s, u"last"_s));
        const auto second = builder.build(history, 2, {});
        for (qsizetype i = 0; i < first.messages.size(); ++i)
            QCOMPARE(second.messages.at(i).content.constData(), first.messages.at(i).content.constData());
    }

    void changesTheGenerationForAnotherHistory()
    {
        RequestBuilder builder({}, {});
        History one;
        one.append(said(u"m1"_s, u"hello"_s));
        History other;
        other.append(said(u"x1"_s, u"hello"_s));
        const auto first = builder.build(one, 1, {});
        const auto second = builder.build(other, 2, {});
        QVERIFY(first.generation != second.generation);
        QCOMPARE(second.messages, other.messages());
    }

    // A client that two conversations share would send the words of one in the other.
    void sharesNoGenerationWithAnotherBuilder()
    {
        History history;
        history.append(said(u"m1"_s, u"hello"_s));
        RequestBuilder one({}, {});
        RequestBuilder other({}, {});
        QVERIFY(one.build(history, 1, {}).generation != other.build(history, 1, {}).generation);
    }

    void repairsAnswers_data()
    {
        QTest::addColumn<Message>("given");
        QTest::addColumn<QString>("sent");
        const TextBlock text{u"Hi"_s};
        const ThinkingBlock thinking{u"hm"_s, R"({"type":"thinking","signature":"s"})"};
        const ThinkingBlock unsignedThinking{u"hm"_s, R"({"type":"thinking","signature":""})"};
        const OpaqueBlock redacted{u"redacted_thinking"_s, R"({"type":"redacted_thinking"})"};
        const OpaqueBlock other{u"server_tool_use"_s, R"({"type":"server_tool_use"})"};
        const ToolCallBlock call{u"c1"_s, u"bash"_s, "{}", {}};
        Message foreign = answer(u"m2"_s, {thinking, redacted, other, text});
        foreign.provider = u"others"_s;
        Message ofBefore = answer(u"m2"_s, {thinking, redacted, other, text});
        ofBefore.model = u"before"_s;
        QTest::newRow("whole") << answer(u"m2"_s, {thinking, text, other, call})
                               << u"thinking text(Hi) server_tool_use call(c1 bash {})"_s;
        QTest::newRow("broken") << answer(u"m2"_s, {text}, Completeness::Broken)
                                << u"text((No answer came: it broke off or was stopped.))"_s;
        QTest::newRow("stopped: its text alone")
            << answer(u"m2"_s, {thinking, text, call}, Completeness::Stopped) << u"text(Hi)"_s;
        QTest::newRow("empty text") << answer(u"m2"_s, {TextBlock{u" \n"_s}, text}) << u"text(Hi)"_s;
        QTest::newRow("half a character")
            << answer(u"m2"_s, {TextBlock{QChar(0xd83d) + u"x"_s + QChar(0)}}) << u"text(?x?)"_s;
        QTest::newRow("thinking at the end") << answer(u"m2"_s, {text, thinking, redacted}) << u"text(Hi)"_s;
        QTest::newRow("unsigned thinking") << answer(u"m2"_s, {unsignedThinking, text}) << u"text(Hi)"_s;
        QTest::newRow("of another provider") << foreign << u"text(Hi)"_s;
        QTest::newRow("of another model") << ofBefore << u"server_tool_use text(Hi)"_s;
        QTest::newRow("no block at all")
            << answer(u"m2"_s, {OpaqueBlock{u"x"_s, "no json"}, text}) << u"text(Hi)"_s;
        QTest::newRow("hostile id and name")
            << answer(u"m2"_s, {ToolCallBlock{u"a b:c"_s, u"rm -rf"_s, "{}", R"({"id":"a b:c","x":1})"}})
            << u"call(a_b_c rm_-rf {} {\"id\":\"a_b_c\",\"x\":1})"_s;
        QTest::newRow("ids twice, and none")
            << answer(u"m2"_s, {call, call, ToolCallBlock{{}, {}, {}, {}}})
            << u"call(c1 bash {}) call(c1_2 bash {}) call(call unnamed {})"_s;
        QTest::newRow("arguments that are no object")
            << answer(u"m2"_s, {ToolCallBlock{u"c1"_s, u"bash"_s, "[1", {}}}) << u"call(c1 bash {})"_s;
    }
    void repairsAnswers()
    {
        QFETCH(Message, given);
        QFETCH(QString, sent);
        const QVector<Message> messages = built({said(u"m1"_s, u"hello"_s), given, said(u"m3"_s, u"go"_s)});
        QCOMPARE(messages.size(), 3);
        QCOMPARE(told(messages.at(1)), sent);
    }

    void givesEveryCallItsResult_data()
    {
        QTest::addColumn<QVector<ContentBlock>>("given");
        QTest::addColumn<QString>("sent");
        const auto result = [](const QString &id) { return ToolResultBlock{id, u"of "_s + id, false, {}}; };
        const QString lost =
            u"result(%1: (No result of this call was recorded. It may have had effects; check "
            u"before repeating it.))"_s;
        using Blocks = QVector<ContentBlock>;
        QTest::newRow("all there") << Blocks{result(u"c1"_s), result(u"c2"_s)}
                                   << u"result(c1: of c1) result(c2: of c2)"_s;
        QTest::newRow("another order, and words before")
            << Blocks{TextBlock{u"go"_s}, result(u"c2"_s), result(u"c1"_s)}
            << u"result(c1: of c1) result(c2: of c2) text(go)"_s;
        QTest::newRow("one lost") << Blocks{result(u"c1"_s)} << u"result(c1: of c1) "_s + lost.arg(u"c2"_s);
        QTest::newRow("all lost") << Blocks{TextBlock{u"go"_s}}
                                  << lost.arg(u"c1"_s) + u' ' + lost.arg(u"c2"_s) + u" text(go)"_s;
        QTest::newRow("one twice, one of nobody")
            << Blocks{result(u"c1"_s), result(u"c1"_s), result(u"c2"_s), result(u"c9"_s)}
            << u"result(c1: of c1) result(c2: of c2) "
               u"text((A result of an earlier call that is not in this conversation any more: of c1)) "
               u"text((A result of an earlier call that is not in this conversation any more: of c9))"_s;
        QTest::newRow("without output")
            << Blocks{ToolResultBlock{u"c1"_s, u" "_s, false, {}}, result(u"c2"_s)}
            << u"result(c1: (no output)) result(c2: of c2)"_s;
    }
    void givesEveryCallItsResult()
    {
        QFETCH(QVector<ContentBlock>, given);
        QFETCH(QString, sent);
        const ContentBlock one = ToolCallBlock{u"c1"_s, u"bash"_s, "{}", {}};
        const ContentBlock two = ToolCallBlock{u"c2"_s, u"bash"_s, "{}", {}};
        const QVector<Message> messages =
            built({said(u"m1"_s, u"hello"_s), answer(u"m2"_s, {one, two}), {u"m3"_s, Role::User, given, {}}});
        QCOMPARE(messages.size(), 3);
        QCOMPARE(told(messages.at(2)), sent);
    }

    void saysWhatArgumentsWere()
    {
        const QVector<Message> messages = built(
            {said(u"m1"_s, u"hello"_s), answer(u"m2"_s, {ToolCallBlock{u"c1"_s, u"bash"_s, "{\"a\":", {}}}),
                {u"m3"_s, Role::User, {ToolResultBlock{u"c1"_s, u"bad"_s, true, {}}}, {}}});
        QCOMPARE(told(messages.at(2)),
            u"result(c1: bad\n(The arguments of this call were not a JSON object and are not repeated. They "
            u"were: {\"a\":))"_s);
    }

    void letsRolesAlternate()
    {
        const Message hello = said(u"m1"_s, u"hello"_s);
        const Message there = said(u"m2"_s, u"there"_s);
        const Message hi = answer(u"m3"_s, {TextBlock{u"Hi"_s}});
        Message paused = answer(u"m4"_s, {TextBlock{u"I look "_s}});
        paused.stopReason = StopReason::PauseTurn;
        const QString none = u"assistant: text((No answer came: it broke off or was stopped.))"_s;
        QCOMPARE(talk({hello, there}), QStringList({u"user: text(hello)"_s, none, u"user: text(there)"_s}));
        QCOMPARE(talk({hi, hello}), QStringList({u"user: text((The conversation begins here.))"_s,
                                        u"assistant: text(Hi)"_s, u"user: text(hello)"_s}));
        QCOMPARE(talk({hello, hi, hi}),
            QStringList({u"user: text(hello)"_s, u"assistant: text(Hi)"_s, u"user: text(Go on.)"_s,
                u"assistant: text(Hi)"_s, u"user: text(Go on.)"_s}));
        QCOMPARE(talk({hello, paused, hi, hello}),
            QStringList({u"user: text(hello)"_s, u"assistant: text(I look)"_s, u"assistant: text(Hi)"_s,
                u"user: text(hello)"_s}));
        Llm::RequestRules rules;
        rules.mayEndWithAnswer = false;
        QCOMPARE(talk({hello, paused}, rules),
            QStringList({u"user: text(hello)"_s, u"assistant: text(I look)"_s, u"user: text(Go on.)"_s}));
        QCOMPARE(talk({}), QStringList({u"user: text(Go on.)"_s}));
    }

    void givesIdsAsLongAsTheyMustBe()
    {
        Llm::RequestRules rules;
        rules.callIdLength = 9;
        const ContentBlock fits = ToolCallBlock{u"abcDEF123"_s, u"bash"_s, "{}", {}};
        const ContentBlock other = ToolCallBlock{u"toolu_01"_s, u"bash"_s, "{}", {}};
        const QVector<Message> messages =
            built({said(u"m1"_s, u"hello"_s), answer(u"m2"_s, {fits, other})}, rules);
        QCOMPARE(std::get<ToolCallBlock>(messages.at(1).content.at(0)).id, u"abcDEF123"_s);
        const QString made = std::get<ToolCallBlock>(messages.at(1).content.at(1)).id;
        static const QRegularExpression kNine(u"^[a-zA-Z0-9]{9}$"_s);
        QVERIFY2(kNine.match(made).hasMatch(), qPrintable(made));
        QCOMPARE(std::get<ToolResultBlock>(messages.at(2).content.at(1)).callId, made);
    }

    void findsTheBlockThatWasRefused_data()
    {
        QTest::addColumn<bool>("isFlat");
        QTest::addColumn<QString>("error");
        QTest::addColumn<QString>("omission");
        QTest::newRow("anthropic, a block")
            << false << u"messages.2.content.1.image.source: no"_s << u"m3 1"_s;
        QTest::newRow("anthropic, a message") << false << u"messages.1: no"_s << u"m2 -1"_s;
        QTest::newRow("anthropic, inside a result")
            << false << u"messages.2.content.0.tool_result.content.1: no"_s << u"m3 0"_s;
        QTest::newRow("anthropic, nothing of ours") << false << u"messages.9.content.0: no"_s << QString();
        QTest::newRow("openai, a part")
            << true << u"Invalid 'messages[4].content[0].image_url'."_s << u"m3 1"_s;
        QTest::newRow("openai, a result") << true << u"messages.[3].content"_s << u"m3 0"_s;
        QTest::newRow("openai, a call") << true << u"messages[2].tool_calls[0].function"_s << u"m2 1"_s;
        QTest::newRow("openai, the system prompt") << true << u"messages[0]"_s << QString();
        QTest::newRow("openai, words and an image") << true << u"messages[4] is wrong"_s << u"m3 1"_s;
    }
    void findsTheBlockThatWasRefused()
    {
        QFETCH(bool, isFlat);
        QFETCH(QString, error);
        QFETCH(QString, omission);
        Llm::RequestRules rules;
        rules.isFlat = isFlat;
        History history;
        history.append(said(u"m1"_s, u"hello"_s));
        history.append(answer(u"m2"_s, {TextBlock{u"Hi"_s}, ToolCallBlock{u"c1"_s, u"bash"_s, "{}", {}}}));
        history.append({u"m3"_s, Role::User,
            {ToolResultBlock{u"c1"_s, u"out"_s, false, {}}, image(10, 10), TextBlock{u"and"_s}}, {}});
        RequestBuilder builder({}, {});
        builder.build(history, 1, {}, rules);
        const auto part = Llm::refusedPart({ErrorKind::BadRequest, error, {}});
        QVERIFY(part);
        const auto found = builder.omissionFor(*part);
        QCOMPARE(found ? u"%1 %2"_s.arg(found->messageId).arg(found->block) : QString(), omission);

        if (!found)
            return;
        history.append({u"m4"_s, Role::Record, {*found}, {}});
        QString all;
        for (const Message &message : builder.build(history, 2, {}, rules).messages)
            all += told(message);
        QVERIFY2(all.contains(u"The provider refused it: "_s + error), qPrintable(all));
    }

    void letsTheOldestImagesGo()
    {
        Llm::RequestRules rules;
        rules.maxImageBytesTogether = 4 * 32; // an image of the test is 32 bytes of base64
        RequestBuilder builder({}, {});
        History history;
        quint64 generations = 0;
        quint64 last = 0;
        for (int i = 1; i <= 12; ++i) {
            history.append({u"m%1"_s.arg(i * 2), Role::User, {image(10, 10)}, {}});
            const auto request = builder.build(history, i, {}, rules);
            generations += request.generation != std::exchange(last, request.generation);
            qsizetype images = 0;
            for (const Message &message : request.messages)
                images += std::holds_alternative<ImageBlock>(message.content.first());
            QCOMPARE_LE(images, 4);
            QVERIFY(std::holds_alternative<ImageBlock>(request.messages.last().content.first()));
            history.append(answer(u"m%1"_s.arg(i * 2 + 1), {TextBlock{u"I see."_s}}));
        }
        QCOMPARE(generations, 4); // the first, and one for each time that half of them went
    }

    void holdsImagesToTheLimits()
    {
        const auto sent = [](QVector<ContentBlock> images, const Llm::RequestRules &rules = {}) {
            return told(built({{u"m1"_s, Role::User, std::move(images), {}}}, rules).first());
        };
        QCOMPARE(sent({image(8'000, 10)}), u"image(image/png)"_s);
        QCOMPARE(sent({image(8'001, 10)}), u"text([image 8001×10, not shown: too many pixels to send])"_s);
        QCOMPARE(sent({ImageBlock{u"image/jpeg"_s, image(1, 1).bytes}}), u"image(image/png)"_s);
        QCOMPARE(
            sent({ImageBlock{u"image/png"_s, "text"}}), u"text([image not shown: it could not be read])"_s);
        ImageBlock heavy = image(10, 10);
        heavy.bytes += QByteArray(4'000'000, 'x');
        QCOMPARE(sent({heavy}), u"text([image 10×10, not shown: 4.0 MB are too large to send])"_s);
        Llm::RequestRules blind;
        blind.takesImages = false;
        QCOMPARE(sent({image(1, 1)}, blind), u"text([image 1×1, not shown: this model cannot see images])"_s);
        QVector<ContentBlock> many(20, image(3'000, 10));
        QVERIFY(!sent(many).contains(u"too many pixels"_s));
        many.append(image(10, 10));
        QCOMPARE(sent(many).count(u"too many pixels"_s), 20);
    }

    void beginsWithWhatACompactionKeeps()
    {
        History history;
        history.append(said(u"m1"_s, u"first words"_s));
        history.append(answer(u"m2"_s, {ToolCallBlock{u"c1"_s, u"bash"_s, "{}", {}}}));
        history.append({u"m3"_s, Role::User, {ToolResultBlock{u"c1"_s, u"out"_s, false, {}}}, {}});
        RequestBuilder builder({}, {});
        const auto before = builder.build(history, 1, {});
        history.append(
            {u"m4"_s, Role::Record, {CompactionBlock{u"notes"_s, u"[bg:1] running"_s, u"m2"_s, 0, {}}}, {}});
        const auto after = builder.build(history, 2, {});
        QVERIFY(after.generation != before.generation);
        QCOMPARE(after.messages.size(), 3);
        const QString lead = told(after.messages.first());
        for (const QString &kept : {u"first words"_s, u"notes"_s, u"[bg:1] running"_s})
            QVERIFY2(lead.contains(kept), qPrintable(lead));
        QCOMPARE(told(after.messages.at(1)), u"call(c1 bash {})"_s);
        QCOMPARE(told(after.messages.at(2)), u"result(c1: out)"_s);

        history.append(answer(u"m5"_s, {TextBlock{u"Hi"_s}}));
        history.append(said(u"m6"_s, u"go"_s));
        const auto next = builder.build(history, 3, {});
        QCOMPARE(next.generation, after.generation);
        QCOMPARE(next.messages.first(3), after.messages);
        QCOMPARE(next.messages, RequestBuilder({}, {}).build(history, 1, {}).messages);
    }

    void beginsAnewWithTheNextWordsAfterACompactionAtRest()
    {
        const QStringList messages =
            talk({said(u"m1"_s, u"first words"_s), answer(u"m2"_s, {TextBlock{u"Hi"_s}}),
                {u"m3"_s, Role::Record, {CompactionBlock{u"notes"_s, {}, {}, 0, {}}}, {}},
                said(u"m4"_s, u"go"_s)});
        QCOMPARE(messages.size(), 1);
        QVERIFY(messages.first().endsWith(u" text(go)"_s));
        QVERIFY(messages.first().contains(u"first words"_s));
    }

    void leavesOutOldOutputs()
    {
        const QString output(1'000, u'x');
        const QStringList messages =
            talk({said(u"m1"_s, u"hello"_s), answer(u"m2"_s, {ToolCallBlock{u"c1"_s, u"bash"_s, "{}", {}}}),
                {u"m3"_s, Role::User, {ToolResultBlock{u"c1"_s, output, false, {}}}, {}},
                answer(u"m4"_s, {ToolCallBlock{u"c2"_s, u"bash"_s, "{}", {}}}),
                {u"m5"_s, Role::User, {ToolResultBlock{u"c2"_s, output, false, {}}}, {}},
                {u"m6"_s, Role::Record, {OmissionBlock{OmissionBlock::What::OutputsBefore, u"m4"_s, -1, {}}},
                    {}}});
        QVERIFY(messages.at(2).contains(u"left out to make room"_s));
        QVERIFY(messages.at(4).contains(output));
    }
};

MEANWHILE_TEST(RequestBuilderTest)
#include "tst_requestbuilder.moc"
