// SPDX-License-Identifier: MIT
#pragma once

#include "runner/seal.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>

/// How a task's log lies on disk: a header of fixed size, the head of the output, then a ring for its tail.
///
/// Shared by the program that writes it and the one that reads it, so plain C++ without Qt. Both run on the
/// same machine: native byte order. The header is written after the bytes it counts, and before bytes of the
/// ring are overwritten, so that what it speaks of can be read, also while the command runs and after the
/// writer was killed.
///
/// The bytes kept are the positions [0, headBytes) and the last ringBytes; the middle is dropped. When the
/// disk is full the writer shrinks both regions to what it has, which leaves every byte where it was.
///
/// What is kept is sealed block by block: blocks of blockBytes, counted from position 0, of which the head
/// has only whole ones. contentSum is the sum of their seals, that of the unfinished last one too, without
/// the blocks in [headBytes, sealedFrom). The middle that is dropped ends with a block, so that what can be
/// read is sealed.
namespace Meanwhile::Runner {

inline constexpr std::uint64_t kLogMagic = 0x32474f4c5f4d574dULL; // "MWM_LOG2"
inline constexpr std::uint64_t kLogDataStart = 4096;

struct LogHeader {
    std::uint64_t magic = kLogMagic;
    std::uint64_t headBytes = 0;
    std::uint64_t ringBytes = 0;
    std::uint64_t storedBytes = 0;  ///< positions run from 0 to here
    std::uint64_t claimedBytes = 0; ///< up to here the ring may be overwritten in this moment
    std::uint64_t lines = 0;        ///< of everything written by the command; an unfinished last line counts
    std::uint64_t lostBytes = 0;    ///< could not be written and have no position
    std::uint64_t lostAt = 0;       ///< the position where the first of them should have been
    std::uint64_t writeErrno = 0;   ///< the first error of a write, 0 when there was none
    std::uint64_t supervisorPid = 0;
    std::uint64_t supervisorStartTicks = 0;
    std::uint64_t bootIdHigh = 0; ///< of the supervisor: the 32 digits of the system's boot id, two halves
    std::uint64_t bootIdLow = 0;
    std::uint64_t check = 0; ///< headerCheck(), so that a reader sees a header that is half written
    // Without a key, and in logs of the first releases, which end here, all of these are 0.
    std::uint64_t blockBytes = 0; ///< 0: the content is not sealed, e.g. since the disk was full
    std::uint64_t sealedFrom = 0;
    std::uint64_t contentSum = 0;
    std::uint64_t seal = 0; ///< sealOfHeader()
};
/// Of a header that was never sealed.
inline constexpr std::size_t kShortHeaderBytes = offsetof(LogHeader, blockBytes);
/// So many blocks make up the head and the ring together, at most.
inline constexpr std::uint64_t kMostBlocks = 256;

constexpr std::uint64_t headerCheck(const LogHeader &header)
{
    std::uint64_t sum = 0x9e3779b97f4a7c15ULL;
    for (const std::uint64_t field : {header.magic, header.headBytes, header.ringBytes, header.storedBytes,
             header.claimedBytes, header.lines, header.lostBytes, header.lostAt, header.writeErrno,
             header.supervisorPid, header.supervisorStartTicks, header.bootIdHigh, header.bootIdLow})
        sum = (sum ^ field) * 0x100000001b3ULL;
    return sum;
}

/// Where the byte at `position` lies in the file.
constexpr std::uint64_t fileOffset(const LogHeader &header, std::uint64_t position)
{
    if (position < header.headBytes || header.ringBytes == 0)
        return kLogDataStart + position;
    return kLogDataStart + header.headBytes + (position - header.headBytes) % header.ringBytes;
}

/// The first position of the tail that is kept; equals headBytes while nothing was dropped.
constexpr std::uint64_t tailStart(const LogHeader &header)
{
    const std::uint64_t end = std::max(header.storedBytes, header.claimedBytes);
    return end > header.headBytes + header.ringBytes ? end - header.ringBytes : header.headBytes;
}

/// The first position of the tail that can be read: where blocks are sealed, the first one of which all is
/// kept.
constexpr std::uint64_t keptFrom(const LogHeader &header)
{
    const std::uint64_t start = tailStart(header);
    if (header.blockBytes == 0 || start <= header.headBytes)
        return start;
    const std::uint64_t whole = (start + header.blockBytes - 1) / header.blockBytes * header.blockBytes;
    return std::max(whole, header.sealedFrom);
}

inline std::uint64_t sealOfHeader(const SealKey &key, const LogHeader &header)
{
    SipHash hash(key);
    hash.add('L');
    hash.add(&header, offsetof(LogHeader, seal));
    return hash.value();
}

/// For the bytes of the block that begins at this position.
inline SipHash blockSeal(const SealKey &key, std::uint64_t position)
{
    SipHash hash(key);
    hash.add('B');
    hash.add(position);
    return hash;
}

} // namespace Meanwhile::Runner
