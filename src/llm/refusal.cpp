// SPDX-License-Identifier: MIT
#include "llm/refusal.h"

#include "base/textlimits.h"
#include "llm/errorwords.h"
#include "llm/providererror.h"

#include <QRegularExpression>

namespace Meanwhile::Llm {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMaxReasonChars = 200;

const QRegularExpression &namedPart()
{
    static const QRegularExpression pattern(
        uR"(messages\.?\[?(\d{1,6})(?!\d)\]?(?:\.(content|tool_calls)\.?\[?(\d{1,6})\]?)?)"_s);
    return pattern;
}

const QRegularExpression &listedPart()
{
    static const QRegularExpression pattern(uR"(["']messages["']\s*,\s*(\d{1,6})\b)"_s);
    return pattern;
}

QString reasonIn(const Error &error)
{
    const qsizetype begin = error.detail.indexOf(u'{');
    const QString words = begin < 0 ? QString() : providerMessage(error.detail.sliced(begin).toUtf8());
    return clipMiddle((words.isEmpty() ? error.message : words).simplified(), kMaxReasonChars);
}

} // namespace

std::optional<RefusedPart> refusedPart(const Error &error)
{
    if (error.kind != ErrorKind::BadRequest)
        return std::nullopt;
    for (const QString &text : {error.detail, error.message}) {
        if (const auto match = namedPart().match(text); match.hasMatch()) {
            RefusedPart part{match.captured(1).toInt(), -1, match.captured(2) == u"tool_calls"_s, {}};
            if (match.hasCaptured(3))
                part.block = match.captured(3).toInt();
            part.reason = reasonIn(error);
            return part;
        }
        if (const auto match = listedPart().match(text); match.hasMatch())
            return RefusedPart{match.captured(1).toInt(), -1, false, reasonIn(error)};
    }
    return std::nullopt;
}

bool isPromptTooLong(const Error &error)
{
    if (error.kind == ErrorKind::TooLarge)
        return true;
    return error.kind == ErrorKind::BadRequest &&
           (saysTooLong(400, error.detail) || saysTooLong(400, error.message));
}

} // namespace Meanwhile::Llm
