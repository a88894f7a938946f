// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace Meanwhile::Ui {

/// What an answer begins with, as words without Markdown's marks; headings and code are passed over where it
/// says anything else. At most some 300 characters.
QString firstSentence(const QString &markdown);

} // namespace Meanwhile::Ui
