// SPDX-License-Identifier: MIT
#include "llm/demo/demoscript.h"

#include "base/jsontext.h"
#include "llm/demo/demorequest.h"

#include <QJsonArray>
#include <QRegularExpression>

namespace Meanwhile::Llm {

using namespace Qt::StringLiterals;
using namespace Conversation;

namespace {

// What the demo says, in the language it was spoken to in; so these are no tr() texts.
struct Phrases {
    QString startAndCreate, created, waiting, startSeveral, status, startAndGoOn, lookedAround, running, ran,
        read, ended, failed, failedTool, allDone, help, fileText, exited;
};

const Phrases &phrases(DemoRequest::Language language)
{
    static const Phrases kEnglish{
        u"I'll start `%1` in the background and create `%2` while it runs."_s,
        u"`%1` is there."_s,
        u"The rest is still running. I will report as soon as a result is in."_s,
        u"I'll start %1 tasks in the background and then look at their status."_s,
        u"Their status now:\n\n```\n%1\n```"_s,
        u"I'll start `%1` in the background and look around the project meanwhile."_s,
        u"While it runs I looked at the project:\n\n```\n%1\n```"_s,
        u"I'll run `%1`."_s,
        u"It answered:\n\n```\n%1\n```"_s,
        u"I read `%1`."_s,
        u"`%1` has ended: **%2**."_s,
        u"`%1` has ended: **%2**. Last output:\n\n```\n%3\n```"_s,
        u"That did not work:\n\n```\n%1\n```"_s,
        u"All tasks have ended."_s,
        u"I am the offline demo, a small script rather than a language model. I drive the real tools and "
        u"tasks, and I understand "
        u"requests like these:\n\n- `Run \"sleep 5 && echo done\" in the background, then create a file "
        u"while it runs`\n- `Start 3 "
        u"background tasks: \"sleep 2\", \"sleep 4\", \"sleep 6\". Check their status.`\n- `Run pytest in "
        u"the background and keep "
        u"working on other things`\n- `Read README.md`\n- `Run ls`\n\nTo connect a real model, open "
        u"Settings, choose a provider and add "
        u"a key; or set `ANTHROPIC_API_KEY` before the start."_s,
        u"Written while a task was running.\n"_s,
        u"exited %1"_s,
    };
    static const Phrases kSpanish{
        u"Inicio `%1` en segundo plano y creo `%2` mientras se ejecuta."_s,
        u"`%1` ya está."_s,
        u"Lo demás sigue a nuestro lado. Avisaré en cuanto llegue un resultado."_s,
        u"Inicio %1 tareas en segundo plano y luego miro su estado."_s,
        u"Su estado ahora:\n\n```\n%1\n```"_s,
        u"Inicio `%1` en segundo plano y mientras tanto miro el proyecto."_s,
        u"Mientras se ejecuta he mirado el proyecto:\n\n```\n%1\n```"_s,
        u"Ejecuto `%1`."_s,
        u"Ha respondido:\n\n```\n%1\n```"_s,
        u"Leo `%1`."_s,
        u"`%1` ha terminado: **%2**."_s,
        u"`%1` ha terminado: **%2**. Sus últimas palabras:\n\n```\n%3\n```"_s,
        u"No ha funcionado:\n\n```\n%1\n```"_s,
        u"Todas las tareas han terminado."_s,
        u"Soy la demostración sin conexión, un pequeño guion y no un modelo de lenguaje. Manejo las "
        u"herramientas y tareas reales y "
        u"entiendo peticiones como estas:\n\n- `Ejecuta \"sleep 5 && echo done\" en segundo plano y crea un "
        u"archivo mientras se "
        u"ejecuta`\n- `Inicia 3 tareas en segundo plano: \"sleep 2\", \"sleep 4\", \"sleep 6\". Comprueba su "
        u"estado.`\n- `Ejecuta "
        u"pytest en segundo plano y sigue trabajando en otras cosas`\n- `Lee README.md`\n- `Ejecuta "
        u"ls`\n\nPara conectar un modelo "
        u"real, abre Ajustes, elige un proveedor y añade una clave; o define `ANTHROPIC_API_KEY` antes de empezar."_s,
        u"Escrito mientras se ejecutaba una tarea.\n"_s,
        u"código de salida %1"_s,
    };
    static const Phrases kKorean{
        u"`%1` 명령을 백그라운드에서 시작하고, 실행되는 동안 `%2` 파일을 만들게요."_s,
        u"`%1` 파일을 만들었어요."_s,
        u"나머지는 옆에서 실행되고 있어요. 결과가 나오면 바로 알려 드릴게요."_s,
        u"백그라운드 작업 %1개를 시작하고 상태를 확인할게요."_s,
        u"지금 상태예요:\n\n```\n%1\n```"_s,
        u"`%1` 명령을 백그라운드에서 시작하고 그동안 프로젝트를 살펴볼게요."_s,
        u"실행되는 동안 프로젝트를 살펴봤어요:\n\n```\n%1\n```"_s,
        u"`%1` 명령을 실행할게요."_s,
        u"이렇게 답했어요:\n\n```\n%1\n```"_s,
        u"`%1` 파일을 읽을게요."_s,
        u"`%1` 작업이 끝났어요: **%2**."_s,
        u"`%1` 작업이 끝났어요: **%2**. 마지막 출력이에요:\n\n```\n%3\n```"_s,
        u"잘 되지 않았어요:\n\n```\n%1\n```"_s,
        u"모든 작업이 끝났어요."_s,
        u"저는 오프라인 데모예요. 언어 모델이 아니라 작은 스크립트이고, 실제 도구와 작업을 움직여요. 이런 "
        u"요청을 알아들어요:\n\n- "
        u"`\"sleep 5 && echo done\"를 백그라운드에서 실행하고, 실행되는 동안 파일을 만들어 줘`\n- "
        u"`백그라운드 작업 3개를 시작해: \"sleep "
        u"2\", \"sleep 4\", \"sleep 6\". 상태를 확인해 줘.`\n- `백그라운드에서 pytest를 실행하고 다른 작업을 "
        u"계속해 줘`\n- `README.md "
        u"읽어 줘`\n- `\"ls\" 실행해 줘`\n\n실제 모델을 연결하려면 설정을 열어 제공자를 고르고 키를 넣어 "
        u"주세요. 시작하기 전에 "
        u"`ANTHROPIC_API_KEY`를 설정해도 돼요."_s,
        u"작업이 실행되는 동안 썼어요.\n"_s,
        u"종료 코드 %1"_s,
    };
    switch (language) {
    case DemoRequest::Language::Spanish:
        return kSpanish;
    case DemoRequest::Language::Korean:
        return kKorean;
    case DemoRequest::Language::English:
        break;
    }
    return kEnglish;
}

// Where the conversation stands since the person's last words.
struct Position {
    DemoRequest request;
    int answers = 0; // given since then
    QVector<ToolResultBlock> results;
    QString news; // <background-results> of the last message
    qsizetype callsMade = 0;
    int tasksStarted = 0;
    int tasksTold = 0;
};

Position positionIn(const QVector<Message> &messages)
{
    Position position;
    QString words;
    for (const Message &message : messages) {
        if (message.role == Role::Assistant) {
            ++position.answers;
            for (const ToolCallBlock &call : toolCalls(message)) {
                ++position.callsMade;
                position.tasksStarted += call.name == u"background_run"_s ? 1 : 0;
            }
            continue;
        }
        position.results.clear();
        position.news.clear();
        const QString text = plainText(message);
        if (!text.trimmed().isEmpty()) {
            words = text;
            position.answers = 0;
        }
        for (const ContentBlock &block : message.content) {
            if (const auto *result = std::get_if<ToolResultBlock>(&block))
                position.results.append(*result);
            if (const auto *news = std::get_if<NewsBlock>(&block)) {
                position.news = news->text;
                position.tasksTold += int(news->news.size());
            }
        }
    }
    position.request = DemoRequest::parse(words);
    return position;
}

class Answer {
public:
    explicit Answer(qsizetype callsMade)
        : m_nextCall(callsMade)
    {
        m_message.role = Role::Assistant;
        m_message.stopReason = StopReason::EndTurn;
    }

