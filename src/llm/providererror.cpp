// SPDX-License-Identifier: MIT
#include "llm/providererror.h"

#include "base/textlimits.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

namespace Meanwhile::Llm {

using namespace Qt::StringLiterals;

static QString tr(const char *text)
{
    return QCoreApplication::translate("Meanwhile::Llm", text);
}

QString providerMessage(const QByteArray &body)
{
    const QJsonObject object = QJsonDocument::fromJson(body).object();
    const QJsonValue error = object.value(u"error"_s);
    for (const QJsonValue &candidate :
        {error.toObject().value(u"message"_s), object.value(u"message"_s), error}) {
        if (candidate.isString() && !candidate.toString().isEmpty())
            return clipMiddle(candidate.toString().simplified(), 300);
    }
    return {};
}

Error errorForStatus(int status, const QByteArray &body, const QString &model)
{
    const QString words = providerMessage(body);
    const QString detail = u"HTTP %1 "_s.arg(status) + clipMiddle(cleanText(body), 2'000);
    const auto with = [&](const QString &text) {
        return words.isEmpty() ? text : text + u' ' + tr("The provider said: %1").arg(words);
    };
    switch (status) {
    case 401:
    case 403:
        return {ErrorKind::Authentication,
            with(tr("The provider did not accept the key. Check the key in Settings.")), detail};
    case 404:
        if (model.isEmpty())
            return {ErrorKind::NotFound,
                with(tr("Nothing of a model provider is at this address. Check the address in Settings.")),
                detail};
        return {ErrorKind::UnknownModel,
            with(tr("The provider does not know the model “%1” at this address. Choose another model or "
                    "check the address in "
                    "Settings.")
                     .arg(model)),
            detail};
    case 413:
        return {ErrorKind::TooLarge,
            with(tr("The request is too large for the provider. Start a new conversation.")), detail};
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
            with(tr("The provider has a problem (HTTP %1). Try again in a moment.").arg(status)), detail};
    return {
        ErrorKind::BadRequest, with(tr("The provider refused the request (HTTP %1).").arg(status)), detail};
}

} // namespace Meanwhile::Llm
