// SPDX-License-Identifier: MIT
#include "agent/requestbuilder.h"
#include "anyhistory.h"
#include "base/sanitizers.h"
#include "llm/anthropic/anthropicencoder.h"
#include "llm/openai/openaiencoder.h"
#include "requestcheck.h"
#include "support/testregistry.h"

#include <QTest>

using namespace Meanwhile;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;

namespace {

// The sanitizers take a millisecond for each.
#ifdef MEANWHILE_IS_SANITIZED
constexpr quint64 kHistories = 25'000;
#else
constexpr quint64 kHistories = 100'000;
#endif

QByteArray withoutMarks(QByteArray body)
{
    return body.replace(R"(,"cache_control":{"type":"ephemeral"})", "");
}

/// The list of messages, without its closing bracket.
QByteArray messagesIn(const QByteArray &body)
{
    const qsizetype begin = body.indexOf(R"("messages":[)");
    return body.sliced(begin, body.lastIndexOf(']') - begin);
}

RequestLimits limitsOf(const AnyHistory &any)
{
    const Llm::RequestRules &rules = any.rules();
    RequestLimits limits{rules.maxImageBytes, rules.maxImageSide, rules.manyImages, rules.maxSideOfMany,
        rules.maxImages, rules.maxImageBytesTogether, any.signature(), rules.callIdLength};
    if (!rules.takesImages)
        limits.images = 0;
    if (!rules.takesThinking)
        limits.signature.clear();
    return limits;
}

/// One conversation, its builder and its encoder, and the request before.
class Talk {
public:
    explicit Talk(quint64 seed)
        : m_any(seed)
        , m_builder(u"system"_s, {})
    {
    }

    /// What is wrong; empty when nothing is.
    QString play()
    {
        const int exchanges = 1 + m_any.below(m_any.chance(10) ? 14 : 5);
        for (int i = 0; i < exchanges; ++i) {
            m_any.grow();
            if (i + 1 < exchanges && m_any.chance(30))
                continue;
            if (QString wrong = request(i + 1 == exchanges); !wrong.isEmpty())
                return wrong;
        }
        return {};
    }

private:
    QString request(bool isLast)
    {
        const Llm::LlmRequest request = m_builder.build(m_any.history(), 1, m_any.model(), m_any.rules());
        Llm::OpenAiDialect dialect;
        dialect.takesUserAfterTool = m_any.rules().wordsMayFollowResults;
        const bool isFlat = m_any.rules().isFlat;
        const QByteArray body = isFlat ? m_openAi.encode(request, dialect) : m_anthropic.encode(request);
        if (isLast) {
            const QString wrong = isFlat ? wrongForOpenAi(body, limitsOf(m_any), dialect.takesUserAfterTool)
                                         : wrongForAnthropic(body, limitsOf(m_any));
            if (!wrong.isEmpty())
                return wrong + u"\n"_s + QString::fromUtf8(body);
            const QByteArray fresh = isFlat ? Llm::OpenAiEncoder().encode(request, dialect)
                                            : Llm::AnthropicEncoder().encode(request);
            if (messagesIn(withoutMarks(fresh)) != messagesIn(withoutMarks(body)))
                return u"the encoder remembers what the request does not say"_s;
            Agent::RequestBuilder another(u"system"_s, {});
            if (another.build(m_any.history(), 1, m_any.model(), m_any.rules()).messages != request.messages)
                return u"another run of the program makes another request"_s;
        }
        const QByteArray messages = messagesIn(withoutMarks(body));
        const bool mustContinue = !m_any.takeBreak() && !m_hadTail && !mayDropImages();
        const bool continues = messages.startsWith(m_before);
        if (mustContinue && request.generation != m_generation && m_generation != 0)
            return u"a new generation without a reason"_s;
        if (request.generation == m_generation && !continues)
            return u"does not begin with the request before:\n%1\n%2"_s.arg(
                QString::fromUtf8(m_before), QString::fromUtf8(messages));
        m_before = messages;
        m_generation = request.generation;
        m_hadTail = request.messages.last().id == u"tail"_s;
        return {};
    }

    bool mayDropImages() const { return m_any.imageCount() > m_any.rules().manyImages; }

    AnyHistory m_any;
    Agent::RequestBuilder m_builder;
    Llm::AnthropicEncoder m_anthropic;
    Llm::OpenAiEncoder m_openAi;
    QByteArray m_before;
    quint64 m_generation = 0;
    bool m_hadTail = false;
};

} // namespace

/// Seeded histories. MEANWHILE_SEED=N plays that one alone and shows its request.
class AnyHistoryTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void becomesARequestThatTheProviderTakes()
    {
        const quint64 alone = qEnvironmentVariable("MEANWHILE_SEED").toULongLong();
        const quint64 first = alone > 0 ? alone : 1;
        const quint64 last = alone > 0 ? alone : kHistories;
        for (quint64 seed = first; seed <= last; ++seed) {
            const QString wrong = Talk(seed).play();
            if (alone > 0 && !wrong.isEmpty())
                qInfo().noquote() << wrong; // QtTest shows the beginning alone
            QVERIFY2(wrong.isEmpty(), qPrintable(u"seed %1: %2"_s.arg(seed).arg(wrong)));
        }
    }
};

MEANWHILE_TEST(AnyHistoryTest)
#include "tst_anyhistory.moc"
