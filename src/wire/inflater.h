// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>

#include <functional>
#include <memory>

struct z_stream_s;

namespace Meanwhile::Wire {

/// Decodes a body in gzip or deflate, piece by piece, as far as each piece goes.
///
/// Formats: gzip (RFC 1952, several members too), zlib (RFC 1950), and the bare deflate (RFC 1951) that some
/// servers send under the same name. A body that is not encoded after all passes as it is.
/// Units: at most 32 KiB leave at once, however far a piece expands.
class Inflater {
public:
    enum class Coding { Gzip, Deflate };
    /// Takes what was decoded; false stops the decoding, e.g. because its owner is gone.
    using Sink = std::function<bool(const QByteArray &)>;

    explicit Inflater(Coding coding);
    ~Inflater();

    /// False where the body is broken; nothing comes after that.
    bool feed(const QByteArray &bytes, const Sink &sink);
    /// The body is whole, or nothing of it has come.
    bool isComplete() const;

private:
    enum class State { Deciding, Plain, Inflating, Ended, Broken };

    bool decide();
    void open(int windowBits);
    bool inflate(const Sink &sink);

    Coding m_coding;
    State m_state = State::Deciding;
    QByteArray m_input;
    std::unique_ptr<z_stream_s, void (*)(z_stream_s *)> m_stream;
};

} // namespace Meanwhile::Wire
