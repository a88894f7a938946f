// SPDX-License-Identifier: MIT
#include "llm/httpanswer.h"
#include "llm/openai/openaiparser.h"
#include "support/testregistry.h"

#include <QPointer>
#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Llm;
using namespace Qt::StringLiterals;

namespace {

class HandTransport final : public Wire::HttpTransport {
public:
    Wire::HttpStream *send(const Wire::HttpRequest &request, QObject *parent) override
    {
        last = request;
        stream = new Wire::HttpStream(parent);
        return stream;
    }

    Wire::HttpRequest last;
    QPointer<Wire::HttpStream> stream;
};

} // namespace

class HttpAnswerTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void keepsTheConnectionUntilItsLastByte()
    {
        HandTransport transport;
        QObject lingering;
        auto owner = std::make_unique<QObject>();
        HttpAnswer *answer = ask(transport, &lingering, owner.get());
        int completed = 0;
        connect(answer, &LlmStream::happened, this,
            [&](const LlmEvent &event) { completed += std::holds_alternative<Completed>(event); });
        emit transport.stream->answered(200, {{"content-type", "text/event-stream"}});
        emit transport.stream->bodyReceived(
            "data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}\n\ndata: [DONE]\n\n");
        QCOMPARE(completed, 1);
        owner.reset();
        QVERIFY(transport.stream);
        emit transport.stream->ended({});
        QTRY_VERIFY(!transport.stream);
    }

    void closesTheConnectionOfAnAnswerThatIsDropped()
    {
        HandTransport transport;
        QObject lingering;
        auto owner = std::make_unique<QObject>();
        ask(transport, &lingering, owner.get());
        emit transport.stream->answered(200, {});
        owner.reset();
        QVERIFY(!transport.stream);
    }

    void mayBeDroppedByWhoeverHearsIt()
    {
        HandTransport transport;
        QObject lingering;
        auto owner = std::make_unique<QObject>();
        HttpAnswer *answer = ask(transport, &lingering, owner.get());
        connect(answer, &LlmStream::happened, this, [&](const LlmEvent &event) {
            if (std::holds_alternative<TextDelta>(event))
                owner.reset();
        });
        emit transport.stream->answered(200, {});
        emit transport.stream->bodyReceived(
            "data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}\n\ndata: [DONE]\n\n");
        QVERIFY(!owner);
    }

private:
    static HttpAnswer *ask(HandTransport &transport, QObject *lingering, QObject *owner)
    {
        return new HttpAnswer(
            transport, {}, AnswerReader(std::make_unique<OpenAiParser>(), u"m"_s), lingering, owner);
    }
};

MEANWHILE_TEST(HttpAnswerTest)
#include "tst_httpanswer.moc"
