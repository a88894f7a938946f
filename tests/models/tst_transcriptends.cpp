// SPDX-License-Identifier: MIT
#include "models/transcriptmodel.h"
#include "support/knowntools.h"
#include "support/testregistry.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace Meanwhile;
using namespace Meanwhile::Agent;
using namespace Meanwhile::Models;
using namespace Qt::StringLiterals;
using Conversation::ContentBlock;
using Conversation::Message;
using Conversation::StopReason;
using Remedy = TranscriptRow::Remedy;

namespace {

Message said(Conversation::Role role, QVector<ContentBlock> content)
{
    Message message;
    message.id = u"m1"_s;
    message.role = role;
    message.content = std::move(content);
    message.stopReason = StopReason::EndTurn;
    return message;
}

Message person(const QString &text)
{
    return said(Conversation::Role::User, {Conversation::TextBlock{text}});
}

Message answer(const QVector<ContentBlock> &content)
{
    return said(Conversation::Role::Assistant, content);
}

struct Transcript {
    TranscriptModel model{Testing::knownTools()};
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};

    template <typename... Events>
    explicit Transcript(const Events &...events)
    {
        (model.handle(events), ...);
    }
    int size() const { return model.rowCount(); }
    const TranscriptRow &row(int row) const { return model.row(row); }
    const TranscriptRow &last() const { return model.row(model.rowCount() - 1); }
    /// One letter a row: P(erson) A(nswer) N(otice) E(rror).
    QString kinds() const
    {
        QString kinds;
        for (int i = 0; i < size(); ++i)
            kinds += u"PAtCDNEQ"_s.at(int(row(i).kind));
        return kinds;
    }
};

} // namespace

/// What the transcript says of answers and turns that ended otherwise than by the agent's word.
class TranscriptEndsTest : public QObject {
    Q_OBJECT

private slots:
    void saysWhyAnAnswerEndedEarly()
    {
        Message cut = answer({Conversation::TextBlock{u"x"_s}});
        cut.stopReason = StopReason::MaxTokens;
        Transcript t(TurnStarted{}, ResponseStarted{1}, TextStreamed{u"x"_s}, MessageAdded{cut},
            ResponseEnded{1, StopReason::MaxTokens, true, {}},
            TurnEnded{StopReason::MaxTokens, TurnEnded::How::Done, 0});
        QCOMPARE(t.kinds(), u"AE"_s);
        QVERIFY(t.last().text.contains(u"length limit"_s));
        QCOMPARE(t.last().remedy, Remedy::GoOn);
        t.model.handle(TurnStarted{});
        QCOMPARE(t.last().remedy, Remedy::None);
    }

    void saysThatTheLimitOfRequestsIsReached()
    {
        using Conversation::EndBlock;
        Transcript t(TurnStarted{}, ResponseStarted{1}, ResponseEnded{1, StopReason::ToolUse, true, {}},
            MessageAdded{said(Conversation::Role::Record, {EndBlock{EndBlock::Why::RequestLimit, 0}})},
            TurnEnded{StopReason::ToolUse, TurnEnded::How::Done, 0});
        QCOMPARE(t.kinds(), u"N"_s);
    }

    void showsTheSameEndFromTheStore_data()
    {
        using namespace Conversation;
        QTest::addColumn<QVector<Message>>("messages");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *name, StopReason reason, const QVector<ContentBlock> &content,
                             const QString &words, const QString &stopWord = {}) {
            Message message = answer(content);
            message.stopReason = reason;
            message.stopWord = stopWord;
            QTest::newRow(name) << QVector{message} << words;
        };
        row("empty", StopReason::EndTurn, {}, u"The answer was empty"_s);
        row("refused", StopReason::Refusal, {}, u"declined"_s);
        row("filtered", StopReason::Refusal, {TextBlock{u"x"_s}}, u"filter"_s, u"content_filter"_s);
        row("cut off", StopReason::MaxTokens, {TextBlock{u"x"_s}}, u"length limit"_s);
        row("no reason", StopReason::Other, {TextBlock{u"x"_s}}, u"without saying why"_s);
        row("unknown reason", StopReason::Other, {TextBlock{u"x"_s}}, u"(abort)"_s, u"abort"_s);
        row("stop sequence", StopReason::StopSequence, {TextBlock{u"x"_s}}, u"stop sequence"_s);
        row("a call as text", StopReason::EndTurn, {TextBlock{u"<tool_call>{}</tool_call>"_s}},
            u"tool parser"_s);
        QTest::newRow("no progress") << QVector{answer({TextBlock{u"x"_s}}),
                                            said(Role::Record, {EndBlock{EndBlock::Why::NoProgress, 10}})}
                                     << u"10 answers in a row"_s;
    }
    void showsTheSameEndFromTheStore()
    {
        QFETCH(QVector<Message>, messages);
        QFETCH(QString, words);
        Transcript live(TurnStarted{}, MessageAdded{person(u"go"_s)}, ResponseStarted{1});
        Conversation::History history;
        history.append(person(u"go"_s));
        for (const Message &message : messages) {
            live.model.handle(MessageAdded{message});
            if (message.role == Conversation::Role::Assistant)
                live.model.handle(ResponseEnded{1, message.stopReason, true, {}});
            history.append(message);
        }
        live.model.handle(TurnEnded{messages.first().stopReason, TurnEnded::How::Done, 0});
        QVERIFY2(live.last().text.contains(words), qPrintable(live.last().text));
        Transcript stored;
        stored.model.load(history);
        QCOMPARE(stored.kinds(), live.kinds());
        for (int i = 0; i < stored.size(); ++i)
            QVERIFY2(live.row(i) == stored.row(i), qPrintable(plainText(stored.row(i))));
        // What is said next takes the button away, there too.
        history.append(person(u"on"_s));
        Transcript later;
        later.model.load(history);
        for (int i = 0; i < later.size(); ++i)
            QCOMPARE(later.row(i).remedy, Remedy::None);
    }
};

MEANWHILE_TEST(TranscriptEndsTest)
#include "tst_transcriptends.moc"
