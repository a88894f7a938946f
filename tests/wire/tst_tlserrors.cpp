// SPDX-License-Identifier: MIT
#include "heardanswer.h"
#include "support/loopbackserver.h"
#include "support/testregistry.h"
#include "wire/httpclient.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Wire;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;

namespace {

QString pathOf(const QString &name)
{
    return QStringLiteral(MEANWHILE_CERTIFICATES) + u'/' + name;
}

QByteArray read(const QString &name)
{
    QFile file(pathOf(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// Servers that speak TLS: with a certificate that can be trusted, and with others. Made by
/// certificates/make.
class TlsErrorsTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void trustsTheAuthorityThatThePersonNames()
    {
        LoopbackServer server(read(u"good.pem"_s), read(u"server.key"_s));
        server.enqueue({.pieces = {"safe"}});
        // A proxy that is asked for nothing: this computer is reached without one.
        const auto deadProxy = [](const QUrl &) {
            return QList<QNetworkProxy>{{QNetworkProxy::HttpProxy, u"127.0.0.1"_s, 1}};
        };
        HttpClient client(m_clock, {.caFile = pathOf(u"authority.pem"_s), .proxiesFor = deadProxy});
        QObject owner;
        const auto *answer =
            new HeardAnswer(client.send({.url = server.url(), .body = "{}"}, &owner), &owner);
        QTRY_COMPARE(answer->ends, 1);
        QVERIFY2(!answer->cause, qPrintable(answer->cause.value_or(Error{}).detail));
        QCOMPARE(answer->body, QByteArray("safe"));
    }

    void saysWhatIsWrongWithACertificate_data()
    {
        QTest::addColumn<QString>("certificate");
        QTest::addColumn<bool>("knowsTheIssuer");
        QTest::addColumn<QString>("says");
        QTest::newRow("unknown issuer") << u"good.pem"_s << false << u"MEANWHILE_CA_FILE"_s;
        QTest::newRow("ended") << u"ended.pem"_s << true << u"ended on"_s;
        QTest::newRow("not begun, or the clock is wrong")
            << u"early.pem"_s << true << u"Set the computer's date"_s;
        QTest::newRow("another host") << u"other.pem"_s << true << u"other.example"_s;
    }
    void saysWhatIsWrongWithACertificate()
    {
        QFETCH(QString, certificate);
        QFETCH(bool, knowsTheIssuer);
        QFETCH(QString, says);
        LoopbackServer server(read(certificate), read(u"server.key"_s));
        HttpClient client(m_clock, {.caFile = knowsTheIssuer ? pathOf(u"authority.pem"_s) : QString()});
        QObject owner;
        const auto *answer = new HeardAnswer(
            client.send({.url = server.url(), .headers = {{"x-api-key", "k"}}, .body = "{}"}, &owner),
            &owner);
        QTRY_COMPARE(answer->ends, 1);
        QVERIFY(answer->cause);
        QCOMPARE(answer->cause->kind, ErrorKind::Certificate);
        QVERIFY2(answer->cause->message.contains(says), qPrintable(answer->cause->message));
        QVERIFY(!answer->cause->detail.isEmpty());
        QVERIFY(server.requests().isEmpty()); // the key stayed here
    }

    void saysThatTheNamedFileIsOfNoUse_data()
    {
        QTest::addColumn<QString>("file");
        QTest::newRow("not there") << u"nothing.pem"_s;
        QTest::newRow("no certificate") << u"server.key"_s;
    }
    void saysThatTheNamedFileIsOfNoUse()
    {
        QFETCH(QString, file);
        LoopbackServer server(read(u"good.pem"_s), read(u"server.key"_s));
        HttpClient client(m_clock, {.caFile = pathOf(file)});
        QObject owner;
        const auto *answer = new HeardAnswer(client.send({.url = server.url()}, &owner), &owner);
        QTRY_COMPARE(answer->ends, 1);
        QCOMPARE(answer->cause->kind, ErrorKind::Certificate);
        QVERIFY2(answer->cause->message.contains(file), qPrintable(answer->cause->message));
    }

    void saysThatAServerSpeaksNoTls()
    {
        LoopbackServer server;
        QUrl url = server.url();
        url.setScheme(u"https"_s);
        HttpClient client;
        QObject owner;
        HttpStream *stream = client.send({.url = url}, &owner);
        const auto *answer = new HeardAnswer(stream, &owner);
        // The server takes the greeting for the beginning of a head and waits for the rest; somebody hangs
        // up.
        QTRY_COMPARE(server.connectionCount(), 1);
        server.hangUp();
        QTRY_COMPARE(answer->ends, 1);
        QCOMPARE(answer->cause->kind, ErrorKind::Network);
    }

private:
    SystemClock m_clock;
};

MEANWHILE_TEST(TlsErrorsTest)
#include "tst_tlserrors.moc"
