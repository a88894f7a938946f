// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <memory>
#include <optional>

namespace Meanwhile::Project {

/// Text in one of the encodings that iconv(3) knows, from its bytes and back.
///
/// Only encodings without shift states: a character's bytes do not depend on those before it.
/// Used by one thread.
class CharsetDecoder {
public:
    explicit CharsetDecoder(const QByteArray &charset);
    ~CharsetDecoder();
    CharsetDecoder(CharsetDecoder &&) noexcept;
    CharsetDecoder &operator=(CharsetDecoder &&) noexcept;

    /// Of the next piece; a character that is not whole yet waits for the next one. Bytes that are no
    /// character become U+FFFD.
    QString decode(QByteArrayView piece);
    /// The end: what still waits is no character.
    QString finish();
    /// Something became U+FFFD, or the system does not know the encoding.
    bool hasError() const { return m_hasError; }

private:
    struct Conversion;
    std::unique_ptr<Conversion> m_conversion;
    QByteArray m_waiting;
    bool m_hasError = false;
};

/// Nothing when the encoding lacks a character, or the system the encoding.
std::optional<QByteArray> encodeCharset(const QString &text, const QByteArray &charset);

} // namespace Meanwhile::Project
