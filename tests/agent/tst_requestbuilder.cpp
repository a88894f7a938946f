// SPDX-License-Identifier: MIT
#include "agent/requestbuilder.h"
#include "support/testregistry.h"

#include <QTest>

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

static QVector<Message> built(const QVector<Message> &messages)
{
    History history;
    for (const Message &message : messages)
        history.append(message);
    return RequestBuilder(u"system"_s, {}).build(history, 1, u"model"_s).messages;
}

class RequestBuilderTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

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

    void leavesOutWhatAProviderWouldRefuse_data()
    {
        QTest::addColumn<Message>("given");
        QTest::addColumn<QVector<ContentBlock>>("sent");
        const TextBlock text{u"Hi"_s};
        const ThinkingBlock thinking{u"hm"_s, "{}"};
        const OpaqueBlock redacted{u"redacted_thinking"_s, "{}"};
        const OpaqueBlock other{u"server_tool_use"_s, "{}"};
        const ToolCallBlock call{u"c1"_s, u"bash"_s, "{}", {}};
        using Blocks = QVector<ContentBlock>;
        QTest::newRow("a whole answer")
            << answer(u"m2"_s, {thinking, text, call}) << Blocks{thinking, text, call};
        QTest::newRow("a broken answer") << answer(u"m2"_s, {text}, Completeness::Broken) << Blocks{};
        QTest::newRow("all but the text of a stopped one")
            << answer(u"m2"_s, {thinking, text, call}, Completeness::Stopped) << Blocks{text};
        QTest::newRow("empty text") << answer(u"m2"_s, {TextBlock{u" \n"_s}, call}) << Blocks{call};
        QTest::newRow("nothing but empty text") << answer(u"m2"_s, {TextBlock{u" "_s}}) << Blocks{};
        QTest::newRow("thinking at the end") << answer(u"m2"_s, {text, thinking, redacted}) << Blocks{text};
        QTest::newRow("nothing but thinking") << answer(u"m2"_s, {thinking}) << Blocks{};
        QTest::newRow("what it does not know is kept")
            << answer(u"m2"_s, {text, other}) << Blocks{text, other};
    }
    void leavesOutWhatAProviderWouldRefuse()
    {
        QFETCH(Message, given);
        QFETCH(QVector<ContentBlock>, sent);
        const QVector<Message> messages = built({said(u"m1"_s, u"hello"_s), given});
        QCOMPARE(messages.size(), sent.isEmpty() ? 1 : 2);
        QVERIFY(sent.isEmpty() || messages.at(1).content == sent);
    }
};

MEANWHILE_TEST(RequestBuilderTest)
#include "tst_requestbuilder.moc"
