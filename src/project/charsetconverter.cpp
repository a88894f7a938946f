// SPDX-License-Identifier: MIT
#include "project/charsetconverter.h"

#include <QVarLengthArray>

#include <cerrno>
#include <iconv.h>

namespace Meanwhile::Project {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kUnits = Q_BYTE_ORDER == Q_LITTLE_ENDIAN ? "UTF-16LE" : "UTF-16BE";
constexpr size_t kFailed = size_t(-1);
constexpr qsizetype kPieceBytes = 64 * 1024;

// Windows writes seven characters of Shift-JIS as others than the standard does; their bytes are the same.
QString asOnWindows(QString text)
{
    constexpr char16_t kPairs[][2] = {{0x301c, 0xff5e}, {0x2212, 0xff0d}, {0x2016, 0x2225}, {0x2014, 0x2015},
        {0x00a2, 0xffe0}, {0x00a3, 0xffe1}, {0x00ac, 0xffe2}};
    for (const auto &pair : kPairs)
        text.replace(QChar(pair[0]), QChar(pair[1]));
    return text;
}

} // namespace

struct CharsetDecoder::Conversion {
    explicit Conversion(const char *to, const char *from)
        : handle(iconv_open(to, from))
    {
    }
    ~Conversion()
    {
        if (isValid())
            iconv_close(handle);
    }
    Q_DISABLE_COPY_MOVE(Conversion)

    bool isValid() const { return handle != iconv_t(-1); }

    iconv_t handle;
};

CharsetDecoder::CharsetDecoder(const QByteArray &charset)
    : m_conversion(std::make_unique<Conversion>(kUnits, charset.constData()))
    , m_hasError(!m_conversion->isValid())
{
}

CharsetDecoder::~CharsetDecoder() = default;
CharsetDecoder::CharsetDecoder(CharsetDecoder &&) noexcept = default;
CharsetDecoder &CharsetDecoder::operator=(CharsetDecoder &&) noexcept = default;

QString CharsetDecoder::decode(QByteArrayView piece)
{
    if (!m_conversion->isValid())
        return QString::fromLatin1(piece);
    m_waiting += piece;
    QString text;
    char *in = m_waiting.data();
    size_t left = size_t(m_waiting.size());
    QVarLengthArray<char16_t, kPieceBytes / 2> units(kPieceBytes / 2);
    while (left > 0) {
        char *out = reinterpret_cast<char *>(units.data());
        size_t room = size_t(kPieceBytes);
        const size_t done = iconv(m_conversion->handle, &in, &left, &out, &room);
        const int code = done == kFailed ? errno : 0;
        text += QStringView(units.constData(), (kPieceBytes - qsizetype(room)) / 2);
        if (code == EINVAL)
            break; // not whole yet
        if (code != EILSEQ)
            continue;
        m_hasError = true;
        text += QChar(QChar::ReplacementCharacter);
        ++in;
        --left;
    }
    m_waiting = m_waiting.last(qsizetype(left));
    return text;
}

QString CharsetDecoder::finish()
{
    if (m_waiting.isEmpty())
        return {};
    m_hasError = true;
    const qsizetype size = m_waiting.size();
    m_waiting.clear();
    return QString(size, QChar(QChar::ReplacementCharacter));
}

std::optional<QByteArray> encodeCharset(const QString &given, const QByteArray &charset)
{
    const iconv_t handle = iconv_open(charset.constData(), kUnits);
    if (handle == iconv_t(-1))
        return std::nullopt;
    const QString text = charset == "CP932" ? asOnWindows(given) : given;
    QByteArray bytes;
    auto *in = reinterpret_cast<char *>(const_cast<ushort *>(text.utf16()));
    size_t left = size_t(text.size()) * 2;
    bool isWhole = true;
    bool isFlushed = false;
    while (isWhole && !isFlushed) {
        QVarLengthArray<char, kPieceBytes> piece(kPieceBytes);
        char *out = piece.data();
        size_t room = size_t(kPieceBytes);
        isFlushed = left == 0; // what it still holds back, for encodings that compose characters
        const size_t done =
            isFlushed ? iconv(handle, nullptr, nullptr, &out, &room) : iconv(handle, &in, &left, &out, &room);
        // Any count but 0 is of characters that became others.
        isWhole = done == 0 || (done == kFailed && errno == E2BIG);
        bytes.append(piece.constData(), kPieceBytes - qsizetype(room));
    }
    iconv_close(handle);
    return isWhole ? std::optional(bytes) : std::nullopt;
}

} // namespace Meanwhile::Project