    Answer &say(const QString &text)
    {
        m_message.content.append(TextBlock{text});
        return *this;
    }
    Answer &call(const QString &tool, const QJsonObject &input)
    {
        m_message.content.append(ToolCallBlock{u"demo_%1"_s.arg(++m_nextCall), tool, compactJson(input), {}});
        m_message.stopReason = StopReason::ToolUse;
        return *this;
    }
    Message done() { return m_message; }

private:
    Message m_message;
    qsizetype m_nextCall;
};

// One sentence for each finished task of a <background-results> element.
QString report(const QString &news, const Phrases &say)
{
    static const QRegularExpression kHead(
        uR"(^\[bg:[0-9a-f]{8}\] (.+?)(?: after ([^:]+))?: (.*)$)"_s, QRegularExpression::MultilineOption);
    QStringList sentences;
    QVector<QRegularExpressionMatch> heads;
    for (auto it = kHead.globalMatch(news); it.hasNext();)
        heads.append(it.next());
    for (qsizetype i = 0; i < heads.size(); ++i) {
        const QRegularExpressionMatch &head = heads.at(i);
        const qsizetype end = i + 1 < heads.size() ? heads.at(i + 1).capturedStart() : news.size();
        QStringList body =
            news.sliced(head.capturedEnd(), end - head.capturedEnd()).split(u'\n', Qt::SkipEmptyParts);
        body.removeIf([](const QString &line) {
            return line.trimmed().startsWith(u"full output:"_s) ||
                   line.startsWith(u"</background-results>"_s);
        });
        for (QString &line : body)
            line.remove(0, line.startsWith(u"  ") ? 2 : 0); // as the notification indents them
        const QString words =
            QStringList(body.mid(qMax<qsizetype>(0, body.size() - 5))).join(u'\n').trimmed();
        static const QRegularExpression kExited(u"^exited ([0-9]+)$"_s);
        const QRegularExpressionMatch exited = kExited.match(head.captured(1));
        const QString state = exited.hasMatch() ? say.exited.arg(exited.captured(1)) : head.captured(1);
        if (words.isEmpty())
            sentences += say.ended.arg(head.captured(3), state);
        else
            sentences += say.failed.arg(head.captured(3), state, words);
    }
    return sentences.join(u"\n\n"_s);
}

QString firstLines(const QVector<ToolResultBlock> &results, int lines)
{
    QStringList all;
    for (const ToolResultBlock &result : results)
        all += result.text.split(u'\n');
    QString text = QStringList(all.mid(0, lines)).join(u'\n');
    return text.replace(u"```"_s, u"'''"_s).trimmed();
}

Message firstAnswer(const Position &at, const Phrases &say)
{
    const DemoRequest &request = at.request;
    Answer answer(at.callsMade);
    const auto background = [&](const QString &command) {
        answer.call(u"background_run"_s, {{u"command"_s, command}});
    };
    switch (request.kind) {
    case DemoRequest::Kind::Unknown:
        return answer.say(say.help).done();
    case DemoRequest::Kind::RunAndCreate:
        answer.say(say.startAndCreate.arg(request.commands.first(), request.file));
        background(request.commands.first());
        break;
    case DemoRequest::Kind::RunSeveral:
        answer.say(say.startSeveral.arg(request.commands.size()));
        for (const QString &command : request.commands)
            background(command);
        break;
    case DemoRequest::Kind::RunAndGoOn:
        answer.say(say.startAndGoOn.arg(request.commands.first()));
        background(request.commands.first());
        break;
    case DemoRequest::Kind::RunOne:
        answer.say(say.running.arg(request.commands.first()))
            .call(u"bash"_s, {{u"command"_s, request.commands.first()}});
        break;
    case DemoRequest::Kind::Read:
        answer.say(say.read.arg(request.file)).call(u"read_file"_s, {{u"path"_s, request.file}});
        break;
    }
    return answer.done();
}

Message secondAnswer(const Position &at, const Phrases &say)
{
    const DemoRequest &request = at.request;
    Answer answer(at.callsMade);
    switch (request.kind) {
    case DemoRequest::Kind::RunAndCreate:
        return answer
            .call(u"write_file"_s,
                {{u"path"_s, request.file},
                    {u"content"_s, request.text.isEmpty() ? say.fileText : request.text + u'\n'}})
            .done();
    case DemoRequest::Kind::RunSeveral:
        return answer.call(u"check_background"_s, {}).done();
    case DemoRequest::Kind::RunAndGoOn:
        return answer.call(u"list_files"_s, {{u"glob"_s, u"*"_s}}).done();
    default:
        return answer.say(say.ran.arg(firstLines(at.results, 40))).done();
    }
}

} // namespace

Message demoAnswer(const QVector<Message> &messages)
{
    const Position at = positionIn(messages);
    const Phrases &say = phrases(at.request.language);
    if (at.answers == 0)
        return firstAnswer(at, say);

    QStringList parts;
    bool failed = false;
    for (const ToolResultBlock &result : at.results) {
        if (result.isError) {
            parts += say.failedTool.arg(firstLines({result}, 10));
            failed = true;
        }
    }
    if (at.answers == 1 && !failed) {
        Message message = secondAnswer(at, say);
        if (!at.news.isEmpty())
            message.content.prepend(TextBlock{report(at.news, say)});
        return message;
    }
    if (at.answers == 2 && !failed) {
        if (at.request.kind == DemoRequest::Kind::RunAndCreate)
            parts += say.created.arg(at.request.file);
        else if (at.request.kind == DemoRequest::Kind::RunSeveral)
            parts += say.status.arg(firstLines(at.results, 20));
        else if (at.request.kind == DemoRequest::Kind::RunAndGoOn)
            parts += say.lookedAround.arg(firstLines(at.results, 12));
    }
    if (!at.news.isEmpty())
        parts += report(at.news, say);
    if (at.tasksStarted > at.tasksTold)
        parts += at.answers == 2 || parts.isEmpty() ? say.waiting : QString();
    else if (at.tasksStarted > 1)
        parts += say.allDone;
    parts.removeAll(QString());
    return Answer(at.callsMade).say(parts.isEmpty() ? say.allDone : parts.join(u"\n\n"_s)).done();
}

} // namespace Meanwhile::Llm
