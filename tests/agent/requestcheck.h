// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

namespace Meanwhile::Testing {

/// What a test wants a request held to, beside what is always refused. Sizes in bytes of base64.
struct RequestLimits {
    qint64 imageBytes = 5 * 1024 * 1024;
    int imageSide = 8'000;
    int manyImages = 20;
    int sideOfMany = 2'000;
    int images = 100;
    qint64 imageBytesTogether = 32 * 1024 * 1024;
    /// What the signature of this model's reasoning begins with.
    QString signature;
    int callIdLength = 0; ///< 0: up to 64 of letters, digits, "_" and "-"
};

// Written from the providers' public rules, knowing nothing of the code that makes the requests. What is
// wrong with this body of a request; empty when nothing is.

/// https://docs.anthropic.com/en/api/messages, …/tool-use, …/vision, …/extended-thinking
QString wrongForAnthropic(const QByteArray &body, const RequestLimits &limits);
/// https://platform.openai.com/docs/api-reference/chat/create, and the order of roles that the templates of
/// open models ask for.
QString wrongForOpenAi(const QByteArray &body, const RequestLimits &limits, bool takesUserAfterTool);

} // namespace Meanwhile::Testing
