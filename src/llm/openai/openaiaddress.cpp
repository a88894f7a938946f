// SPDX-License-Identifier: MIT
#include "llm/openai/openaiaddress.h"

#include "llm/baseurl.h"

#include <QRegularExpression>
#include <QUrlQuery>

namespace Meanwhile::Llm {

using namespace Qt::StringLiterals;

namespace {

bool asksForVersion(const QUrl &url)
{
    return QUrlQuery(url).hasQueryItem(u"api-version"_s);
}

// As in /v1, /api/v4, /v1beta/openai.
bool namesItsVersion(const QString &path)
{
    static const QRegularExpression kVersion(u"/v[0-9]+[a-z0-9]*(/|$)"_s);
    return path.contains(kVersion) || path.endsWith(u"/openai"_s) || path.contains(u"/deployments/"_s);
}

} // namespace

OpenAiAddress::OpenAiAddress(QUrl base)
    : m_base(trimmedBase(
          base.isEmpty() ? QUrl(u"https://api.openai.com"_s) : std::move(base), u"/chat/completions"_s))
{
    const QString path = m_base.path();
    const bool isBareAzure = isAzure() && (path.isEmpty() || path == u"/openai");
    if (isBareAzure)
        m_base.setPath(asksForVersion(m_base) ? u"/openai"_s : u"/openai/v1"_s);
    else if (!namesItsVersion(path))
        m_base = below(m_base, u"/v1"_s);
}

bool OpenAiAddress::isOpenAi() const
{
    return m_base.host() == u"api.openai.com";
}

bool OpenAiAddress::isAzure() const
{
    return m_base.host().endsWith(u".azure.com") || asksForVersion(m_base);
}

QUrl OpenAiAddress::completions(const QString &model) const
{
    QUrl base = m_base;
    if (isAzure() && base.path().endsWith(u"/openai"))
        base = below(base, u"/deployments/"_s + QString::fromLatin1(QUrl::toPercentEncoding(model)));
    return below(base, u"/chat/completions"_s);
}

QUrl OpenAiAddress::models() const
{
    QUrl base = m_base;
    base.setPath(base.path().section(u"/deployments/"_s, 0, 0));
    return below(base, u"/models"_s);
}

OpenAiDialect OpenAiAddress::dialect(const QString &model) const
{
    OpenAiDialect dialect;
    if (isOpenAi() || isAzure())
        dialect.limit = OpenAiDialect::Limit::MaxCompletionTokens;
    else if (isLoopback(m_base))
        dialect.limit = OpenAiDialect::Limit::None; // its context may be smaller than any limit we would set
    // Mistral's API refuses fields that it does not know, and the templates of its models an order of roles
    // that others allow, wherever they run.
    dialect.asksForUsage = !m_base.host().endsWith(u"mistral.ai");
    static const QRegularExpression kMistral(
        u"mistral|ministral|mixtral|codestral|devstral|magistral|pixtral"_s,
        QRegularExpression::CaseInsensitiveOption);
    dialect.takesUserAfterTool = dialect.asksForUsage && !model.contains(kMistral);
    return dialect;
}

} // namespace Meanwhile::Llm
