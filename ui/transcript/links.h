// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace Meanwhile::Ui {

/// Whether an address that came from a model may be opened: http, https and mailto only.
bool isSafeLink(const QString &address);

/// Hands a safe address to the desktop; anything else is left alone.
void openLink(const QString &address);

} // namespace Meanwhile::Ui
