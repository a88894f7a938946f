// SPDX-License-Identifier: MIT
#include "heardanswer.h"
#include "support/loopbackserver.h"
#include "support/testregistry.h"
#include "wire/httpclient.h"

#include <QTimer>
#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Wire;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class HttpClientTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void postsTheBodyAndStreamsTheAnswer()
    {
        LoopbackServer server;
        server.enqueue({.headers = {{"x-request-id", "7"}}, .pieces = {"one", "two", "three"}});
        HttpClient client;
        QObject owner;
        HttpStream *stream = client.send(
            {.url = server.url(u"/v1/messages"_s), .headers = {{"x-api-key", "k"}}, .body = "{}"}, &owner);
        const auto *answer = new HeardAnswer(stream, &owner);
        QTRY_COMPARE(answer->ends, 1);
        QCOMPARE(answer->status, 200);
        QCOMPARE(answer->body, QByteArray("onetwothree"));
        QVERIFY(!answer->cause);
        QCOMPARE(headerValue(answer->headers, "X-Request-ID"), QByteArray("7"));
        const ReceivedRequest request = server.requests().value(0);
        QCOMPARE(request.body, QByteArray("{}"));
        QCOMPARE(request.path, QByteArray("/v1/messages"));
        QVERIFY(request.head.toLower().contains("x-api-key: k"));
        QVERIFY(request.head.toLower().contains("accept-encoding: identity"));
        QVERIFY(!request.head.contains("Mozilla"));
    }

    void saysThatAnAddressIsNotAServers_data()
    {
        QTest::addColumn<QUrl>("url");
        for (const auto *text :
            {"http://", "https:///v1/messages", "ftp://localhost/v1", "file:///etc/hosts"})
            QTest::newRow(text) << QUrl(QString::fromLatin1(text));
    }

    void saysThatAnAddressIsNotAServers()
    {
        QFETCH(const QUrl, url);
        HttpClient client;
        QObject owner;
        const auto *answer = new HeardAnswer(client.send({.url = url, .body = "{}"}, &owner), &owner);
        QTRY_COMPARE(answer->ends, 1);
        QVERIFY(answer->cause);
        QCOMPARE(answer->cause->kind, ErrorKind::InvalidArgument);
        QVERIFY2(
            answer->cause->message.contains(u"“%1” is not the address of a server"_s.arg(url.toString())),
            qPrintable(answer->cause->message));
        QVERIFY(answer->body.isEmpty());
    }

    void handsABurstOnInPiecesSoThatTheLoopGoesOn()
    {
        LoopbackServer server;
        const QByteArray burst(2'000'000, 'x');
        server.enqueue({.pieces = {burst, "the end"}});
        HttpClient client;
        QObject owner;
        HttpStream *stream = client.send({.url = server.url()}, &owner);
        const auto *answer = new HeardAnswer(stream, &owner);
        int turns = 0;
        int turnsAtLastPiece = -1;
        int piecesInOneTurn = 0;
        qsizetype largest = 0;
        QTimer turn;
        connect(&turn, &QTimer::timeout, &owner, [&] { ++turns; });
        turn.start(0);
        connect(stream, &HttpStream::bodyReceived, &owner, [&](const QByteArray &bytes) {
            largest = std::max(largest, bytes.size());
            piecesInOneTurn += std::exchange(turnsAtLastPiece, turns) == turns ? 1 : 0;
        });
        QTRY_COMPARE(answer->ends, 1);
        QCOMPARE(answer->body, burst + "the end");
        QVERIFY2(largest <= 64 * 1024, QByteArray::number(largest));
        QVERIFY2(piecesInOneTurn <= 5, QByteArray::number(piecesInOneTurn));
    }

    void treatsStatusAsData()
    {
        LoopbackServer server;
        server.enqueue({.status = 401,
            .contentType = "application/json",
            .pieces = {R"({"error":1})"},
            .chunked = false});
        HttpClient client;
        QObject owner;
        const auto *answer = new HeardAnswer(client.send({.url = server.url()}, &owner), &owner);
        QTRY_COMPARE(answer->ends, 1);
        QCOMPARE(answer->status, 401);
        QCOMPARE(answer->body, QByteArray(R"({"error":1})"));
        QVERIFY(!answer->cause);
    }

    void neverCarriesTheKeyToAnotherHost()
    {
        LoopbackServer other;
        LoopbackServer server;
        server.enqueue({.status = 302,
            .headers = {{"location", other.url().toEncoded()}},
            .pieces = {},
            .chunked = false});
        HttpClient client;
        QObject owner;
        const auto *answer = new HeardAnswer(
            client.send({.url = server.url(), .headers = {{"x-api-key", "k"}}}, &owner), &owner);
        QTRY_COMPARE(answer->ends, 1);
        QCOMPARE(answer->status, 302);
        QVERIFY(other.requests().isEmpty());
    }

    void saysThatNobodyListens()
    {
        QUrl gone;
        {
            LoopbackServer server;
            gone = server.url();
        }
        HttpClient client;
        QObject owner;
        const auto *answer = new HeardAnswer(client.send({.url = gone}, &owner), &owner);
        QTRY_COMPARE(answer->ends, 1);
        QVERIFY(answer->cause);
        QCOMPARE(answer->cause->kind, ErrorKind::Network);
        QVERIFY(answer->cause->message.contains(u"Could not connect to 127.0.0.1"_s));
    }

    void endsOnceWhenTheServerDropsTheConnection()
    {
        LoopbackServer server;
        server.enqueue({.pieces = {"half"}, .chunked = false, .closeEarly = true});
        HttpClient client;
        QObject owner;
        const auto *answer = new HeardAnswer(client.send({.url = server.url()}, &owner), &owner);
        QTRY_COMPARE(answer->ends, 1);
        QCOMPARE(answer->body, QByteArray("half"));
        QVERIFY(answer->cause);
    }

    void endsASilentRequestAfterItsLimit()
    {
        LoopbackServer server;
        server.enqueue({.neverAnswer = true});
        HttpClient client;
        QObject owner;
        const auto *answer =
            new HeardAnswer(client.send({.url = server.url(), .inactivityLimit = 20ms}, &owner), &owner);
        QTRY_COMPARE(answer->ends, 1);
        QCOMPARE(answer->cause->kind, ErrorKind::Timeout);
    }

    void saysNothingMoreOnceDeleted()
    {
        LoopbackServer server;
        server.enqueue({.pieces = {"half"}, .holdOpen = true});
        HttpClient client;
        QObject owner;
        HttpStream *stream = client.send({.url = server.url()}, &owner);
        const auto *answer = new HeardAnswer(stream, &owner);
        QTRY_COMPARE(answer->body, QByteArray("half"));
        delete stream;
        server.release();
        server.enqueue({.pieces = {"next"}});
        const auto *next = new HeardAnswer(client.send({.url = server.url()}, &owner), &owner);
        QTRY_COMPARE(next->ends, 1);
        QCOMPARE(answer->ends, 0);
    }
};

MEANWHILE_TEST(HttpClientTest)
#include "tst_httpclient.moc"
