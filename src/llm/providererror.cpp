// SPDX-License-Identifier: MIT
#include "llm/providererror.h"

#include "base/textlimits.h"
#include "llm/errorwords.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace Meanwhile::Llm {

using namespace Qt::StringLiterals;

static QString tr(const char *text)
{
    return QCoreApplication::translate("Meanwhile::Llm", text);
}

namespace {

// The words may stand as deep as {"error":{"message":{"detail":[{"msg":…}]}}}.
QString wordsIn(const QJsonValue &value, int depth = 0)
{
    if (value.isString() || depth > 6)
        return clipMiddle(value.toString().simplified(), 300);
    if (value.isArray())
        return wordsIn(value.toArray().first(), depth + 1);
    const QJsonObject object = value.toObject();
    for (const auto key : {"error"_L1, "message"_L1, "detail"_L1, "msg"_L1}) {
        const QString words = wordsIn(object.value(key), depth + 1);
        if (!words.isEmpty())
            return words;
    }
    return {};
}

int numberIn(const QJsonValue &value)
{
    return value.isString() ? value.toString().toInt() : value.toInt();
}

// The HTTP status this error would have had; 0 where neither a number nor a known word tells.
int statusOf(const QJsonObject &error)
{
    for (const auto key : {"status_code"_L1, "status"_L1, "code"_L1}) {
        const int number = numberIn(error.value(key));
        if (number >= 400 && number < 600)
            return number;
    }
    static constexpr struct {
        QLatin1StringView part;
        int status;
    } kWords[] = {
        {"overloaded"_L1, 529},
        {"rate_limit"_L1, 429},
        {"quota"_L1, 429},
        {"authentication"_L1, 401},
        {"permission"_L1, 403},
        {"api_key"_L1, 401},
        {"not_found"_L1, 404},
        {"too_large"_L1, 413},
        {"invalid"_L1, 400},
        {"badrequest"_L1, 400},
        {"bad_request"_L1, 400},
        {"context_length"_L1, 400},
        {"unavailable"_L1, 503},
        {"timeout"_L1, 504},
        {"api_error"_L1, 500},
        {"server"_L1, 500},
        {"internal"_L1, 500},
    };
    for (const auto key : {"type"_L1, "code"_L1}) {
        const QString word = error.value(key).toString().toLower();
        for (const auto &known : kWords) {
            if (word.contains(known.part))
                return known.status;
        }
    }
    return 0;
}

} // namespace

QString providerMessage(const QByteArray &body)
{
    const QJsonDocument document = QJsonDocument::fromJson(body);
    return wordsIn(document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object()));
}

