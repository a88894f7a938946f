// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayList>

#include <cstdint>
#include <cstdlib>

namespace Meanwhile::Fuzz {

/// Ends the program where a promise of the code does not hold, so that libFuzzer keeps the input.
inline void require(bool holds)
{
    if (!holds)
        std::abort();
}

/// The first byte says how large the pieces are that the rest comes in.
inline QByteArrayList pieces(const uint8_t *data, size_t size)
{
    QByteArrayList result;
    if (size < 2)
        return result;
    const QByteArray body(reinterpret_cast<const char *>(data) + 1, qsizetype(size) - 1);
    const qsizetype length = 1 + data[0];
    for (qsizetype at = 0; at < body.size(); at += length)
        result += body.sliced(at, qMin(length, body.size() - at));
    return result;
}

} // namespace Meanwhile::Fuzz
