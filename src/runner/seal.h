// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

/// By what a program knows the files of its own supervisors: each carries a number that only who has the
/// task's key can reckon. Shared by the program that writes and the one that reads, so plain C++ without Qt.
namespace Meanwhile::Runner {

struct SealKey {
    std::uint64_t first = 0;
    std::uint64_t second = 0;
    bool isSet = false; ///< else nothing is sealed
};

/// SipHash-2-4 as published: J.-P. Aumasson, D. J. Bernstein, "SipHash: a fast short-input PRF", Indocrypt
/// 2012, https://www.aumasson.jp/siphash/siphash.pdf. Bytes may come in pieces.
class SipHash {
public:
    explicit SipHash(const SealKey &key)
        : m_state{key.first ^ 0x736f6d6570736575ULL, key.second ^ 0x646f72616e646f6dULL,
              key.first ^ 0x6c7967656e657261ULL, key.second ^ 0x7465646279746573ULL}
    {
    }

    void add(const void *data, std::size_t size)
    {
        const auto *bytes = static_cast<const unsigned char *>(data);
        std::size_t held = std::size_t(m_size % 8);
        m_size += size;
        for (; held != 0 && size > 0; --size) {
            m_word |= std::uint64_t(*bytes++) << 8 * held;
            held = (held + 1) % 8;
            if (held == 0)
                takeWord();
        }
        std::uint64_t state[4] = {m_state[0], m_state[1], m_state[2], m_state[3]}; // in registers
        for (; size >= 8; size -= 8, bytes += 8) {
            const std::uint64_t word = wordAt(bytes);
            state[3] ^= word;
            mix(state);
            mix(state);
            state[0] ^= word;
        }
        std::memcpy(m_state, state, sizeof state);
        for (std::size_t i = 0; i < size; ++i)
            m_word |= std::uint64_t(bytes[i]) << 8 * i;
    }
    void add(char byte) { add(&byte, 1); }
    void add(std::uint64_t number) { add(&number, sizeof number); }
    /// Of all that was added so far; more may follow.
    std::uint64_t value() const
    {
        SipHash end = *this;
        end.m_word |= m_size << 56;
        end.takeWord();
        end.m_state[2] ^= 0xff;
        for (int i = 0; i < 4; ++i)
            mix(end.m_state);
        return end.m_state[0] ^ end.m_state[1] ^ end.m_state[2] ^ end.m_state[3];
    }

private:
    static constexpr std::uint64_t turned(std::uint64_t x, int by) { return x << by | x >> (64 - by); }
    static std::uint64_t wordAt(const unsigned char *bytes)
    {
        std::uint64_t word;
        std::memcpy(&word, bytes, sizeof word);
        return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? word : __builtin_bswap64(word);
    }
    static void mix(std::uint64_t (&v)[4])
    {
        v[0] += v[1];
        v[1] = turned(v[1], 13) ^ v[0];
        v[0] = turned(v[0], 32);
        v[2] += v[3];
        v[3] = turned(v[3], 16) ^ v[2];
        v[0] += v[3];
        v[3] = turned(v[3], 21) ^ v[0];
        v[2] += v[1];
        v[1] = turned(v[1], 17) ^ v[2];
        v[2] = turned(v[2], 32);
    }
    void takeWord()
    {
        m_state[3] ^= m_word;
        mix(m_state);
        mix(m_state);
        m_state[0] ^= m_word;
        m_word = 0;
    }

    std::uint64_t m_state[4];
    std::uint64_t m_word = 0; ///< what does not fill a word yet
    std::uint64_t m_size = 0;
};

/// Of a task folder's `job`: of all that stands behind its first two words, "--seal" and this.
inline std::uint64_t sealOfJob(const SealKey &key, const char *bytes, std::size_t size)
{
    SipHash hash(key);
    hash.add('J');
    hash.add(bytes, size);
    return hash.value();
}

/// Of a line of `status`, the first being 0, without " seal=…" and the line's end.
inline std::uint64_t sealOfStatusLine(
    const SealKey &key, std::uint64_t number, const char *line, std::size_t size)
{
    SipHash hash(key);
    hash.add('S');
    hash.add(number);
    hash.add(line, size);
    return hash.value();
}

inline constexpr std::size_t kSealDigits = 16;

/// Sixteen digits, nothing behind them.
inline void writeSeal(std::uint64_t seal, char (&digits)[kSealDigits])
{
    for (std::size_t i = 0; i < kSealDigits; ++i)
        digits[i] = "0123456789abcdef"[seal >> (60 - 4 * i) & 15];
}

/// False unless the first `count` characters, sixteen at most, are digits as writeSeal() writes them.
inline bool readDigits(const char *digits, std::size_t count, std::uint64_t &number)
{
    number = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const char c = digits[i];
        const bool isNumber = c >= '0' && c <= '9';
        if (!isNumber && (c < 'a' || c > 'f'))
            return false;
        number = number << 4 | std::uint64_t(isNumber ? c - '0' : c - 'a' + 10);
    }
    return true;
}

inline bool readKey(const char *digits, SealKey &key)
{
    key.isSet = std::strlen(digits) == 2 * kSealDigits && readDigits(digits, kSealDigits, key.first) &&
                readDigits(digits + kSealDigits, kSealDigits, key.second);
    return key.isSet;
}

} // namespace Meanwhile::Runner
