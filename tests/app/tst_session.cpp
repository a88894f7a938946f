// SPDX-License-Identifier: MIT
#include "app/session.h"
#include "support/loopbackserver.h"
#include "support/testregistry.h"

#include <QBuffer>
#include <QImage>
#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::App;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;

class SessionFolderTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void takesAFolderThroughALink()
    {
        const QTemporaryDir root;
        QVERIFY(QDir(root.path()).mkdir(u"real"_s));
        QVERIFY(QFile::link(root.filePath(u"real"_s), root.filePath(u"link"_s)));
        QCOMPARE(usableFolder(root.filePath(u"link"_s)).value(),
            QFileInfo(root.filePath(u"real"_s)).canonicalFilePath());
    }

    void saysWhyAFolderCannotBeUsed()
    {
        const QTemporaryDir root;
        QCOMPARE(usableFolder(root.filePath(u"missing"_s)).error().kind, ErrorKind::NotFound);
        QFile file(root.filePath(u"file"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(usableFolder(file.fileName()).error().kind, ErrorKind::InvalidArgument);
    }
};

/// What is known of a model, from the catalogue to the bytes of the request.
class ModelFactsTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void becomeTheLimitsOfARequest()
    {
        using enum Llm::ThinkingLevel;
        const Llm::ModelCatalog catalog = Llm::ModelCatalog::builtIn();
        ProviderAccess access;
        access.protocol = u"anthropic"_s;
        access.model = u"claude-sonnet-4-5"_s;
        const Llm::ModelFacts thinker = access.facts(catalog);
        QCOMPARE(limitsOf(thinker, Off), (Agent::ModelLimits{200'000, true}));
        QCOMPARE(limitsOf(thinker, High), (Agent::ModelLimits{200'000 - Llm::kThinkingRoom, true}));
        access.protocol = u"openai"_s;
        access.model = u"gpt-4.1"_s;
        QCOMPARE(limitsOf(access.facts(catalog), High), (Agent::ModelLimits{1'047'576, true}));
        access.model = u"o3-mini"_s;
        QCOMPARE(limitsOf(access.facts(catalog), Automatic),
            (Agent::ModelLimits{200'000 - Llm::kThinkingRoom, false}));
        access.model = u"unheard-of"_s; // an image is tried, a window is not guessed
        QCOMPARE(limitsOf(access.facts(catalog), Automatic), (Agent::ModelLimits{0, true}));
    }

    void reachTheRequest_data()
    {
        QTest::addColumn<QString>("protocol");
        QTest::addColumn<QString>("model");
        QTest::addColumn<Llm::ThinkingLevel>("level");
        QTest::addColumn<QByteArray>("holds");
        QTest::addColumn<QByteArray>("lacks");
        using enum Llm::ThinkingLevel;
        const QString anthropic = u"anthropic"_s;
        const QString openai = u"openai"_s;
        const QByteArray sentence = "not shown: this model cannot see images";
        QTest::newRow("anthropic, thinks")
            << anthropic << u"claude-sonnet-4-5"_s << Low << QByteArray("'budget_tokens':") << QByteArray();
        QTest::newRow("anthropic, does not think")
            << anthropic << u"claude-sonnet-4-5"_s << Off << QByteArray() << QByteArray("'thinking'");
        QTest::newRow("anthropic, cannot think")
            << anthropic << u"claude-3-haiku"_s << High << QByteArray() << QByteArray("'thinking'");
        QTest::newRow("anthropic, sees")
            << anthropic << u"claude-sonnet-4-5"_s << Off << QByteArray("'type':'image'") << sentence;
        QTest::newRow("anthropic, does not see")
            << anthropic << u"o3-mini"_s << Automatic << sentence << QByteArray("'type':'image'");
        QTest::newRow("openai, thinks")
            << openai << u"gpt-5"_s << Low << QByteArray("'reasoning_effort':'low'") << QByteArray();
        QTest::newRow("openai, by itself")
            << openai << u"gpt-5"_s << Automatic << QByteArray() << QByteArray("'reasoning_effort'");
        QTest::newRow("openai, cannot think")
            << openai << u"gpt-4.1"_s << High << QByteArray() << QByteArray("'reasoning_effort'");
        QTest::newRow("openai, sees")
            << openai << u"gpt-5"_s << Automatic << QByteArray("'image_url'") << sentence;
        QTest::newRow("openai, does not see")
            << openai << u"o3-mini"_s << Automatic << sentence << QByteArray("'image_url'");
    }

    void reachTheRequest()
    {
        QFETCH(QString, protocol);
        QFETCH(QString, model);
        QFETCH(Llm::ThinkingLevel, level);
        QFETCH(QByteArray, holds);
        QFETCH(QByteArray, lacks);
        const QTemporaryDir home;
        const QTemporaryDir folder;
        QProcessEnvironment environment;
        environment.insert(u"MEANWHILE_HOME"_s, home.path());
        environment.insert(u"MEANWHILE_MAX_TRIES"_s, u"1"_s);
        Program program(environment, qEnvironmentVariable("MEANWHILE_BIN_DIR"));
        LoopbackServer server;
        ProviderAccess access;
        access.protocol = protocol;
        access.baseUrl = server.url().toString();
        access.model = model;
        const auto client = access.makeClient(program.transport, std::chrono::milliseconds(0));
        Session::Start start;
        start.folder = folder.path();
        start.model = model;
        start.facts = access.facts(program.catalog);
        start.thinking = level;
        Session session(program, *client, start);
        QImage pixel(1, 1, QImage::Format_RGB32);
        pixel.fill(Qt::red);
        QBuffer png;
        QVERIFY(pixel.save(&png, "PNG"));
        session.controller().submit(u"look"_s, {Conversation::ImageBlock{u"image/png"_s, png.data()}});
        QTRY_VERIFY(!session.controller().isWorking());
        QCOMPARE(server.requests().size(), 1);
        const QByteArray sent = QByteArray(server.requests().first().body).replace('"', '\'');
        QVERIFY2(holds.isEmpty() || sent.contains(holds), sent);
        QVERIFY2(lacks.isEmpty() || !sent.contains(lacks), sent);
    }
};

MEANWHILE_TEST(SessionFolderTest)
MEANWHILE_TEST(ModelFactsTest)
#include "tst_session.moc"
