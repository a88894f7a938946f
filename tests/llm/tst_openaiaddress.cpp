// SPDX-License-Identifier: MIT
#include "llm/baseurl.h"
#include "llm/openai/openaiaddress.h"
#include "support/testregistry.h"

#include <QtTest>

using namespace Meanwhile::Llm;
using namespace Qt::StringLiterals;

class OpenAiAddressTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void findsTheEndpoints_data()
    {
        QTest::addColumn<QString>("base");
        QTest::addColumn<QString>("completions");
        QTest::addColumn<QString>("models");
        const auto add = [](const QString &base, const QString &root) {
            QTest::newRow(qPrintable(base)) << base << root + u"/chat/completions"_s << root + u"/models"_s;
        };
        add({}, u"https://api.openai.com/v1"_s);
        add(u"https://api.openai.com"_s, u"https://api.openai.com/v1"_s);
        add(u"https://api.openai.com/v1/"_s, u"https://api.openai.com/v1"_s);
        add(u"https://api.openai.com/v1/chat/completions"_s, u"https://api.openai.com/v1"_s);
        add(u"localhost:11434"_s, u"http://localhost:11434/v1"_s);
        add(u"127.0.0.1:8080/v1//"_s, u"http://127.0.0.1:8080/v1"_s);
        add(u"llm.example.org/api"_s, u"https://llm.example.org/api/v1"_s);
        add(u"https://openrouter.ai/api/v1"_s, u"https://openrouter.ai/api/v1"_s);
        add(u"https://api.example.org/api/paas/v4"_s, u"https://api.example.org/api/paas/v4"_s);
        add(u"https://gw.example.org/v1/account/compat"_s, u"https://gw.example.org/v1/account/compat"_s);
        add(u"https://g.example.org/v1beta/openai/"_s, u"https://g.example.org/v1beta/openai"_s);
        add(u"https://r.openai.azure.com"_s, u"https://r.openai.azure.com/openai/v1"_s);
        QTest::newRow("Azure, with a deployment")
            << u"https://r.openai.azure.com/openai/deployments/d/?api-version=2024-10-21"_s
            << u"https://r.openai.azure.com/openai/deployments/d/chat/completions?api-version=2024-10-21"_s
            << u"https://r.openai.azure.com/openai/models?api-version=2024-10-21"_s;
        QTest::newRow("Azure, the model is the deployment")
            << u"https://r.openai.azure.com?api-version=2024-10-21"_s
            << u"https://r.openai.azure.com/openai/deployments/m/chat/completions?api-version=2024-10-21"_s
            << u"https://r.openai.azure.com/openai/models?api-version=2024-10-21"_s;
    }

    void findsTheEndpoints()
    {
        QFETCH(QString, base);
        QFETCH(QString, completions);
        QFETCH(QString, models);
        const OpenAiAddress address(baseUrlFromText(base));
        QCOMPARE(address.completions(u"m"_s).toString(), completions);
        QCOMPARE(address.models().toString(), models);
    }

    void knowsWhatTheServersDisagreeAbout()
    {
        using Limit = OpenAiDialect::Limit;
        const auto dialect = [](const QString &base, const QString &model) {
            return OpenAiAddress(baseUrlFromText(base)).dialect(model);
        };
        QCOMPARE(dialect({}, u"m"_s), (OpenAiDialect{Limit::MaxCompletionTokens, true, true}));
        QCOMPARE(dialect(u"https://r.openai.azure.com"_s, u"m"_s).limit, Limit::MaxCompletionTokens);
        QCOMPARE(
            dialect(u"https://api.example.org"_s, u"m"_s), (OpenAiDialect{Limit::MaxTokens, true, true}));
        QCOMPARE(dialect(u"localhost:11434"_s, u"m"_s).limit, Limit::None);
        QCOMPARE(
            dialect(u"https://api.mistral.ai/v1"_s, u"m"_s), (OpenAiDialect{Limit::MaxTokens, false, false}));
        QCOMPARE(dialect(u"https://openrouter.ai/api/v1"_s, u"mistralai/devstral-small"_s),
            (OpenAiDialect{Limit::MaxTokens, true, false}));
    }
};

MEANWHILE_TEST(OpenAiAddressTest)
#include "tst_openaiaddress.moc"
