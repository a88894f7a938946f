// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace Meanwhile {

/// Where new identifiers come from; a port, so that a seeded run repeats exactly.
class IdSource {
public:
    virtual ~IdSource() = default;

    virtual quint64 next64() = 0;
};

/// The system's random generator.
class RandomIds final : public IdSource {
public:
    quint64 next64() override;
};

/// Eight lower-case hexadecimal digits, as in "[bg:3f9a1c2e]".
QString makeTaskId(IdSource &source);
/// Sixteen lower-case hexadecimal digits: sessions and messages.
QString makeLongId(IdSource &source);

} // namespace Meanwhile
