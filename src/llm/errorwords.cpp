// SPDX-License-Identifier: MIT
#include "llm/errorwords.h"

#include <QRegularExpression>

namespace Meanwhile::Llm {

using namespace Qt::StringLiterals;

namespace {

// The words of each server, whole, are rows of tests/llm/tst_errorwords.cpp. Patterns are wider than one
// server's sentence where no other error is worded so.
constexpr char16_t kTooLong[] =
    uR"((prompt|input|conversation|messages?|history|request)( is| are|_is)?[ _]too[ _](long|large))"
    uR"(|request entity too large|payload too large|request body too large|too large for model)"
    uR"(|context[ _-]?(length|window|size|limit)|exceed_context_size|context (the )?overflow)"
    uR"(|maximum (allowed )?(prompt|model|input|sequence) length)"
    uR"(|reduce (the |your )?(length of the |length of your |size of the )?(messages?|prompt|input)\b)"
    uR"(|token count.{0,60}exceed|(input|prompt|sequence) length.{0,60}exceed|input tokens exceed)"
    uR"(|exceed(s|ed)? (the )?(model('s)? )?token limit|token limit exceeded|too many (input |prompt )?tokens)"
    uR"(|tokens.{0,3} \+ .{0,3}max_new_tokens|inputs?.{0,3} must have less than \d+ tokens)"
    uR"(|number of tokens.{0,40}(cannot exceed|exceeds)|range of input length should be)"
    uR"(|current length is \d+ while limit|request exceeds the maximum size)"
    uR"(|prompt\s*超长|上下文(长度|窗口)|输入.{0,8}(超过|超出|过长))";

// Among the words for a rate limit: a request that is more than a minute's tokens never passes.
constexpr char16_t kMoreThanAMinutes[] = uR"(request too large|input or output tokens must be reduced)";

constexpr char16_t kUsedUp[] =
    uR"(insufficient[_ ](quota|credits?|balance|funds)|exceeded_current_quota|billing_(hard_limit|not_active|error))"
    uR"(|billing hard limit|account is not active|credit balance is too low|requires more credits)"
    uR"(|(no|not enough|out of|ran out of|run out of|used all available|purchase more|add more) credits?\b)"
    uR"(|credits? (limit )?(is |are |has been |have been )?(exhausted|exceeded|depleted|used up))"
    uR"(|monthly included credits|spend(ing)?[ -]limit|reached your specified api usage limits|key limit exceeded)"
    uR"(|payment required|payment method|past invoices|arrearage|good standing|please recharge)"
    uR"(|余额不足|欠费|额度不足)";

// Means either: Google says so of a minute's quota, too, and then when to come back.
constexpr char16_t kPerhapsUsedUp[] =
    uR"(exceeded your current quota|quota (was |has been |is )?exceeded|free-models-per-day)";
constexpr char16_t kComesBack[] =
    uR"((retry|try again) (in|after) [\d.]+|retrydelay|per[ _-]?minute|per[ _-]?second)";
constexpr char16_t kNotToday[] = uR"(per[ _-]?day|limit: 0\b)";

QRegularExpression compiled(const char16_t *pattern)
{
    return QRegularExpression(QString::fromUtf16(pattern), QRegularExpression::CaseInsensitiveOption);
}

} // namespace

bool saysTooLong(int status, const QString &words)
{
    if (status == 413)
        return true;
    static const QRegularExpression tooLong = compiled(kTooLong);
    static const QRegularExpression moreThanAMinutes = compiled(kMoreThanAMinutes);
    if (status == 429)
        return moreThanAMinutes.match(words).hasMatch();
    const bool mayMean = status == 0 || status == 400 || status == 422 || (status >= 500 && status != 529);
    return mayMean && tooLong.match(words).hasMatch();
}

bool saysQuotaUsedUp(int status, const QString &words)
{
    if (status == 402)
        return true;
    const bool mayMean = status == 0 || status == 400 || status == 403 || status == 412 || status == 429;
    if (!mayMean)
        return false;
    static const QRegularExpression usedUp = compiled(kUsedUp);
    static const QRegularExpression perhapsUsedUp = compiled(kPerhapsUsedUp);
    static const QRegularExpression comesBack = compiled(kComesBack);
    static const QRegularExpression notToday = compiled(kNotToday);
    if (usedUp.match(words).hasMatch())
        return true;
    return perhapsUsedUp.match(words).hasMatch() &&
           (notToday.match(words).hasMatch() || !comesBack.match(words).hasMatch());
}

} // namespace Meanwhile::Llm
