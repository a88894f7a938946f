// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

class QTextBlock;
class QTextCursor;

namespace Meanwhile::Ui {

/// What a selection says as it was written: lines that were split for their length are whole again.
QString writtenText(const QTextCursor &selection);

/// The code block that begins with `first`.
QString codeText(const QTextBlock &first);

} // namespace Meanwhile::Ui
