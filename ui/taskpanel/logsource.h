// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

namespace Meanwhile::Ui {

/// Port: the bytes of one task's log, as far as they were kept.
///
/// Called on a worker thread, one call at a time. What cannot be read is empty; a log may grow, or begin
/// anew with a smaller size.
class LogSource {
public:
    virtual ~LogSource() = default;

    virtual qint64 size() = 0;
    /// Fewer bytes than asked for only at the end.
    virtual QByteArray read(qint64 offset, qint64 maxBytes) = 0;
};

} // namespace Meanwhile::Ui
