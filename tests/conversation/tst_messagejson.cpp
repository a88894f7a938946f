// SPDX-License-Identifier: MIT
#include "conversation/messagejson.h"
#include "conversation/olderresults.h"
#include "support/testregistry.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

using namespace Meanwhile;
using namespace Meanwhile::Conversation;
using namespace Qt::StringLiterals;

namespace {

Message of(Role role, QVector<ContentBlock> content)
{
    Message message;
    message.id = u"m1"_s;
    message.role = role;
    message.time = QDateTime(QDate(2026, 1, 2), QTime(9, 30), Qt::UTC);
    message.content = std::move(content);
    return message;
}

Message storedAndRead(const Message &message)
{
    return messageFromJson(toJson(message)).value_or(Message());
}

/// A result as it was written before its end was.
ToolResultBlock olderResult(const QString &text, bool isError)
{
    QJsonObject message = toJson(of(Role::User, {ToolResultBlock{u"c1"_s, text, isError, {}}}));
    QJsonObject block = message[u"content"].toArray().first().toObject();
    block.remove(u"end"_s);
    message[u"content"] = QJsonArray{block};
    return std::get<ToolResultBlock>(messageFromJson(message).value_or(Message()).content.first());
}

} // namespace

/// What is written of a message, and read again.
class MessageJsonTest : public QObject {
    Q_OBJECT

private slots:
    void keepsHowACallEndedAndWhatItsRowShows()
    {
        using enum CallEnd;
        for (const CallEnd end : {Answered, Failed, Refused, Denied, Stopped, Interrupted}) {
            ToolResultBlock result{u"c1"_s, u"words"_s, end != Answered, {}, endsOf({u"00000001"_s})};
            result.end = end;
            result.taskId = u"00000002"_s;
            result.continues = true;
            result.summary = u"2 lines"_s;
            result.diff = u"--- a\n+++ a\n"_s;
            const Message message = of(Role::User, {result});
            QCOMPARE(storedAndRead(message), message);
        }
    }

    void keepsWhatWasToldOfTasks()
    {
        const QVector<NewsId> mixed{{u"00000001"_s, u"progress"_s, 2}, NewsId::endOf(u"00000001"_s)};
        for (const QVector<NewsId> &news : {endsOf({u"00000001"_s, u"00000002"_s}), mixed}) {
            ToolResultBlock result{u"c1"_s, u"words"_s, false, {}, news};
            const Message message = of(Role::User, {result, NewsBlock{news, u"text"_s}});
            QCOMPARE(storedAndRead(message), message);
        }
    }

    void readsOlderNewsAsTheEndsOfTasks()
    {
        const QJsonObject older{{u"id"_s, u"m1"_s}, {u"role"_s, u"user"_s},
            {u"content"_s, QJsonArray{QJsonObject{{u"type"_s, u"notification"_s}, {u"text"_s, u"text"_s},
                               {u"task_ids"_s, QJsonArray{u"00000001"_s}}}}}};
        const auto message = messageFromJson(older);
        QVERIFY(message);
        QCOMPARE(newsToldBy(message->content.first()), endsOf({u"00000001"_s}));
    }

    void keepsWhatEndedATurn()
    {
        const Message message = of(Role::Record,
            {EndBlock{EndBlock::Why::Stopped, 0}, FailureBlock{ErrorKind::Authentication, u"Wrong key."_s},
                FailureBlock{ErrorKind::Internal, u"?"_s}});
        QCOMPARE(storedAndRead(message), message);
    }

    void tellsTheEndOfAnOlderResultByItsWords_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<CallEnd>("end");
        QTest::newRow("stopped") << u"The person pressed Stop before this call ended. It may"_s
                                 << CallEnd::Stopped;
        QTest::newRow("denied") << u"The person denied this call. Do not try it"_s << CallEnd::Denied;
        QTest::newRow("interrupted") << u"Interrupted: the program ended while this"_s
                                     << CallEnd::Interrupted;
        QTest::newRow("not begun") << u"Not run: the program ended before this"_s << CallEnd::NotBegun;
        QTest::newRow("cut off") << u"Not run: the answer ended early (max_tokens)"_s << CallEnd::Refused;
        QTest::newRow("nobody to ask") << u"Refused: this needs the person's word"_s << CallEnd::Refused;
        QTest::newRow("failed") << u"a.txt does not exist."_s << CallEnd::Failed;
    }

    void tellsTheEndOfAnOlderResultByItsWords()
    {
        QFETCH(const QString, text);
        QFETCH(const CallEnd, end);
        QCOMPARE(endOf(olderResult(text, true)), end);
        QCOMPARE(endOf(olderResult(text, false)), CallEnd::Answered); // words of a command are no end
        // One that was stored with its end keeps it, whatever it says.
        const Message said = of(Role::User, {ToolResultBlock{u"c1"_s, text, true, {}}});
        QCOMPARE(endOf(std::get<ToolResultBlock>(storedAndRead(said).content.first())), CallEnd::Failed);
    }

    void tiesAnOlderResultToItsTask_data()
    {
        QTest::addColumn<QString>("tool");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("tells");
        QTest::addColumn<QString>("task");
        QTest::addColumn<bool>("continues");
        const QString goesOn =
            u"The command is still running and continues as background task 3f9a1c2e, as"_s;
        QTest::newRow("ended") << u"bash"_s << u"x\n[exit code 0]"_s << QStringList{u"3f9a1c2e"_s}
                               << u"3f9a1c2e"_s << false;
        QTest::newRow("continued") << u"bash"_s << goesOn << QStringList() << u"3f9a1c2e"_s << true;
        QTest::newRow("background") << u"background_run"_s << u"Background task 3f9a1c2e started."_s
                                    << QStringList() << u"3f9a1c2e"_s << true;
        QTest::newRow("interrupted")
            << u"bash"_s
            << u"Interrupted: the program ended while this call was under way. The command was task 3f9a1c2e; its"_s
            << QStringList() << u"3f9a1c2e"_s << true;
        QTest::newRow("of output") << u"bash"_s << u"I am task 3f9a1c2e"_s << QStringList() << QString()
                                   << false;
        QTest::newRow("of a list") << u"check_background"_s << goesOn << QStringList{u"3f9a1c2e"_s}
                                   << QString() << false;
    }

    void tiesAnOlderResultToItsTask()
    {
        QFETCH(const QString, tool);
        QFETCH(const QString, text);
        QFETCH(const QStringList, tells);
        QFETCH(const QString, task);
        QFETCH(const bool, continues);
        QVector<Message> messages{of(Role::Assistant, {ToolCallBlock{u"c1"_s, tool, "{}", {}}}),
            of(Role::User, {ToolResultBlock{u"c1"_s, text, false, {}, endsOf(tells)}})};
        tieOlderResults(messages);
        const auto &result = std::get<ToolResultBlock>(messages.at(1).content.first());
        QCOMPARE(result.taskId, task);
        QCOMPARE(result.continues, continues);
    }
};

MEANWHILE_TEST(MessageJsonTest)
#include "tst_messagejson.moc"
