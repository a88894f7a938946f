// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QString>

namespace Meanwhile {

/// Makes or replaces the file that the person has chosen, wherever it is, as SafeWrite does: all of the bytes
/// or, on any error, what was there before. A symbolic link is followed.
///
/// Thread: any, but it waits for the disk: call it off the GUI thread.
Result<void> writeWholeFile(const QString &path, const QByteArray &bytes);

} // namespace Meanwhile
