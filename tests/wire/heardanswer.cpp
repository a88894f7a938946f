// SPDX-License-Identifier: MIT
#include "heardanswer.h"

namespace Meanwhile::Testing {

using Wire::HttpStream;

HeardAnswer::HeardAnswer(HttpStream *stream, QObject *parent)
    : QObject(parent)
{
    connect(stream, &HttpStream::answered, this, [this](int given, const Wire::Headers &all) {
        status = given;
        headers = all;
    });
    connect(stream, &HttpStream::bodyReceived, this, [this](const QByteArray &bytes) { body += bytes; });
    connect(stream, &HttpStream::silenceChanged, this, [this](bool isSilent) { silences.append(isSilent); });
    connect(stream, &HttpStream::ended, this, [this](const std::optional<Error> &why) {
        ++ends;
        cause = why;
    });
}

} // namespace Meanwhile::Testing
