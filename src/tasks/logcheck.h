// SPDX-License-Identifier: MIT
#pragma once

#include "runner/loglayout.h"
#include "runner/seal.h"

#include <QByteArrayView>

namespace Meanwhile::Tasks {

/// Whether what is read of a log is what its supervisor has written. It is told the kept bytes in their
/// order: from the first position to the gap, and from behind it to the end.
class LogCheck {
public:
    LogCheck(const Runner::LogHeader &header, const Runner::SealKey &key);
    void add(qint64 position, QByteArrayView bytes);
    /// Also of one whose content is not sealed since the disk was full, which its supervisor has sealed then.
    bool isAsWritten() const;

private:
    Runner::LogHeader m_header;
    Runner::SealKey m_key;
    Runner::SipHash m_block;
    quint64 m_blockBegin = 0;
    quint64 m_next = 0; ///< the position that must come next
    quint64 m_sum = 0;
    bool m_isBroken = false;
};

} // namespace Meanwhile::Tasks
