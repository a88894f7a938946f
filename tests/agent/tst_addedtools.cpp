// SPDX-License-Identifier: MIT
#include "controllerfixture.h"
#include "llm/anthropic/anthropicencoder.h"
#include "support/testregistry.h"

#include <QTest>

using namespace Meanwhile;
using namespace Meanwhile::Agent;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;
using Conversation::ToolResultBlock;

namespace {

class AddedTool final : public Tools::Tool {
public:
    explicit AddedTool(const QString &name)
        : m_spec{name, u"Added later."_s, R"({"type":"object","properties":{}})", Tools::Effect::Read}
    {
    }
    const Tools::ToolSpec &spec() const override { return m_spec; }
    QFuture<Tools::Intent> intent(const Tools::ToolCall &) override
    {
        return QtFuture::makeReadyFuture(Tools::Intent{Tools::Effect::Read});
    }
    QFuture<Tools::ToolOutcome> run(const Tools::ToolCall &) override
    {
        Tools::ToolOutcome outcome;
        outcome.text = u"added"_s;
        return QtFuture::makeReadyFuture(outcome);
    }

private:
    Tools::ToolSpec m_spec;
};

QStringList namesIn(const Llm::LlmRequest &request)
{
    QStringList names;
    for (const Llm::ToolDefinition &tool : request.tools)
        names += tool.name;
    return names;
}

/// What a request says before it says what was said.
QByteArray headOf(const Llm::LlmRequest &request)
{
    const QByteArray body = Llm::AnthropicEncoder().encode(request);
    return body.first(body.indexOf(R"(],"messages":[)"));
}

QStringList resultsIn(const Conversation::History &history)
{
    QStringList texts;
    for (const Conversation::Message &message : history.messages()) {
        for (const Conversation::ContentBlock &block : message.content) {
            if (const auto *result = std::get_if<ToolResultBlock>(&block))
                texts += result->text;
        }
    }
    return texts;
}

} // namespace

/// What the agent knows of its tools, it knows from them.
class AddedToolsTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void areInTheRequestsFromTheNextTurnOn()
    {
        ManualClient model;
        ControllerFixture fixture(&model);
        fixture.agent->submit(u"go"_s);
        fixture.tools.add(std::make_unique<AddedTool>(u"added"_s));
        model.call({{u"c1"_s, u"check_background"_s, "{}", {}}});
        QCOMPARE(model.requests.size(), 2);
        QCOMPARE(model.requests.at(1).tools, model.requests.at(0).tools); // of the same turn
        model.answer(u"done"_s);
        fixture.agent->submit(u"and now"_s);
        QCOMPARE(model.requests.size(), 3);
        QCOMPARE(namesIn(model.requests.at(2)), namesIn(model.requests.at(0)) << u"added"_s);
        const QByteArray before = headOf(model.requests.at(1));
        const QByteArray after = headOf(model.requests.at(2));
        QCOMPARE(after.first(before.size()), before);
        QCOMPARE(after.sliced(before.size()),
            R"(,{"name":"added","description":"Added later.","input_schema":{"type":"object","properties":{}}})"_ba);
        QCOMPARE(model.requests.at(2).messages.first(model.requests.at(1).messages.size()),
            model.requests.at(1).messages);
        model.call({{u"c2"_s, u"added"_s, "{}", {}}});
        QCOMPARE(resultsIn(fixture.agent->history()).last(), u"added"_s);
    }

    void keepTheNamesThatWereThere()
    {
        ManualClient model;
        ControllerFixture fixture(&model);
        const QStringList before = fixture.tools.names();
        QSignalSpy changes(&fixture.tools, &Tools::ToolRegistry::changed);
        fixture.tools.add(std::make_unique<AddedTool>(u"bash"_s));
        QCOMPARE(fixture.tools.names(), before);
        QVERIFY(fixture.tools.find(u"bash"_s)->spec().effect == Tools::Effect::Execute);
        QCOMPARE(changes.size(), 0);
    }

    void areNamedWhereOthersAreRefused()
    {
        ManualClient model;
        ControllerFixture fixture(&model);
        fixture.agent->setMode(Permissions::Mode::Plan);
        fixture.agent->submit(u"go"_s);
        model.call({{u"c1"_s, u"bash"_s, R"({"command":"make"})", {}},
            {u"c2"_s, u"stop_background"_s, R"({"task_id":"00000001"})", {}}});
        QCOMPARE(resultsIn(fixture.agent->history()),
            (QStringList{u"Not run: plan mode allows reading only. Use read_file, list_files and "
                         u"search_files, or put the command into your plan for the person to approve."_s,
                u"Not stopped: plan mode allows reading only. Use check_background to look at the task, and "
                u"tell the person if you think it should be stopped."_s}));
        fixture.tools.add(std::make_unique<AddedTool>(u"added"_s));
        model.call({{u"c3"_s, u"bash"_s, R"({"command":"make"})", {}}});
        QVERIFY(resultsIn(fixture.agent->history()).last().contains(u"search_files and added, or put"_s));
    }
};

MEANWHILE_TEST(AddedToolsTest)
#include "tst_addedtools.moc"
