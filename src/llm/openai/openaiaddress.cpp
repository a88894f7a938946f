// SPDX-License-Identifier: MIT
#include "llm/openai/openaiaddress.h"

#include "llm/baseurl.h"

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
    for (qsizetype at = path.indexOf(u"/v"); at >= 0; at = path.indexOf(u"/v", at + 1)) {
        if (at + 2 < path.size() && path.at(at + 2).isDigit())
            return true;
    }
    return path.endsWith(u"/openai") || path.contains(u"/deployments/");
}

bool isMistrals(const QString &model)
{
    for (const auto part : {"mistral"_L1, "ministral"_L1, "mixtral"_L1, "codestral"_L1, "devstral"_L1,
             "magistral"_L1, "pixtral"_L1}) {
        if (model.contains(part, Qt::CaseInsensitive))
            return true;
    }
    return false;
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
    dialect.takesUserAfterTool = dialect.asksForUsage && !isMistrals(model);
    return dialect;
}

} // namespace Meanwhile::Llm
