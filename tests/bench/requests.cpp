// SPDX-License-Identifier: MIT
#include "agent/requestbuilder.h"
#include "bench/figures.h"
#include "llm/anthropic/anthropicencoder.h"
#include "llm/openai/openaiencoder.h"

#include <QElapsedTimer>

#include <functional>

namespace Meanwhile::Bench {

using namespace Qt::StringLiterals;
using namespace Conversation;

namespace {

constexpr int kTurns = 505;
constexpr int kFirstEarly = 3;
constexpr int kSample = 6;
constexpr int kRounds = 15;

using Encode = std::function<QByteArray(const Llm::LlmRequest &)>;

/// Microseconds, the best of all rounds.
struct Times {
    double buildEarly = 1e9;
    double buildLate = 1e9;
    double bodyEarly = 1e9;
    double bodyLate = 1e9;
    double copyLate = 1e9; ///< of the bytes of the late body, once
};

double microseconds(const QElapsedTimer &timer)
{
    return double(timer.nsecsElapsed()) / 1e3;
}

void appendTurn(History &history, int turn)
{
    const QString id = u"call_%1"_s.arg(turn);
    Message answer{u"a%1"_s.arg(turn), Role::Assistant,
        {TextBlock{u"I look at it."_s}, ToolCallBlock{id, u"bash"_s, R"({"command":"git status"})", {}}}, {}};
    history.append(std::move(answer));
    history.append({u"u%1"_s.arg(turn), Role::User,
        {ToolResultBlock{id, u"a line of output, 한글 too\n"_s.repeated(40), false, {}}}, {}});
}

void playRound(const Encode &encode, const Llm::RequestRules &rules, Times &times)
{
    Agent::RequestBuilder builder(u"system"_s, {});
    History history;
    history.append({u"u0"_s, Role::User, {TextBlock{u"go"_s}}, {}});
    for (int turn = 1; turn <= kTurns; ++turn) {
        appendTurn(history, turn);
        QElapsedTimer timer;
        timer.start();
        const Llm::LlmRequest request = builder.build(history, turn, u"model"_s, rules);
        const double build = microseconds(timer);
        timer.start();
        QByteArray body = encode(request);
        const double whole = build + microseconds(timer);
        if (turn >= kFirstEarly && turn < kFirstEarly + kSample) {
            times.buildEarly = qMin(times.buildEarly, build);
            times.bodyEarly = qMin(times.bodyEarly, whole);
        } else if (turn > kTurns - kSample) {
            times.buildLate = qMin(times.buildLate, build);
            times.bodyLate = qMin(times.bodyLate, whole);
            const QByteArray shared = body;
            timer.start();
            body.detach();
            times.copyLate = qMin(times.copyLate, microseconds(timer));
        }
    }
}

QVector<Figure> measureProtocol(
    const QString &name, const Llm::RequestRules &rules, const std::function<Encode()> &makeEncode)
{
    Times times;
    for (int round = 0; round < kRounds; ++round)
        playRound(makeEncode(), rules, times);
    const double floor = times.bodyEarly + times.copyLate;
    return {
        {u"building request 500, %1; floor: request 5"_s.arg(name), u"us"_s, times.buildLate,
            times.buildEarly, 2.0, {}, {}},
        {u"and its body; floor: that of 5, and one copy"_s, u"us"_s, times.bodyLate, floor, 1.5, {}, {}},
    };
}

} // namespace

QVector<Figure> measureRequests(const Places &)
{
    Llm::RequestRules flat;
    flat.isFlat = true;
    flat.mayEndWithAnswer = false;
    return measureProtocol(u"Anthropic"_s, {}, [] {
        return [encoder = std::make_shared<Llm::AnthropicEncoder>()](
                   const Llm::LlmRequest &request) { return encoder->encode(request); };
    }) + measureProtocol(u"OpenAI"_s, flat, [] {
        return [encoder = std::make_shared<Llm::OpenAiEncoder>()](
                   const Llm::LlmRequest &request) { return encoder->encode(request, Llm::OpenAiDialect()); };
    });
}

} // namespace Meanwhile::Bench
