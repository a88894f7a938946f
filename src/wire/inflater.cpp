// SPDX-License-Identifier: MIT
#include "wire/inflater.h"

#include <new>
#include <zlib.h>

namespace Meanwhile::Wire {

namespace {

constexpr qsizetype kOutputBytes = 32 * 1024;
constexpr int kGzipWindow = 15 + 16; // zlib.h, inflateInit2()
constexpr int kZlibWindow = 15;
constexpr int kBareWindow = -15;

void close(z_stream *stream)
{
    inflateEnd(stream);
    delete stream;
}

quint8 byteAt(const QByteArray &bytes, qsizetype i)
{
    return quint8(bytes.at(i));
}

bool isGzip(const QByteArray &bytes)
{
    return byteAt(bytes, 0) == 0x1f && byteAt(bytes, 1) == 0x8b;
}

bool isZlib(const QByteArray &bytes)
{
    return (byteAt(bytes, 0) & 0x0f) == Z_DEFLATED && (byteAt(bytes, 0) * 256 + byteAt(bytes, 1)) % 31 == 0;
}

} // namespace

Inflater::Inflater(Coding coding)
    : m_coding(coding)
    , m_stream(nullptr, close)
{
}

Inflater::~Inflater() = default;

bool Inflater::feed(const QByteArray &bytes, const Sink &sink)
{
    m_input += bytes;
    if (m_state == State::Deciding && !decide())
        return true;
    if (m_state == State::Plain) {
        const QByteArray plain = std::exchange(m_input, {});
        if (!plain.isEmpty())
            sink(plain);
        return true;
    }
    return m_state != State::Broken && inflate(sink);
}

bool Inflater::isComplete() const
{
    return m_state == State::Plain || m_state == State::Ended ||
           (m_state == State::Deciding && m_input.isEmpty());
}

// By the first two bytes, since the name alone is not to be trusted.
bool Inflater::decide()
{
    if (m_input.size() < 2)
        return false;
    if (isGzip(m_input))
        open(kGzipWindow);
    else if (m_coding == Coding::Gzip)
        m_state = State::Plain;
    else
        open(isZlib(m_input) ? kZlibWindow : kBareWindow);
    return true;
}

void Inflater::open(int windowBits)
{
    m_stream.reset(new z_stream{});
    m_state = inflateInit2(m_stream.get(), windowBits) == Z_OK ? State::Inflating : State::Broken;
}

bool Inflater::inflate(const Sink &sink)
{
    const QByteArray input = std::exchange(m_input, {});
    z_stream &z = *m_stream;
    z.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(input.data()));
    z.avail_in = uInt(input.size());
    bool isFull = true; // zlib may hold more than one buffer takes
    while (z.avail_in > 0 || isFull) {
        if (m_state == State::Ended) {
            // Another member, or padding, which is nothing.
            if (z.avail_in == 0 || *z.next_in != 0x1f || inflateReset(&z) != Z_OK)
                return true;
            m_state = State::Inflating;
        }
        QByteArray output(kOutputBytes, Qt::Uninitialized);
        z.next_out = reinterpret_cast<Bytef *>(output.data());
        z.avail_out = uInt(output.size());
        const int result = ::inflate(&z, Z_SYNC_FLUSH);
        isFull = z.avail_out == 0;
        output.truncate(kOutputBytes - qsizetype(z.avail_out));
        if (result == Z_STREAM_END)
            m_state = State::Ended;
        else if (result != Z_OK && result != Z_BUF_ERROR)
            m_state = State::Broken;
        const bool isBroken = m_state == State::Broken;
        if (!output.isEmpty() && !sink(output))
            return true;
        if (isBroken)
            return false;
        if (result == Z_BUF_ERROR)
            break;
    }
    return true;
}

} // namespace Meanwhile::Wire
