// SPDX-License-Identifier: MIT
#include "llm/localservers.h"
#include "llm/providerpreset.h"
#include "support/loopbackserver.h"
#include "support/testregistry.h"
#include "wire/httpclient.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Llm;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// The usual probe of this name, asked at the test's server.
LocalServers::Probe probeAt(const LoopbackServer &server, const QString &name)
{
    for (LocalServers::Probe &probe : LocalServers::usual()) {
        if (probe.server.name != name)
            continue;
        probe.question = server.url(probe.question.path());
        probe.server.address = server.url(u"/v1"_s).toString();
        return probe;
    }
    return {};
}

ScriptedAnswer answer(const QByteArray &body, int status = 200)
{
    ScriptedAnswer scripted;
    scripted.status = status;
    scripted.contentType = "application/json";
    scripted.pieces = {body};
    return scripted;
}

} // namespace

class LocalServersTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void areKnownByTheirOwnAnswer_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("known");
        const QByteArray models = R"({"object":"list","data":[{"id":"m","owned_by":"%1"}]})";
        const auto owned = [&](const char *by) { return QByteArray(models).replace("%1", by); };
        QTest::newRow("Ollama") << u"Ollama"_s << QByteArray("/") << QByteArray("Ollama is running") << true;
        QTest::newRow("llama.cpp") << u"llama.cpp"_s << QByteArray("/v1/models") << owned("llamacpp") << true;
        QTest::newRow("vLLM") << u"vLLM"_s << QByteArray("/v1/models") << owned("vllm") << true;
        QTest::newRow("LM Studio") << u"LM Studio"_s << QByteArray("/api/v0/models")
                                   << QByteArray(R"({"data":[{"id":"m","compatibility_type":"gguf"}]})")
                                   << true;
        QTest::newRow("another on its port")
            << u"vLLM"_s << QByteArray("/v1/models") << owned("sglang") << false;
        QTest::newRow("a web page") << u"llama.cpp"_s << QByteArray("/v1/models")
                                    << QByteArray("<html>vllm llamacpp</html>") << false;
        QTest::newRow("nothing") << u"Ollama"_s << QByteArray("/") << QByteArray() << false;
    }

    void areKnownByTheirOwnAnswer()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, body);
        QFETCH(bool, known);
        LoopbackServer server;
        server.enqueue(answer(body));
        Wire::HttpClient transport;
        LocalServers servers(transport, {probeAt(server, name)}, 10s);
        const QFuture<QVector<LocalServer>> found = servers.find();
        QTRY_VERIFY(found.isFinished());
        QCOMPARE(found.result().size(), known ? 1 : 0);
        QCOMPARE(server.requests().size(), 1);
        QCOMPARE(server.requests().first().path, path);
        if (known)
            QCOMPARE(found.result().first(), (LocalServer{name, server.url(u"/v1"_s).toString()}));
    }

    void anErrorIsNoServer()
    {
        LoopbackServer server;
        server.enqueue(answer("Ollama is running", 404));
        Wire::HttpClient transport;
        LocalServers servers(transport, {probeAt(server, u"Ollama"_s)}, 10s);
        const QFuture<QVector<LocalServer>> found = servers.find();
        QTRY_VERIFY(found.isFinished());
        QVERIFY(found.result().isEmpty());
    }

    void waitForNobodyLongerThanTheLimit()
    {
        LoopbackServer silent;
        ScriptedAnswer never;
        never.neverAnswer = true;
        silent.enqueue(never);
        LoopbackServer quick;
        quick.enqueue(answer("Ollama is running"));
        Wire::HttpClient transport;
        LocalServers servers(
            transport, {probeAt(silent, u"vLLM"_s), probeAt(quick, u"Ollama"_s)}, LocalServers::kLimit);
        const QFuture<QVector<LocalServer>> found = servers.find();
        QVERIFY(!found.isFinished());
        QTRY_VERIFY(found.isFinished());
        QCOMPARE(found.result().size(), 1);
        QCOMPARE(found.result().first().name, u"Ollama"_s);
    }

    void areNeverLookedForElsewhere()
    {
        class Refusing final : public Wire::HttpTransport {
        public:
            Wire::HttpStream *send(const Wire::HttpRequest &request, QObject *) override
            {
                qFatal("asked %s", qPrintable(request.url.toString()));
            }
        } transport;
        LocalServers servers(
            transport, {{{u"Far"_s, {}}, QUrl(u"http://192.0.2.1:11434/"_s), nullptr},
                           {{u"Named"_s, {}}, QUrl(u"http://127.0.0.1.example/"_s), nullptr}});
        const QFuture<QVector<LocalServer>> found = servers.find();
        QTRY_VERIFY(found.isFinished());
        QVERIFY(found.result().isEmpty());
        for (const LocalServers::Probe &probe : LocalServers::usual())
            QCOMPARE(probe.question.host(), u"127.0.0.1"_s);
    }

    void theirFutureIsCancelledWithThem()
    {
        LoopbackServer silent;
        ScriptedAnswer never;
        never.neverAnswer = true;
        silent.enqueue(never);
        Wire::HttpClient transport;
        auto servers = std::make_unique<LocalServers>(transport, QVector{probeAt(silent, u"vLLM"_s)}, 10s);
        const QFuture<QVector<LocalServer>> found = servers->find();
        servers.reset();
        QVERIFY(found.isFinished());
        QCOMPARE(found.resultCount(), 0);
    }

    void haveTheAddressesOfThePresets()
    {
        const QVector<ProviderPreset> presets = providerPresets();
        for (const LocalServers::Probe &probe : LocalServers::usual()) {
            QVERIFY2(std::any_of(presets.begin(), presets.end(),
                         [&](const ProviderPreset &preset) {
                             return preset.name == probe.server.name &&
                                    preset.address == probe.server.address;
                         }),
                qPrintable(probe.server.name));
        }
    }
};

MEANWHILE_TEST(LocalServersTest)
#include "tst_localservers.moc"
