// SPDX-License-Identifier: MIT
#include "show/samples.h"

#include "base/clock.h"
#include "models/transcriptmodel.h"
#include "tools/personwording.h"

namespace Meanwhile::Testing {

using namespace Qt::StringLiterals;
using namespace Agent;
using namespace std::chrono_literals;
using Conversation::StopReason;

namespace {

MessageAdded person(const QString &text)
{
    Conversation::Message message;
    message.id = u"p"_s;
    message.content = {Conversation::TextBlock{text}};
    return {message};
}

Tasks::Task makeTask(const QString &id, const QString &command, Tasks::TaskState state)
{
    Tasks::Task task;
    task.id = id;
    task.spec.command = command;
    task.state = state;
    task.startedMonotonic = SystemClock().now() - 41s;
    task.elapsed = 41s;
    return task;
}

void call(Models::TranscriptModel &model, const QString &id, const QString &tool, const QByteArray &input)
{
    model.handle(ToolCallAnnounced{id, tool});
    model.handle(ToolCallMade{id, tool, input});
    model.handle(ToolCallStarted{id});
}

void end(Models::TranscriptModel &model, const QString &id, const QString &text, const QString &summary,
    const QString &taskId = {}, bool isError = false)
{
    Tools::ToolOutcome outcome;
    outcome.text = text;
    outcome.summary = summary;
    outcome.taskId = taskId;
    outcome.isError = isError;
    model.handle(ToolCallEnded{id, {}, outcome});
}

const QString kAnswer =
    u"The install finished: 212 packages, no warnings. The tests run now; **one file** needs its "
    "fixture first, see [the guide](https://example.org/guide) or `src/cart.test.ts`:\n\n"
    "```bash\nnpm test -- --reporter=dot\nnpm run lint   # again\n```\n\n"
    "## What is left\n\n1. Write the fixture\n2. Run *all* tests again\n   - only the cart\n"
    "   - then the rest\n\n- [x] configuration\n- [ ] fixture\n\n"
    "> A result that comes later is never lost.\n>\n> It is told with the next request.\n\n"
    "| file | tests | time |\n|---|--:|--:|\n| cart.test.ts | 14 | 0:03 |\n| price.test.ts | 9 | 0:01 |\n\n"
    "```cpp\n// Starts every task at once.\nfor (const auto &task : tasks) {\n    start(task, "
    "\"npm test\", 42);\n}\n```\n\n한국어로도 잘 보입니다: 설치가 끝났습니다.\n\n---\n\nThat is all."_s;

void playTools(Models::TranscriptModel &model)
{
    call(model, u"c1"_s, u"background_run"_s, "{\"command\":\"npm install\"}");
    end(model, u"c1"_s, u"Started as task 3f9a1c2e."_s, {}, u"3f9a1c2e"_s);
    model.handleTask(makeTask(u"3f9a1c2e"_s, u"npm install"_s, Tasks::TaskState::Running));
    call(model, u"c2"_s, u"write_file"_s,
        "{\"path\":\"config/app.toml\",\"content\":\"[server]\\nport = 8080\\nworkers = 4\\n\"}");
    end(model, u"c2"_s, u"ok"_s, {});
    call(model, u"c3"_s, u"edit_file"_s,
        "{\"path\":\"src/cart.ts\",\"old_text\":\"let a = 1;\\nlet b;\",\"new_text\":\"const a = 1;\"}");
    end(model, u"c3"_s, u"ok"_s, {});
    call(model, u"c4"_s, u"read_file"_s, "{\"path\":\"package.json\"}");
    end(model, u"c4"_s, u"1 {\n2   \"name\": \"webshop\"\n3 }"_s, Tools::linesForPerson(37));
    call(model, u"c5"_s, u"search_files"_s, "{\"pattern\":\"fixture\",\"path\":\"src\"}");
    end(model, u"c5"_s, u"The pattern is no regular expression."_s, {}, {}, true);
    call(model, u"c6"_s, u"bash"_s, "{\"command\":\"make -j2 all check && ctest --output-on-failure\"}");
    Tasks::Task waited = makeTask(u"81c20000"_s, u"make"_s, Tasks::TaskState::Running);
    waited.spec.foreground = true;
    waited.spec.callId = u"c6"_s;
    model.handleTask(waited);
}

} // namespace

void playSampleConversation(Models::TranscriptModel &model)
{
    model.handle(TurnStarted{});
    model.handle(person(
        u"Install the dependencies, and while that runs create the config file. Then run the tests."_s));
    model.handle(ResponseStarted{1});
    model.handle(ThinkingStreamed{u"The install is slow, so it goes beside the conversation."_s});
    model.handle(
        TextStreamed{u"I'll start the install beside our work and write the configuration meanwhile."_s});
    playTools(model);
    model.handle(ResponseEnded{1, StopReason::ToolUse, true, {}});
    Tasks::Task done = makeTask(u"5511aaaa"_s, u"npm install"_s, Tasks::TaskState::Exited);
    model.handleTask(done);
    model.handle(ResponseStarted{2});
    model.handle(NewsDelivered{endsOf({done.id}), 2});
    model.handle(TextStreamed{kAnswer});
    model.handle(ResponseEnded{2, StopReason::EndTurn, true, {}});
    model.handle(Failed{{ErrorKind::Network,
        u"The connection broke. Your conversation is kept; try again when you are online."_s, {}}});
    model.handle(Failed{{ErrorKind::Authentication, u"The provider did not accept the key."_s, {}}});
    model.handle(TurnEnded{StopReason::Other, TurnEnded::How::StoppedByPerson, 0});
    model.handle(TurnEnded{StopReason::EndTurn, TurnEnded::How::Done, 2});
    model.handle(TurnStarted{});
    Conversation::Message broken;
    broken.role = Conversation::Role::Assistant;
    broken.content = {Conversation::TextBlock{u"The half of an ans"_s}};
    broken.completeness = Conversation::Completeness::Broken;
    model.handle(ResponseStarted{9});
    model.handle(TextStreamed{u"The half of an ans"_s});
    model.handle(ResponseEnded{9, StopReason::Other, false, {}});
    model.handle(MessageAdded{broken});
    model.handle(RetryScheduled{9, 3, std::chrono::seconds(12),
        {ErrorKind::Overloaded, u"Too many requests at once. Try it later."_s, {}}});
    model.handle(MessageQueued{u"q1"_s, u"And add a test for the empty cart."_s});
}

void playLongConversation(Models::TranscriptModel &model, int count)
{
    while (model.rowCount() < count) {
        const int n = model.rowCount();
        model.handle(person(u"Message %1: please go on with the next step of the plan."_s.arg(n)));
        model.handle(ResponseStarted{n});
        model.handle(TextStreamed{
            n % 12 == 0 ? kAnswer
                        : u"Step %1 is **done**. "_s.arg(n) +
                              u"It took a while, and the `result` is what was expected of it. "_s.repeated(
                                  n % 7 + 1)});
        call(model, u"c"_s, u"read_file"_s, "{\"path\":\"src/main.cpp\"}");
        end(model, u"c"_s, u"text"_s, u"37 lines"_s);
        model.handle(ResponseEnded{n, StopReason::ToolUse, true, {}});
    }
}

} // namespace Meanwhile::Testing
