// SPDX-License-Identifier: MIT
#include "fuzz/fuzzanswer.h"
#include "wire/sseparser.h"

using namespace Meanwhile;

static QVector<Wire::SseEvent> parse(const QByteArrayList &pieces)
{
    Wire::SseParser parser;
    QVector<Wire::SseEvent> events;
    for (const QByteArray &piece : pieces)
        events += parser.feed(piece);
    return events + parser.finish();
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArrayList pieces = Fuzz::pieces(data, size);
    Fuzz::require(parse(pieces) == parse({pieces.join()}));
    return 0;
}
