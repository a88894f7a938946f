// SPDX-License-Identifier: MIT
#pragma once

#include "base/error.h"

#include <QByteArray>

namespace Meanwhile::Llm {

/// What an HTTP status and the body that came with it mean to the person. `body` may be JSON of the provider
/// ({"error":{"message":…}} or {"message":…}), HTML or nothing; its words go into detail and, short, into the
/// message.
Error errorForStatus(int status, const QByteArray &body, const QString &model);

/// The provider's own words in an error body; empty when there are none.
QString providerMessage(const QByteArray &body);

} // namespace Meanwhile::Llm
