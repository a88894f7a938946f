// SPDX-License-Identifier: MIT
#include "app/window/settingswatch.h"
#include "app/window/windowprogram.h"
#include "keys/keystore.h"
#include "support/loopbackserver.h"
#include "support/testregistry.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::App;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;

namespace {

class MemoryKeys final : public Keys::KeyStore {
public:
    QFuture<QString> read(const QString &account) override
    {
        ++reads;
        return QtFuture::makeReadyFuture(keys.value(account));
    }
    QFuture<Result<QString>> write(const QString &account, const QString &key) override
    {
        keys.insert(account, key);
        return QtFuture::makeReadyFuture(Result<QString>(Keys::kKeychain.toString()));
    }
    QFuture<Result<bool>> remove(const QString &account) override
    {
        keys.remove(account);
        return QtFuture::makeReadyFuture(Result<bool>(true));
    }

    QHash<QString, QString> keys;
    int reads = 0;
};

/// A store that takes its time: what it is asked for is answered by answer().
class SlowKeys final : public Keys::KeyStore {
public:
    QFuture<QString> read(const QString &account) override
    {
        QPromise<QString> &asked = m_asked[account];
        asked = {};
        asked.start();
        return asked.future();
    }
    QFuture<Result<QString>> write(const QString &, const QString &) override { return {}; }
    QFuture<Result<bool>> remove(const QString &) override { return {}; }

    void answer(const QString &account, const QString &key)
    {
        m_asked[account].addResult(key);
        m_asked[account].finish();
    }

private:
    std::map<QString, QPromise<QString>> m_asked;
};

ScriptedAnswer models(const QByteArray &id)
{
    ScriptedAnswer answer;
    answer.contentType = "application/json";
    answer.pieces = {R"({"data":[{"id":")" + id + R"("}]})"};
    return answer;
}

ScriptedAnswer openAiAnswer(const QByteArray &text)
{
    ScriptedAnswer answer;
    answer.pieces = {
        R"(data: {"choices":[{"delta":{"content":")" + text + "\"},\"finish_reason\":\"stop\"}]}\n\n",
        "data: [DONE]\n\n"};
    return answer;
}

struct Running {
    QTemporaryDir home;
    MemoryKeys keys;
    Keys::KeyStore *keyStore = &keys;
    LoopbackServer server;
    LoopbackServer otherServer;
    std::unique_ptr<Program> program;
    std::unique_ptr<WindowProgram> window;

    void start(
        const QHash<QString, QString> &variables = {}, const Settings &settings = {}, CommandLine line = {})
    {
        QProcessEnvironment environment;
        environment.insert(u"MEANWHILE_HOME"_s, home.path());
        for (auto it = variables.begin(); it != variables.end(); ++it)
            environment.insert(it.key(), it.value());
        program = std::make_unique<Program>(environment, qEnvironmentVariable("MEANWHILE_BIN_DIR"));
        program->settings = settings;
        window = std::make_unique<WindowProgram>(*program, std::move(line), *keyStore);
    }
    // The first server by the one protocol, the other by the other.
    Settings twoProviders() const
    {
        Settings settings;
        const QString other = settings.addCustomProvider(u"Other"_s, otherServer.url(u"/v1"_s).toString());
        settings.otherProviders.insert(other, {{}, u"other-model"_s});
        settings.provider = u"anthropic"_s;
        settings.baseUrl = server.url(u"/v1"_s).toString();
        settings.model = u"first-model"_s;
        return settings;
    }
};

} // namespace

class WindowProgramTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void asksTheProviderThatWasChosenFromTheNextRequestOn()
    {
        const QTemporaryDir project; // outlives what works in it
        Running run;
        run.keys.keys = {{u"anthropic"_s, u"sk-first"_s}, {u"custom-other"_s, u"sk-other"_s}};
        run.start();
        run.window->apply(run.twoProviders());
        const Result<Ui::OpenSession> opened = run.window->sessions().open(project.path());
        QVERIFY(opened);
        run.server.enqueue(anthropicAnswer("one"));
        opened->controller->submit(u"a"_s);
        QTRY_VERIFY(!opened->controller->isWorking());
        QCOMPARE(run.server.requests().last().path, "/v1/messages");
        QCOMPARE(opened->controller->history().messages().last().model, u"first-model"_s);

        Settings settings = run.window->settings();
        settings.useProvider(u"custom-other"_s);
        run.window->apply(settings);
        QCOMPARE(run.window->modelInUse().providerName, u"Other"_s);
        QCOMPARE(run.window->modelInUse().model, u"other-model"_s);
        QSignalSpy keyRead(run.window.get(), &WindowProgram::modelInUseChanged);
        QTRY_VERIFY(!keyRead.isEmpty());
        run.otherServer.enqueue(openAiAnswer("two"));
        opened->controller->submit(u"b"_s);
        QTRY_VERIFY(!opened->controller->isWorking());
        QCOMPARE(run.otherServer.requests().last().path, "/v1/chat/completions");
        QVERIFY(run.otherServer.requests().last().head.contains("sk-other"));
        QVERIFY(!run.otherServer.requests().last().head.contains("sk-first"));
        QCOMPARE(opened->controller->history().messages().last().model, u"other-model"_s);
        QVERIFY(opened->controller->history().messages().last().usage.cost.isLocal);
    }

    void looksAtASessionsStateWhenItChangesAndNotWithEachPieceOfAnAnswer()
    {
        const QTemporaryDir project; // outlives what works in it
        Running run;
        run.keys.keys = {{u"anthropic"_s, u"sk-first"_s}};
        run.start();
        run.window->apply(run.twoProviders());
        const Result<Ui::OpenSession> opened = run.window->sessions().open(project.path());
        QVERIFY(opened);
        QSignalSpy looks(&run.window->sessions().opened(), &OpenSessions::stateChanged);
        int pieces = 0;
        qsizetype looksAtPieces = 0;
        connect(opened->controller, &Agent::AgentController::happened, &looks,
            [&](const Agent::AgentEvent &event) { // hears of it last
                pieces += Agent::isPiece(event) ? 1 : 0;
                looksAtPieces += Agent::isPiece(event) ? looks.size() : 0;
                looks.clear();
            });
        run.server.enqueue(anthropicAnswer("one"));
        opened->controller->submit(u"a"_s);
        QTRY_VERIFY(!opened->controller->isWorking());
        QVERIFY(pieces > 0);
        QCOMPARE(looksAtPieces, 0);
    }

    void countsSettingsFromOutsideOnceTheyAreApplied()
    {
        Running run;
        const StatePaths paths{run.home.path(), run.home.path(), run.home.filePath(u"tasks"_s)};
        TrustedSettings::save(Settings(), paths);
        Settings forged;
        forged.permissionMode = u"auto"_s;
        forged.save(paths.config);
        run.start({}, TrustedSettings::load(paths).settings);
        QCOMPARE(run.window->settings().permissionMode, u"ask"_s);
        QVERIFY2(run.window->changedOutside().contains(u"auto"_s), qPrintable(run.window->changedOutside()));
        run.window->answer(run.window->settingsFromOutside());
        QCOMPARE(run.window->settings().permissionMode, u"auto"_s);
        run.window.reset(); // the last write is done
        QCOMPARE(TrustedSettings::load(paths).settings.permissionMode, u"auto"_s);
        QCOMPARE(TrustedSettings::load(paths).changes(), QString());
    }

    void sendsNothingBeforeTheStoredKeyWasRead()
    {
        const QTemporaryDir project; // outlives what works in it
        Running run;
        SlowKeys keys;
        run.keyStore = &keys;
        run.start({}, run.twoProviders());
        const auto opened = run.window->sessions().open(project.path());
        QVERIFY(opened);
        opened->controller->submit(u"a"_s);
        QVERIFY(opened->controller->isWorking());
        run.server.enqueue(anthropicAnswer("one"));
        QVector<Agent::RequestSent> sent;
        connect(
            opened->controller, &Agent::AgentController::happened, this, [&](const Agent::AgentEvent &event) {
                if (const auto *request = std::get_if<Agent::RequestSent>(&event))
                    sent += *request;
            });
        keys.answer(u"anthropic"_s, u"sk-first"_s);
        QTRY_VERIFY(!opened->controller->isWorking());
        QVERIFY(!run.server.requests().isEmpty());
        for (const ReceivedRequest &request : run.server.requests())
            QVERIFY(request.head.contains("sk-first"));
        QCOMPARE(sent.size(), 1);
        QCOMPARE(sent.first().bytes, run.server.requests().last().body.size());
    }

    void sendsNothingBeforeAModelWasFound()
    {
        const QTemporaryDir project; // outlives what works in it
        Running run;
        run.server.enqueue(models("the-only-one"));
        run.start({{u"ANTHROPIC_API_KEY"_s, u"k"_s}, {u"ANTHROPIC_BASE_URL"_s, run.server.url().toString()}});
        const auto opened = run.window->sessions().open(project.path());
        QVERIFY(opened);
        run.server.enqueue(anthropicAnswer("one"));
        opened->controller->submit(u"a"_s);
        QTRY_VERIFY(!opened->controller->isWorking());
        QVERIFY(run.server.requests().last().body.contains("the-only-one"));

        // Where there is no list, the request itself says what is missing.
        Running without;
        ScriptedAnswer none;
        none.status = 404;
        without.server.setFallback([none](const ReceivedRequest &) { return none; });
        without.start(
            {{u"ANTHROPIC_API_KEY"_s, u"k"_s}, {u"ANTHROPIC_BASE_URL"_s, without.server.url().toString()}});
        const auto second = without.window->sessions().open(project.path());
        QVERIFY(second);
        QString why;
        connect(second->controller, &Agent::AgentController::happened, this,
            [&why](const Agent::AgentEvent &event) {
                if (const auto *failed = std::get_if<Agent::Failed>(&event))
                    why = failed->error.message;
            });
        second->controller->submit(u"a"_s);
        QTRY_VERIFY(!second->controller->isWorking());
        QVERIFY2(why.contains(u"No model is chosen yet"_s), qPrintable(why));
    }

    void sendsWhatWaitedByTheProviderThatWasChosenMeanwhile()
    {
        const QTemporaryDir project; // outlives what works in it
        Running run;
        SlowKeys keys;
        run.keyStore = &keys;
        run.start({}, run.twoProviders());
        const auto opened = run.window->sessions().open(project.path());
        QVERIFY(opened);
        opened->controller->submit(u"a"_s);
        Settings settings = run.window->settings();
        settings.useProvider(u"custom-other"_s);
        run.window->apply(settings);
        settings.thinking = u"low"_s; // nothing that would send it
        run.window->apply(settings);
        settings.model = u"a-newer-model"_s;
        run.window->apply(settings);
        keys.answer(u"anthropic"_s, u"sk-first"_s);
        QCoreApplication::processEvents();
        QVERIFY(opened->controller->isWorking());
        run.otherServer.enqueue(openAiAnswer("two"));
        keys.answer(u"custom-other"_s, u"sk-other"_s);
        QTRY_VERIFY(!opened->controller->isWorking());
        QCOMPARE(run.server.requests().size(), 0);
        QCOMPARE(run.otherServer.requests().size(), 1);
        QVERIFY(run.otherServer.requests().first().head.contains("sk-other"));
        QVERIFY(run.otherServer.requests().first().body.contains("a-newer-model"));
        QCOMPARE(opened->controller->history().messages().last().model, u"a-newer-model"_s);
    }

    void noticesSettingsThatOthersChangeWhileTheWindowIsOpen()
    {
        const QTemporaryDir project; // outlives what works in it
        Running run;
        const StatePaths paths{run.home.path(), run.home.path(), run.home.filePath(u"tasks"_s)};
        TrustedSettings::save(Settings(), paths);
        run.start({}, TrustedSettings::load(paths).settings);
        SettingsWatch watch(*run.window, paths.config);
        QSignalSpy changed(&watch, &SettingsWatch::changed);
        watch.start();
        Settings forged;
        forged.permissionMode = u"auto"_s;
        forged.save(paths.config);
        QTRY_COMPARE(changed.size(), 1);
        QVERIFY(run.window->changedOutside().contains(u"auto"_s));
        QCOMPARE(run.window->settings().permissionMode, u"ask"_s);

        // What the window keeps by itself, or the person changes elsewhere, is no answer.
        Settings settings = run.window->settings();
        settings.rememberFolder(project.path());
        settings.theme = u"dark"_s;
        settings.permissionMode = u"plan"_s;
        run.window->apply(settings);
        QTRY_COMPARE(Settings::load(paths.config).theme, u"dark"_s);
        QCOMPARE(Settings::load(paths.config).permissionMode, u"auto"_s);
        QCOMPARE(Settings::load(paths.config).recentFolders, settings.recentFolders);
        QTRY_VERIFY(run.window->lookAtSettings());
        QVERIFY(run.window->changedOutside().contains(u"auto"_s));
        QCOMPARE(TrustedSettings::load(paths).settings.permissionMode, u"plan"_s);
        QCOMPARE(changed.size(), 1);

        run.window->answer(run.window->settings()); // put back
        QTRY_COMPARE(changed.size(), 2);
        QCOMPARE(run.window->changedOutside(), QString());
        QCOMPARE(TrustedSettings::load(paths).settings.permissionMode, u"plan"_s);
    }

    void givesNoKeyOfTheProviderNamedAtTheStartToAnother()
    {
        Running run;
        run.keys.keys = {{u"anthropic"_s, u"sk-first"_s}, {u"custom-other"_s, u"sk-other"_s}};
        CommandLine line;
        line.provider = u"custom-other"_s;
        run.start({}, run.twoProviders(), line);
        QCOMPARE(run.window->modelInUse().providerName, u"Other"_s);
        QSignalSpy keyRead(run.window.get(), &WindowProgram::modelInUseChanged);
        QTRY_COMPARE(keyRead.size(), 1);
        run.otherServer.enqueue(models("m2"));
        auto listed = run.window->models(u"custom-other"_s);
        QTRY_VERIFY(listed.isFinished());
        QVERIFY(run.otherServer.requests().last().head.contains("sk-other"));

        Settings settings = run.window->settings();
        settings.model = u"another"_s;
        run.window->apply(settings);
        QCOMPARE(run.window->modelInUse().provider, u"anthropic"_s);
        QTRY_COMPARE(keyRead.size(), 2);
        run.server.enqueue(models("m1"));
        listed = run.window->models(u"anthropic"_s);
        QTRY_VERIFY(listed.isFinished());
        QVERIFY(run.server.requests().last().head.contains("sk-first"));
        for (const auto &request : run.server.requests())
            QVERIFY(!request.head.contains("sk-other"));
    }

    void holdsToTheCommandLineUntilThePersonChoosesOtherwise()
    {
        const QTemporaryDir project; // outlives what works in it
        Running run;
        CommandLine line;
        line.baseUrl = run.server.url(u"/v1"_s).toString();
        line.model = u"private-model"_s;
        run.start({{u"ANTHROPIC_API_KEY"_s, u"sk-private"_s}}, {}, line);
        const auto opened = run.window->sessions().open(project.path());
        const auto asksFor = [&](const QString &model) {
            const qsizetype asked = run.server.requests().size();
            run.server.enqueue(anthropicAnswer("one"));
            opened->controller->submit(u"a"_s);
            return Testing::waitFor([&] { return !opened->controller->isWorking(); }) &&
                   run.server.requests().size() == asked + 1 &&
                   run.server.requests().last().body.contains(model.toUtf8());
        };
        Settings settings = run.window->settings();
        settings.passedOn.insert(project.path(), {u"TOKEN"_s});
        run.window->apply(settings);
        QCOMPARE(run.window->modelInUse().model, u"private-model"_s);
        QVERIFY(asksFor(u"private-model"_s));
        // The provider in use by its name is no other one.
        settings.useProvider(u"anthropic"_s);
        run.window->apply(settings);
        QVERIFY(asksFor(u"private-model"_s));
        // A model from the list of that address is asked there.
        settings.model = u"its-other-model"_s;
        run.window->apply(settings);
        QVERIFY(asksFor(u"its-other-model"_s));
        settings.baseUrl = run.otherServer.url(u"/v1"_s).toString();
        run.window->apply(settings);
        run.otherServer.enqueue(anthropicAnswer("one"));
        opened->controller->submit(u"a"_s);
        QTRY_VERIFY(!opened->controller->isWorking());
        QCOMPARE(run.otherServer.requests().size(), 1);
        settings.useProvider(u"demo"_s);
        run.window->apply(settings);
        QCOMPARE(run.window->modelInUse().provider, u"demo"_s);
    }

    void listsTheModelsOfEachProviderWithItsOwnKey()
    {
        Running run;
        run.keys.keys = {{u"anthropic"_s, u"sk-first"_s}, {u"custom-other"_s, u"sk-other"_s}};
        run.start();
        run.window->apply(run.twoProviders());
        run.otherServer.enqueue(models("m2"));
        const auto listed = run.window->models(u"custom-other"_s);
        QTRY_VERIFY(listed.isFinished());
        QCOMPARE(listed.result()->first().id, u"m2"_s);
        QVERIFY(run.otherServer.requests().first().head.contains("sk-other"));
        QCOMPARE(
            run.window->available(), (QVector<Ui::ProviderName>{{u"anthropic"_s, u"Anthropic"_s},
                                         {u"custom-other"_s, u"Other"_s}, {u"demo"_s, u"Demo (offline)"_s}}));
    }

    void testsAProviderAsItIsDescribed()
    {
        Running run;
        run.start();
        run.server.enqueue(models("m1"));
        Ui::ProviderChoice choice;
        choice.key = u"sk-typed"_s;
        choice.custom.id = u"custom-new"_s;
        choice.custom.baseUrl = run.server.url(u"/v1"_s).toString();
        choice.custom.headers = QStringList{u"api-key: {key}"_s};
        const auto listed = run.window->check(choice);
        QTRY_VERIFY(listed.isFinished());
        QVERIFY(listed.result());
        QVERIFY(run.server.requests().first().head.toLower().contains("api-key: sk-typed"));
        QVERIFY(!run.server.requests().first().head.toLower().contains("authorization"));
    }

    void keepsNoKeyInTheSettings()
    {
        Running run;
        run.start();
        run.window->apply(run.twoProviders());
        run.window->storeKey(u"custom-other"_s, u"sk-secret"_s);
        const QString file = run.program->paths.config + u"/settings.ini"_s;
        QTRY_VERIFY(QFile::exists(file));
        QTRY_VERIFY(Settings::load(run.program->paths.config).customProviders.size() == 1);
        QFile settings(file);
        QVERIFY(settings.open(QIODevice::ReadOnly));
        QVERIFY(!settings.readAll().contains("sk-secret"));
    }

    void takesTheModelChosenInTheWindowBeforeTheEnvironments()
    {
        Running run;
        run.start({{u"ANTHROPIC_API_KEY"_s, u"k"_s}, {u"ANTHROPIC_MODEL"_s, u"from-environment"_s}});
        QCOMPARE(run.window->modelInUse().model, u"from-environment"_s);
        Settings settings = run.window->settings();
        settings.useProvider(u"anthropic"_s);
        settings.model = u"chosen"_s;
        run.window->apply(settings);
        QCOMPARE(run.window->modelInUse().model, u"chosen"_s);
    }

    void learnsFromTheListOfModels()
    {
        Running run;
        run.start();
        Settings settings = run.twoProviders();
        settings.useProvider(u"custom-other"_s);
        settings.model = u"unheard-of"_s;
        run.window->apply(settings);
        QCOMPARE(run.window->modelInUse().facts.contextWindow, 0);
        QSignalSpy changed(run.window.get(), &WindowProgram::modelInUseChanged);
        QTRY_COMPARE(changed.size(), 1); // the key
        ScriptedAnswer list;
        list.contentType = "application/json";
        list.pieces = {"{\"data\":[{\"id\":\"unheard-of\",\"max_model_len\":4321,"
                       "\"capabilities\":{\"vision\":false}}]}"};
        run.otherServer.enqueue(list);
        const auto listed = run.window->models(u"custom-other"_s);
        QTRY_VERIFY(listed.isFinished());
        QCOMPARE(changed.size(), 2);
        QCOMPARE(run.window->modelInUse().facts.contextWindow, 4321);
        QCOMPARE(run.window->facts(u"custom-other"_s, u"unheard-of"_s).vision, Llm::Known::No);
        // And at the next start without asking.
        QTRY_COMPARE(Llm::LearnedModels::load(run.program->paths.state), run.program->learned);
        const Settings same = run.window->settings();
        run.window.reset();
        run.start({}, same);
        QCOMPARE(run.window->modelInUse().facts.contextWindow, 4321);
    }

    void readsOnlyKeysOfProvidersThatWereSetUp()
    {
        Running run;
        run.keys.keys = {{u"anthropic"_s, u"sk-first"_s}, {u"openai"_s, u"sk-o"_s}};
        run.start();
        QCOMPARE(run.window->modelInUse().provider, u"demo"_s);
        for (const QString &provider : {u"anthropic"_s, u"openai"_s}) {
            const auto key = run.window->storedKey(provider);
            QTRY_VERIFY(key.isFinished());
            QCOMPARE(key.result(), QString());
        }
        QCOMPARE(run.keys.reads, 0);
        run.window->apply(run.twoProviders());
        const auto key = run.window->storedKey(u"anthropic"_s);
        QTRY_VERIFY(key.isFinished());
        QCOMPARE(key.result(), u"sk-first"_s);
    }

    void whatWasChosenForAProjectHoldsAtItsNewPlace()
    {
        Running run;
        run.start();
        Settings settings = run.window->settings();
        settings.passedOn = {{u"/p/old"_s, {u"B_KEY"_s, u"A_KEY"_s}}, {u"/p/other"_s, {u"X_KEY"_s}}};
        settings.recentFolders = {u"/p/old"_s, u"/p/other"_s};
        run.window->apply(settings);
        emit run.window->sessions().projectMoved(u"/p/old"_s, u"/p/new"_s);
        const Settings moved = run.window->settings();
        QCOMPARE(moved.passedOn.value(u"/p/new"_s), (QStringList{u"A_KEY"_s, u"B_KEY"_s}));
        QVERIFY(!moved.passedOn.contains(u"/p/old"_s));
        QCOMPARE(moved.passedOn.value(u"/p/other"_s), QStringList{u"X_KEY"_s});
        QCOMPARE(moved.recentFolders, QStringList{u"/p/other"_s});
    }

    void tellsWhatWasSaidAtTheStart()
    {
        Running run;
        CommandLine line;
        line.provider = u"anthropic"_s;
        line.model = u"said"_s;
        run.start({{u"ANTHROPIC_BASE_URL"_s, u"http://localhost:1"_s}}, {}, line);
        const Ui::GivenAtStart expected{u"anthropic"_s, {u"http://localhost:1"_s, u"said"_s}};
        QCOMPARE(run.window->givenAtStart(), expected);
        Settings settings = run.window->settings();
        settings.useProvider(u"anthropic"_s);
        settings.model = u"chosen"_s;
        run.window->apply(settings);
        QCOMPARE(run.window->givenAtStart().choice.model, QString());
        settings.useProvider(u"demo"_s);
        run.window->apply(settings);
        QCOMPARE(run.window->givenAtStart(), (Ui::GivenAtStart{u"demo"_s, {}}));
    }

    void offersTheModelToBeginWithFirst()
    {
        Running run;
        run.start();
        ScriptedAnswer list;
        list.contentType = "application/json";
        list.pieces = {"{\"data\":[{\"id\":\"aaa\"},{\"id\":\"gpt-5\"},{\"id\":\"zzz\"}]}"};
        run.server.enqueue(list);
        Ui::ProviderChoice choice;
        choice.provider = u"openai"_s;
        choice.baseUrl = run.server.url(u"/v1"_s).toString();
        const auto listed = run.window->check(choice);
        QTRY_VERIFY(listed.isFinished());
        QStringList ids;
        const QVector<Llm::ModelInfo> found = listed.result().value();
        for (const Llm::ModelInfo &model : found)
            ids += model.id;
        QCOMPARE(ids, QStringList({u"gpt-5"_s, u"aaa"_s, u"zzz"_s}));
    }

    void tellsTheWindowWhatHoldsCommands()
    {
        Running run;
        run.start();
        const QSignalSpy found(run.window.get(), &WindowProgram::boxFound);
        run.program->commandBox.setWish(CommandBox::Wish::Off);
        run.program->commandBox.fit(run.home.path(), {});
        QTRY_COMPARE(found.size(), 1);
        QCOMPARE(found.first().first().value<Permissions::Box>(), Permissions::Box::Off);
    }

    void tellsTheSessionsHowToThink()
    {
        const QTemporaryDir project; // outlives what works in it
        Running run;
        run.start();
        Settings settings = run.twoProviders();
        settings.model = u"claude-sonnet-4-5"_s;
        run.window->apply(settings);
        const Result<Ui::OpenSession> opened = run.window->sessions().open(project.path());
        QCOMPARE(run.window->modelInUse().thinking, Llm::ThinkingLevel::Off);
        settings = run.window->settings();
        settings.thinking = u"low"_s;
        run.window->apply(settings);
        QCOMPARE(run.window->modelInUse().thinking, Llm::ThinkingLevel::Low);
        run.server.enqueue(anthropicAnswer("one"));
        opened->controller->submit(u"a"_s);
        QTRY_VERIFY(!opened->controller->isWorking());
        QVERIFY(run.server.requests().last().body.contains("budget_tokens"));
        QVERIFY(opened->controller->history().messages().last().usage.cost.isUnknown); // a gateway
    }
};

MEANWHILE_TEST(WindowProgramTest)
#include "tst_windowprogram.moc"
