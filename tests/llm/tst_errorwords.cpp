// SPDX-License-Identifier: MIT
#include "base/jsontext.h"
#include "llm/providererror.h"
#include "llm/refusal.h"
#include "support/testregistry.h"
#include "wire/retrypolicy.h"

#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

using namespace Meanwhile;
using namespace Meanwhile::Llm;
using namespace Qt::StringLiterals;

static QByteArray bodyWith(const QByteArray &words)
{
    if (words.startsWith('{') || words.startsWith('['))
        return words;
    return compactJson({{u"error"_s, QJsonObject{{u"message"_s, QString::fromUtf8(words)}}}});
}

/// The sentences of the servers, word for word, through the error that a client makes of them.
class ErrorWordsTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void sendsNobodyToTheSettingsFromTheSettings()
    {
        // A list is asked for by them; a request by a conversation.
        for (const int status : {401, 403, 404}) {
            const QString list = errorForStatus(status, bodyWith("no"), {}).message;
            QVERIFY2(!list.contains(u"Settings"_s), qPrintable(list));
            const QString request = errorForStatus(status, bodyWith("no"), u"m"_s).message;
            QVERIFY2(request.contains(u"Settings"_s), qPrintable(request));
        }
        QVERIFY(!noModelList().message.contains(u"Settings"_s));
    }

    void makesRoomForWhatIsTooLong_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("words");
        const auto row = [](const char *name, const QByteArray &words, int status = 400) {
            QTest::newRow(name) << status << words;
        };
        row("Anthropic", "prompt is too long: 213462 tokens > 200000 maximum");
        row("Anthropic, with its answer",
            "input length and `max_tokens` exceed context limit: 188240 + 21333 > 200000");
        row("Anthropic, size",
            R"({"type":"error","error":{"type":"request_too_large","message":"Request exceeds the maximum size"}})",
            413);
        row("OpenAI", "This model's maximum context length is 8192 tokens. However, your messages resulted "
                      "in 8545 tokens. Please reduce the length of the messages.");
        row("OpenAI, newer",
            R"({"error":{"message":"Your input exceeds the context window of this model. Please adjust your input and try again.","type":"invalid_request_error","code":"context_length_exceeded"}})");
        row("OpenAI, newest", "Input tokens exceed the configured limit of 272000 tokens. Your messages "
                              "resulted in 300000 tokens.");
        row("OpenAI, more than a minute's",
            "Request too large for gpt-4o in organization org-1 on tokens per min (TPM): Limit 30000, "
            "Requested 33000. The input or output tokens must be reduced in order to run successfully.",
            429);
        row("OpenRouter",
            "This endpoint's maximum context length is 131072 tokens. However, you requested about 140000 "
            "tokens (139000 of text input, 1000 in the output). Please reduce the length of either one.");
        row("OpenRouter, Poolside",
            "Input length 200000 exceeds the maximum allowed input length of 131072 tokens.");
        row("DeepSeek", "This model's maximum context length is 65536 tokens. However, you requested 70000 "
                        "tokens (69000 in the messages, 1000 in the completion).");
        row("Mistral", "Prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768 "
                       "maximum context length");
        row("Mistral, 422",
            R"({"object":"error","message":"Prompt contains 40000 tokens, too large for model with 32768 maximum context length","type":"invalid_request_prompt"})",
            422);
        row("Groq", "Please reduce the length of the messages or completion. Current length is 9000 while "
                    "limit is 8192");
        row("Groq, a minute's",
            "Request too large for model `llama-3.1-8b-instant` in organization `org` on tokens per minute "
            "(TPM): Limit 6000, Requested 9000, please reduce your message size and try again.",
            413);
        row("Azure",
            R"({"error":{"message":"This model's maximum context length is 16385 tokens, however you requested 20000 tokens (19000 in your prompt; 1000 for the completion). Please reduce your prompt; or completion length.","type":"invalid_request_error","code":null}})");
        row("Gemini",
            R"([{"error":{"code":400,"message":"The input token count (1196265) exceeds the maximum number of tokens allowed (1048575).","status":"INVALID_ARGUMENT"}}])");
        row("Ollama",
            R"({"error":{"message":"the prompt is longer than the context length currently available to the model; shorten the prompt, adjust the context length in settings, or use a model with a longer context","type":"api_error"}})");
        row("Ollama, input",
            R"({"error":{"message":"the input length exceeds the context length","type":"invalid_request_error"}})");
        row("Ollama, 500",
            R"({"error":{"message":"the input length exceeds the context length","type":"api_error"}})", 500);
        row("Ollama, cloud", "prompt too long; exceeded max context length by 4000 tokens");
        row("llama.cpp",
            R"({"error":{"code":400,"message":"request (8889 tokens) exceeds the available context size (4096 tokens), try increasing it","type":"exceed_context_size_error","n_prompt_tokens":8889,"n_ctx":4096}})");
        row("llama.cpp, older",
            "the request exceeds the available context size. try increasing the context size or enable "
            "context shift",
            500);
        row("vLLM",
            R"({"object":"error","message":"This model's maximum context length is 4096 tokens. However, you requested 5000 tokens (4500 in the messages, 500 in the completion).","type":"BadRequestError","param":null,"code":400})");
        row("vLLM, newer",
            R"({"error":{"message":"The decoder prompt (length 5000) is longer than the maximum model length of 4096. Make sure that `max_model_len` is no smaller than the number of text tokens.","type":"BadRequestError","code":400}})");
        row("LM Studio",
            R"({"error":"Trying to keep the first 15857 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens, which is not enough. Try to load the model with a larger context length, or provide a shorter input"})");
        row("LM Studio, prompt",
            R"({"error":"The number of tokens to keep from the initial prompt is greater than the context length. Try to load the model with a larger context length, or provide a shorter input"})");
        row("LM Studio, MLX", R"({"error":"Context size has been exceeded."})", 500);
        row("SGLang",
            R"({"object":"error","message":"The input (61709 tokens) is longer than the model's context length (40960 tokens).","type":"BadRequestError","param":null,"code":400})");
        row("SGLang, requested", "Requested token count exceeds the model's maximum context length of 32768 "
                                 "tokens. You requested a total of 40000 tokens");
        row("SGLang, allowed", "Input length (160062 tokens) exceeds the maximum allowed length (59862 "
                               "tokens). Use a shorter input or enable --allow-auto-truncate.");
        row("TGI",
            R"({"error":"Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096. Given: 5000 `inputs` tokens and 100 `max_new_tokens`","error_type":"validation"})",
            422);
        row("TGI, inputs",
            R"({"error":"Input validation error: `inputs` must have less than 4095 tokens. Given: 5000","error_type":"validation"})",
            422);
        row("Together",
            "The input (300000 tokens) is longer than the model's context length (131072 tokens).", 422);
        row("Together, sum",
            "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 8193. Given: 9000 "
            "`inputs` tokens and 1000 `max_new_tokens`",
            422);
        row("Fireworks",
            R"({"error":{"object":"error","type":"invalid_request_error","message":"The prompt is too long: 140000, model maximum context length: 131071"}})");
        row("xAI",
            R"({"code":"Client specified an invalid argument","error":"This model's maximum prompt length is 131072 but the request contains 537812 tokens."})");
        row("Cohere",
            R"({"message":"too many tokens: total number of tokens in the prompt cannot exceed 128000 - received 130000. Try using a shorter prompt, or enabling prompt truncating."})");
        row("Cerebras", "Please reduce the length of the messages or completion. Current length is 70000 "
                        "while limit is 65536");
        row("Bedrock", "Input is too long for requested model.");
        row("Copilot",
            R"({"error":{"message":"prompt token count of 93854 exceeds the limit of 90000","code":"model_max_prompt_tokens_exceeded"}})");
        row("Moonshot",
            "Invalid request: Your request exceeded model token limit: 262144 (requested: 270000)");
        row("MiniMax",
            R"({"type":"error","error":{"type":"bad_request_error","message":"invalid params, context window exceeds limit"}})");
        row("Qwen", "Range of input length should be [1, 30720]");
        row("Zhipu", R"({"error":{"code":"1261","message":"Prompt 超长"}})");
        row("nginx", "<html><head><title>413 Request Entity Too Large</title></head></html>", 413);
        row("a proxy, 400", R"({"error":"Request Entity Too Large"})");
    }
    void makesRoomForWhatIsTooLong()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, words);
        const QByteArray body = bodyWith(words);
        const Error error = errorForStatus(status, body, u"model"_s);
        QCOMPARE(nameOf(error.kind), u"too_large"_s);
        QVERIFY(isPromptTooLong(error));
        QVERIFY2(error.message.contains(u"does not fit this model"_s), qPrintable(error.message));
        QVERIFY(!Wire::RetryPolicy().delayAfter(error, {}));

        // The same in mid-answer, as gateways send it.
        const QJsonDocument document = QJsonDocument::fromJson(body);
        const QJsonValue inner = document.object().value(u"error"_s);
        if (document.isObject() && status == 400)
            QVERIFY(isPromptTooLong(errorInStream(inner.isUndefined() ? document.object() : inner)));
    }

    void doesNotTryAgainWhatIsUsedUp_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("words");
        const auto row = [](const char *name, int status, const QByteArray &words) {
            QTest::newRow(name) << status << words;
        };
        row("OpenAI", 429,
            R"({"error":{"message":"You exceeded your current quota, please check your plan and billing details.","type":"insufficient_quota","param":null,"code":"insufficient_quota"}})");
        row("OpenAI, hard limit", 400,
            R"({"error":{"message":"Billing hard limit has been reached","type":"invalid_request_error","code":"billing_hard_limit_reached"}})");
        row("OpenAI, inactive", 429,
            R"({"error":{"message":"Your account is not active, please check your billing details on our website.","type":"billing_not_active","code":"billing_not_active"}})");
        row("Anthropic", 400,
            R"({"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits."}})");
        row("Anthropic, own limit", 400,
            "You have reached your specified API usage limits. You will regain access on 2026-12-01 at 00:00 "
            "UTC.");
        row("Anthropic, billing", 402,
            R"({"type":"error","error":{"type":"billing_error","message":"Your payment failed."}})");
        row("DeepSeek", 402,
            R"({"error":{"message":"Insufficient Balance","type":"unknown_error","code":"invalid_request_error"}})");
        row("OpenRouter", 402,
            "This request requires more credits, or fewer max_tokens. You requested up to 16000 tokens, but "
            "can "
            "only afford 300.");
        row("OpenRouter, account", 402,
            "Insufficient credits. Add more using https://openrouter.ai/settings/credits");
        row("OpenRouter, key", 403,
            "Key limit exceeded (total limit). Manage it using https://openrouter.ai/settings/keys");
        row("OpenRouter, free", 429,
            "Rate limit exceeded: free-models-per-day. Add 10 credits to unlock 1000 free model requests per "
            "day");
        row("xAI", 429,
            "Your team 16f2151a has either used all available credits or reached its monthly spending limit. "
            "To "
            "continue making API requests, please purchase more credits or raise your spending limit.");
        row("Fireworks", 412,
            "Account a is suspended, possibly due to reaching the monthly spending limit or failure to pay "
            "past "
            "invoices.");
        row("Hugging Face", 402, "You have exceeded your monthly included credits for Inference Providers.");
        row("Moonshot", 429,
            R"({"error":{"message":"Your account is suspended, please check your plan and billing details","type":"exceeded_current_quota_error"}})");
        row("Zhipu", 429,
            R"({"error":{"code":"1113","message":"Insufficient balance or no resource package. Please recharge."}})");
        row("Gemini, a day's", 429,
            R"([{"error":{"code":429,"message":"You exceeded your current quota, please check your plan and billing details. Please retry in 20.0s.","status":"RESOURCE_EXHAUSTED","details":[{"violations":[{"quotaId":"GenerateRequestsPerDayPerProjectPerModel-FreeTier"}]},{"retryDelay":"20s"}]}}])");
        row("Gemini, none at all", 429,
            R"([{"error":{"code":429,"message":"You exceeded your current quota, please check your plan and billing details. * Quota exceeded for metric: generate_content_free_tier_requests, limit: 0, model: gemini-2.5-pro Please retry in 20.0s.","status":"RESOURCE_EXHAUSTED"}}])");
        row("no words", 402, "");
    }
    void doesNotTryAgainWhatIsUsedUp()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, words);
        const Error error = errorForStatus(status, bodyWith(words), u"model"_s);
        QCOMPARE(nameOf(error.kind), u"permission_denied"_s);
        QVERIFY2(error.message.contains(u"Add credit"_s), qPrintable(error.message));
        QVERIFY(!Wire::RetryPolicy().delayAfter(error, {}));
        QVERIFY(!isPromptTooLong(error));
    }

    void staysWhatItIs_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("words");
        QTest::addColumn<QString>("kind");
        const auto row = [](const char *name, int status, const QByteArray &words, const QString &kind) {
            QTest::newRow(name) << status << words << kind;
        };
        const QString rate = u"rate_limited"_s;
        row("OpenAI, rate", 429,
            "Rate limit reached for gpt-4o in organization org-1 on tokens per min (TPM): Limit 30000, Used "
            "29000, Requested 2000. Please try again in 2s.",
            rate);
        row("Anthropic, rate", 429,
            R"({"type":"error","error":{"type":"rate_limit_error","message":"This request would exceed your organization's rate limit of 40,000 input tokens per minute."}})",
            rate);
        row("Azure, rate", 429,
            "Requests to the ChatCompletions_Create Operation under Azure OpenAI API version 2024-02-01 have "
            "exceeded token rate limit of your current OpenAI S0 pricing tier. Please retry after 22 "
            "seconds. "
            "Please go here: https://aka.ms/oai/quotaincrease if you would like to further increase the "
            "default "
            "rate limit.",
            rate);
        row("Gemini, a minute's", 429,
            R"([{"error":{"code":429,"message":"You exceeded your current quota, please check your plan and billing details. Please retry in 20.0s.","status":"RESOURCE_EXHAUSTED","details":[{"violations":[{"quotaId":"GenerateRequestsPerMinutePerProjectPerModel"}]},{"retryDelay":"20s"}]}}])",
            rate);
        row("Groq, rate", 429,
            "Rate limit reached for model `llama` on requests per minute (RPM): Limit 30, Used 30, Requested "
            "1. "
            "Please try again in 1.2s.",
            rate);
        row("Bedrock, rate", 429, "Too many tokens, please wait before trying again.", rate);
        row("OpenRouter, upstream", 429,
            "Provider returned error: model is temporarily rate-limited upstream. Please retry shortly, or "
            "add "
            "your own key",
            rate);
        row("an output limit", 400,
            "max_tokens is too large: 16000. This model supports at most 4096 completion tokens, whereas you "
            "provided 16000.",
            u"bad_request"_s);
        row("an output limit, other words", 400, "max_tokens exceeds the limit of 8192", u"bad_request"_s);
        row("an image", 400,
            "messages.0.content.1.image.source.base64: image exceeds 5 MB maximum: 6291456 bytes > 5242880 "
            "bytes",
            u"bad_request"_s);
        row("a tool's name", 400, "tools.0.name: String should have at most 64 characters", u"bad_request"_s);
        row("an id", 400,
            "Invalid 'messages[5].tool_calls[1].id': string too long. Expected a string with maximum length "
            "40, "
            "but got a string with length 60 instead.",
            u"bad_request"_s);
        row("an invoice's fault", 500, "upstream billing service timeout", u"overloaded"_s);
        row("overloaded", 529, "Overloaded", u"overloaded"_s);
        row("a wrong key", 401,
            "Incorrect API key provided: sk-1. You can find your API key at "
            "https://platform.openai.com/account/api-keys.",
            u"authentication"_s);
        row("no right", 403, "Your key has no access to this model", u"authentication"_s);
    }
    void staysWhatItIs()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, words);
        QFETCH(QString, kind);
        QCOMPARE(nameOf(errorForStatus(status, bodyWith(words), u"model"_s).kind), kind);
    }
};

MEANWHILE_TEST(ErrorWordsTest)
#include "tst_errorwords.moc"
