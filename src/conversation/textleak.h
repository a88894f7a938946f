// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace Meanwhile::Conversation {

/// What of a model's inner language stands in the text of an answer, because the server did not read it.
enum class TextLeak { None, Thinking, Call };

/// Looks for the marks that models write around calls and reasoning, outside of code, and for a text that is
/// one call in JSON and nothing else. Call where both stand there. No call is read from a text: what looks
/// like one may be a quotation.
TextLeak leakIn(const QString &text);

} // namespace Meanwhile::Conversation
