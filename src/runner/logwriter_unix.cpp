// SPDX-License-Identifier: MIT
#include "runner/logwriter.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace Meanwhile::Runner {

namespace {

/// Less than this is not worth a head and a ring.
constexpr std::uint64_t kSmallestLogBytes = 4096;

// Counts in bytes first, so that the compiler can do sixteen at once; a plain loop over size_t is six times
// slower.
std::uint64_t countNewlines(const char *bytes, std::size_t size)
{
    std::uint64_t total = 0;
    while (size > 0) {
        const std::size_t block = std::min<std::size_t>(size, 255 * 16);
        std::uint8_t lanes[16] = {};
        std::size_t i = 0;
        for (; i + 16 <= block; i += 16) {
            for (std::size_t lane = 0; lane < 16; ++lane)
                lanes[lane] = std::uint8_t(lanes[lane] + (bytes[i + lane] == '\n' ? 1 : 0));
        }
        for (; i < block; ++i)
            total += bytes[i] == '\n' ? 1 : 0;
        for (const std::uint8_t lane : lanes)
            total += lane;
        bytes += block;
        size -= block;
    }
    return total;
}

} // namespace

LogWriter::~LogWriter()
{
    if (m_fd >= 0)
        ::close(m_fd);
}

int LogWriter::open(int folderFd, std::uint64_t capBytes, const SealKey &key)
{
    m_fd = ::openat(folderFd, "log", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (m_fd < 0)
        return errno;
    const std::uint64_t block = (capBytes + kMostBlocks - 1) / kMostBlocks;
    m_header.headBytes = capBytes / 2 / block * block;
    m_header.ringBytes = capBytes - m_header.headBytes;
    m_key = key;
    if (m_key.isSet) {
        m_header.blockBytes = block;
        m_header.sealedFrom = m_header.headBytes;
        m_block = blockSeal(m_key, 0);
    }
    return 0;
}

void LogWriter::append(const char *bytes, std::size_t size)
{
    if (size == 0)
        return;
    m_isPublished = false;
    m_newlines += countNewlines(bytes, size);
    m_insideLine = bytes[size - 1] != '\n';
    while (size > 0) {
        const std::uint64_t position = m_header.storedBytes;
        const std::uint64_t room =
            position < m_header.headBytes
                ? m_header.headBytes - position
                : m_header.ringBytes - (position - m_header.headBytes) % m_header.ringBytes;
        // Less than the ring by a block, so that none is written over before it is whole.
        const std::uint64_t most = std::max<std::uint64_t>(
            1, m_header.ringBytes - std::min(m_header.ringBytes, m_header.blockBytes));
        const std::size_t piece = std::size_t(std::min({std::uint64_t(size), room, most}));
        claim(position + piece);
        const std::size_t stored = store(bytes, piece);
        m_header.claimedBytes = std::min(m_header.claimedBytes, m_header.storedBytes);
        seal(bytes, stored);
        bytes += stored;
        size -= stored;
        if (stored == piece || shrinkToWhatIsThere())
            continue;
        if (m_header.lostBytes == 0)
            m_header.lostAt = m_header.storedBytes;
        m_header.lostBytes += size;
        return;
    }
}

// A reader must not take new bytes for old ones.
void LogWriter::claim(std::uint64_t end)
{
    if (end <= m_header.headBytes + m_header.ringBytes)
        return;
    m_header.claimedBytes = end;
    forgetBlocksBefore(end - m_header.ringBytes);
    m_isPublished = false;
    publish();
    m_isPublished = false;
}

void LogWriter::seal(const char *bytes, std::size_t size)
{
    const std::uint64_t block = m_header.blockBytes;
    while (block > 0 && size > 0) {
        const std::size_t piece = std::size_t(std::min<std::uint64_t>(size, block - m_blockFill));
        m_block.add(bytes, piece);
        m_blockFill += piece;
        bytes += piece;
        size -= piece;
        if (m_blockFill < block)
            break;
        const std::uint64_t whole = m_block.value();
        m_blocks[m_blockBegin / block % kMostBlocks] = whole;
        m_wholeBlocks += whole;
        m_blockBegin += block;
        m_blockFill = 0;
        m_block = blockSeal(m_key, m_blockBegin);
    }
}

void LogWriter::forgetBlocksBefore(std::uint64_t position)
{
    const std::uint64_t block = m_header.blockBytes;
    while (block > 0 && m_header.sealedFrom < position) {
        m_wholeBlocks -= m_blocks[m_header.sealedFrom / block % kMostBlocks];
        m_header.sealedFrom += block;
    }
}

/// How much of it could be written.
std::size_t LogWriter::store(const char *bytes, std::size_t size)
{
    const auto offset = off_t(fileOffset(m_header, m_header.storedBytes));
    std::size_t done = 0;
    while (done < size) {
        const ssize_t written = ::pwrite(m_fd, bytes + done, size - done, offset + off_t(done));
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0) {
            if (m_header.writeErrno == 0)
                m_header.writeErrno = std::uint64_t(written < 0 ? errno : ENOSPC);
            break;
        }
        done += std::size_t(written);
    }
    m_header.storedBytes += done;
    return done;
}

// A full disk still takes what lies over blocks that are there already: the second half of what was stored
// becomes the ring, and the tail, which matters most, is still kept.
bool LogWriter::shrinkToWhatIsThere()
{
    const std::uint64_t stored = m_header.storedBytes;
    if (m_hasShrunk || stored < kSmallestLogBytes || stored >= m_header.headBytes + m_header.ringBytes)
        return false;
    m_hasShrunk = true;
    m_header.headBytes = std::min(m_header.headBytes, stored / 2);
    m_header.ringBytes = stored - m_header.headBytes;
    m_header.blockBytes = 0; // its borders do not fall together with those of blocks
    return true;
}

void LogWriter::publish()
{
    if (m_isPublished || m_fd < 0)
        return;
    m_isPublished = true;
    m_header.lines = lines();
    m_header.check = headerCheck(m_header);
    if (m_key.isSet) {
        m_header.contentSum = m_wholeBlocks + (m_blockFill > 0 ? m_block.value() : 0);
        m_header.seal = sealOfHeader(m_key, m_header);
    }
    while (::pwrite(m_fd, &m_header, sizeof m_header, 0) < 0) {
        if (errno == EINTR)
            continue;
        if (m_header.writeErrno == 0)
            m_header.writeErrno = std::uint64_t(errno);
        m_isPublished = false;
        return;
    }
}

void LogWriter::setSupervisor(const Identity &self)
{
    m_header.supervisorPid = std::uint64_t(self.pid);
    m_header.supervisorStartTicks = self.startTicks;
    m_header.bootIdHigh = self.bootIdHigh;
    m_header.bootIdLow = self.bootIdLow;
    m_isPublished = false;
}

} // namespace Meanwhile::Runner