Error errorInStream(const QJsonValue &error)
{
    const QJsonObject object = error.toObject();
    const QJsonObject inner = object.value("error"_L1).toObject();
    const int status = statusOf(inner.isEmpty() ? object : inner);
    const QString words = wordsIn(error);
    const QByteArray json = QJsonDocument(QJsonObject{{u"error"_s, error}}).toJson(QJsonDocument::Compact);
    const bool isPlain = status != 0 && status != 404 && status != 500;
    if (isPlain || saysTooLong(status, QString::fromUtf8(json)) ||
        saysQuotaUsedUp(status, QString::fromUtf8(json)))
        return errorForStatus(status, json, {});
    const QString text = tr("The provider ended the answer with an error. Try again in a moment.");
    return {status == 500 ? ErrorKind::Overloaded : ErrorKind::Protocol,
        words.isEmpty() ? text : text + u' ' + tr("The provider said: %1").arg(words),
        clipMiddle(cleanText(json), 2'000)};
}

Error brokenAnswer()
{
    return {ErrorKind::Network, tr("The answer broke off before its end. Try again."), {}};
}

Error emptyAnswer()
{
    return {ErrorKind::Network, tr("The provider ended the connection without an answer. Try again."), {}};
}

Error tooLongAnswer()
{
    return {ErrorKind::Protocol, tr("The provider sent an answer that is too large to read. Try again."), {}};
}

Error unreadableAnswer(const QString &why, const QByteArray &data)
{
    return {ErrorKind::Protocol, tr("The provider sent an answer that cannot be read. Try again."),
        why + u" in: "_s + clipMiddle(cleanText(data.first(qMin<qsizetype>(data.size(), 1'000))), 200)};
}

Error noAnswer(const QByteArray &body)
{
    const QString text =
        tr("The address answered with something that is not a model's answer, perhaps a web page. "
           "Check the address in "
           "Settings.");
    const QString words = providerMessage(body);
    return {ErrorKind::Protocol,
        words.isEmpty() ? text : text + u' ' + tr("The provider said: %1").arg(words),
        clipMiddle(cleanText(body.first(qMin<qsizetype>(body.size(), 2'000))), 500)};
}

Error noModelList()
{
    return {
        ErrorKind::Protocol, tr("The address did not answer with a list of models. Check the address."), {}};
}

Error missingKey(const QString &provider, const QString &variable)
{
    return {ErrorKind::Authentication,
        tr("There is no key for %1 yet. Add one in Settings, or set %2 before the start.")
            .arg(provider, variable),
        {}};
}

Error missingModel()
{
    return {ErrorKind::InvalidArgument,
        tr("No model is chosen yet. Choose one in Settings, or name it with --model at the start."), {}};
}

static Error wordedError(int status, const QByteArray &body, const QString &model)
{
    const QString words = providerMessage(body);
    const QString detail = u"HTTP %1 "_s.arg(status) + clipMiddle(cleanText(body), 2'000);
    const auto with = [&](const QString &text) {
        return words.isEmpty() ? text : text + u' ' + tr("The provider said: %1").arg(words);
    };
    const QString said = words + u'\n' + detail; // escapes and line ends in either
    const bool isOfList = model.isEmpty();       // asked for in the settings, where the remedy is at hand
    if (saysQuotaUsedUp(status, said))
        return {ErrorKind::PermissionDenied,
            with(tr("The credit or quota of your account at the provider is used up. Add credit or raise the "
                    "limit there, or choose another provider in Settings; then try again.")),
            detail};
    if (saysTooLong(status, said))
        return {ErrorKind::TooLarge,
            with(tr("The request does not fit this model, or is more than the provider takes at once. Choose "
                    "a model with a larger context window in Settings, or start a new conversation.")),
            detail};
    switch (status) {
    case 401:
    case 403:
        return {ErrorKind::Authentication,
            with(isOfList ? tr("The key was rejected. Enter another key.")
                          : tr("The key was rejected. Enter another key in Settings.")),
            detail};
    case 404:
        if (isOfList)
            return {ErrorKind::NotFound,
                with(tr("No model API was found at this address. Check the address.")), detail};
        return {ErrorKind::UnknownModel,
            with(tr("The provider does not know the model “%1” at this address. Choose another model or "
                    "check the address in "
                    "Settings.")
                     .arg(model)),
            detail};
    case 429:
        return {ErrorKind::RateLimited,
            with(tr("The provider's limit for this key is reached. Wait a moment, then try again.")), detail};
    case 529:
        return {ErrorKind::Overloaded, with(tr("The provider is overloaded. Wait a moment, then try again.")),
            detail};
    default:
        break;
    }
    if (status >= 300 && status < 400) {
        return {ErrorKind::Network,
            tr("The address answers with a redirect, which is not followed so that the key stays where it "
               "belongs. Put the final address into Settings."),
            detail};
    }
    if (status >= 500)
        return {ErrorKind::Overloaded,
            with(tr("The provider reported a server error (HTTP %1). Try again in a moment.").arg(status)),
            detail};
    return {
        ErrorKind::BadRequest, with(tr("The provider refused the request (HTTP %1).").arg(status)), detail};
}

Error errorForStatus(int status, const QByteArray &body, const QString &model)
{
    Error error = wordedError(status, body, model);
    error.httpStatus = status;
    return error;
}

} // namespace Meanwhile::Llm
