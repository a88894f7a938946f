// SPDX-License-Identifier: MIT
#include "models/transcriptmodel.h"
#include "support/knowntools.h"
#include "support/testregistry.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Agent;
using namespace Meanwhile::Conversation;
using namespace Qt::StringLiterals;
using Models::TranscriptModel;
using Models::TranscriptRow;
using Kind = TranscriptRow::Kind;

class ImageRowsTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void imagesStandWithTheWordsTheyCameWith()
    {
        TranscriptModel model{Testing::knownTools()};
        model.handle(
            MessageAdded{user({m_one, TextBlock{u"First."_s}, m_two, m_one, TextBlock{u"Second."_s}})});
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.row(0).text, u"First."_s);
        QCOMPARE(model.row(0).images, QVector<ImageBlock>{m_one});
        QCOMPARE(model.row(1).images, (QVector<ImageBlock>{m_two, m_one}));
        QCOMPARE(model.index(0).data(Qt::AccessibleTextRole).toString(), u"You: First. (with 1 image)"_s);
        QCOMPARE(model.index(1).data(Qt::AccessibleTextRole).toString(), u"You: Second. (with 2 images)"_s);
    }

    void imagesWithoutWordsHaveARow()
    {
        TranscriptModel model{Testing::knownTools()};
        model.handle(MessageAdded{user({m_one})});
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.row(0).kind, Kind::Person);
        QCOMPARE(model.row(0).text, QString());
        QCOMPARE(model.row(0).images, QVector<ImageBlock>{m_one});
    }

    void aCallShowsWhatItRead()
    {
        TranscriptModel model{Testing::knownTools()};
        model.handle(ToolCallMade{u"c"_s, u"read_file"_s, "{\"path\":\"a.png\"}"});
        Tools::ToolOutcome outcome;
        outcome.text = u"a.png: image/png"_s;
        outcome.images = {m_one};
        model.handle(ToolCallEnded{u"c"_s, u"read_file"_s, outcome});
        QCOMPARE(model.row(0).images, QVector<ImageBlock>{m_one});
    }

    void aResumedConversationShowsTheSame()
    {
        Message answer;
        answer.role = Role::Assistant;
        answer.content = {ToolCallBlock{u"c"_s, u"read_file"_s, "{\"path\":\"a.png\"}", {}}};
        answer.stopReason = StopReason::ToolUse;
        History history;
        history.append(user({m_one, TextBlock{u"Look."_s}}));
        history.append(answer);
        history.append(user({ToolResultBlock{u"c"_s, u"a.png: image/png"_s, false, {m_two}}}));
        TranscriptModel model{Testing::knownTools()};
        model.load(history);
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.row(0).images, QVector<ImageBlock>{m_one});
        QCOMPARE(model.row(1).images, QVector<ImageBlock>{m_two});
    }

    void waitingWordsSayThatImagesGoWithThem()
    {
        TranscriptModel model{Testing::knownTools()};
        model.handle(MessageQueued{u"q1"_s, u"Look."_s, {m_one, m_two}});
        model.handle(MessageQueued{u"q2"_s, {}, {m_one}});
        QCOMPARE(model.row(0).text, u"Look.\n(with 2 images)"_s);
        QCOMPARE(model.row(1).text, u"(with 1 image)"_s);
    }

private:
    static Message user(const QVector<ContentBlock> &content)
    {
        Message message;
        message.id = u"m1"_s;
        message.content = content;
        return message;
    }

    const ImageBlock m_one{u"image/png"_s, "one", u"a.png"_s};
    const ImageBlock m_two{u"image/png"_s, "two", {}};
};

MEANWHILE_TEST(ImageRowsTest)
#include "tst_imagerows.moc"
