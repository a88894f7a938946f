// SPDX-License-Identifier: MIT
#pragma once

#include "base/error.h"

#include <QByteArray>
#include <QJsonValue>

namespace Meanwhile::Llm {

/// What an HTTP status and the body that came with it mean to the person. `body` may be JSON of the provider
/// ({"error":{"message":…}} or {"message":…}), HTML or nothing; its words go into detail and, short, into the
/// message.
Error errorForStatus(int status, const QByteArray &body, const QString &model);

/// An error that came inside an answer that had begun with HTTP 200. `error`: an object with any of message,
/// type, code and status, or only words. Its kind is that of the HTTP status the provider names or means.
Error errorInStream(const QJsonValue &error);

/// The provider's own words in an error body; empty when there are none.
QString providerMessage(const QByteArray &body);

Error brokenAnswer(); ///< it stopped before its end
Error emptyAnswer();
Error tooLongAnswer();
Error unreadableAnswer(const QString &why, const QByteArray &data);
/// A body that no model wrote, e.g. a web page.
Error noAnswer(const QByteArray &body);
Error noModelList();
/// `provider` as people write it, `variable` the environment variable that holds its key.
Error missingKey(const QString &provider, const QString &variable);
Error missingModel();

} // namespace Meanwhile::Llm
