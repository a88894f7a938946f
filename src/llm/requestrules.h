// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace Meanwhile::Llm {

/// What a provider's model refuses in a request, where providers differ.
///
/// Units: image sizes in bytes of base64, as they travel; sides in pixels. The defaults are the limits of
/// Anthropic Messages (https://docs.anthropic.com/en/docs/build-with-claude/vision), the strictest known.
struct RequestRules {
    /// The provider whose own answers may be sent back with their raw blocks.
    QString provider;
    bool takesImages = true;
    /// Reasoning goes back to the model that wrote it; false: never.
    bool takesThinking = true;
    /// Reasoning without a signature is refused.
    bool thinkingIsSigned = true;
    /// A paused answer is continued if it is the last message; false: a message must ask for that.
    bool mayEndWithAnswer = true;
    /// The system prompt and each tool's result are messages of their own, and an error counts them too.
    bool isFlat = false;
    /// Where isFlat: no answer has to be put between a tool's result and the words after it.
    bool wordsMayFollowResults = true;
    /// Call ids are exactly so many letters and digits; 0: up to 64 letters, digits, "_" and "-".
    int callIdLength = 0;

    qint64 maxImageBytes = 5 * 1024 * 1024;
    int maxImageSide = 8'000;
    int manyImages = 20; ///< more than so many, and each may have
    int maxSideOfMany = 2'000;
    int maxImages = 100;
    /// All of a request together; of the 32 MB a request may have, the rest is for words.
    qint64 maxImageBytesTogether = 24 * 1024 * 1024;

    bool operator==(const RequestRules &) const = default;
};

} // namespace Meanwhile::Llm
