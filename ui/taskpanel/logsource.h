// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

namespace Meanwhile::Ui {

/// The parts of a log that can be read: [0, gapStart) and [gapEnd, end). Offsets count the command's output
/// from 0.
struct LogExtent {
    qint64 end = 0;
    qint64 gapStart = 0;
    qint64 gapEnd = 0;

    bool operator==(const LogExtent &) const = default;
};

/// Port: the bytes of one task's log, as far as they were kept.
///
/// Called on a worker thread, one call at a time. A log may grow, lose more of its middle, or start over.
class LogSource {
public:
    virtual ~LogSource() = default;

    struct Piece {
        qint64 offset = 0; ///< of the first byte; later than asked for where the middle was dropped
        QByteArray bytes;  ///< fewer than asked for at the end and at the gap
    };

    /// All zero for a log that is not there yet.
    virtual LogExtent extent() = 0;
    virtual Piece read(qint64 offset, qint64 maxBytes) = 0;
};

} // namespace Meanwhile::Ui
