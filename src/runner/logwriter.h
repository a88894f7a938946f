// SPDX-License-Identifier: MIT
#pragma once

#include "runner/identity.h"
#include "runner/loglayout.h"

#include <cstddef>

namespace Meanwhile::Runner {

/// Writes a command's output into its log, head and tail kept, in the layout of loglayout.h.
///
/// Never fails once it is open: what cannot be written is counted, and the command keeps running.
class LogWriter {
public:
    LogWriter() = default;
    LogWriter(const LogWriter &) = delete;
    LogWriter &operator=(const LogWriter &) = delete;
    ~LogWriter();
    /// 0, or the errno of the file that could not be made. With a key, what is written is sealed.
    int open(int folderFd, std::uint64_t capBytes, const SealKey &key);
    void append(const char *bytes, std::size_t size);
    /// Makes what was appended visible to readers. No call to the system when nothing is new.
    void publish();
    void setSupervisor(const Identity &self);

    std::uint64_t totalBytes() const { return m_header.storedBytes + m_header.lostBytes; }
    std::uint64_t lines() const { return m_newlines + (m_insideLine ? 1 : 0); }
    const LogHeader &header() const { return m_header; }

private:
    void claim(std::uint64_t end);
    std::size_t store(const char *bytes, std::size_t size);
    bool shrinkToWhatIsThere();
    void seal(const char *bytes, std::size_t size);
    void forgetBlocksBefore(std::uint64_t position);

    LogHeader m_header;
    std::uint64_t m_newlines = 0;
    bool m_insideLine = false;
    bool m_isPublished = false;
    bool m_hasShrunk = false;
    int m_fd = -1;

    SealKey m_key;
    SipHash m_block{m_key};          ///< the unfinished one
    std::uint64_t m_blockFill = 0;   ///< how much of it is there
    std::uint64_t m_blockBegin = 0;  ///< its position
    std::uint64_t m_wholeBlocks = 0; ///< the sum of those that are finished and kept
    std::uint64_t m_blocks[kMostBlocks] = {};
};

} // namespace Meanwhile::Runner
