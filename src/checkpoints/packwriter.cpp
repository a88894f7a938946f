// SPDX-License-Identifier: MIT
#include "checkpoints/packwriter.h"

#include "base/safewrite.h"

#include <QCryptographicHash>
#include <QtEndian>

#include <algorithm>
#include <array>
#include <utility>
#include <zlib.h>

namespace Meanwhile::Checkpoints {

namespace {

// gitformat-pack(5)
constexpr qsizetype kHeadBytes = 12;
constexpr quint32 kPackVersion = 2;
constexpr quint8 kBlob = 3;
constexpr QByteArrayView kIndexMark("\377tOc", 4);
constexpr qsizetype kFanOut = 256;

constexpr int kFastCompression = 1;
constexpr qsizetype kLengthOfQCompress = 4; ///< that stands before its zlib stream

QByteArray bigEndian(quint32 number)
{
    QByteArray bytes(sizeof number, Qt::Uninitialized);
    qToBigEndian(number, bytes.data());
    return bytes;
}

QByteArray sha1(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha1);
}

QByteArray entryHead(quint64 bytes)
{
    QByteArray head;
    auto byte = quint8((kBlob << 4) | (bytes & 0x0f));
    for (bytes >>= 4; bytes > 0; bytes >>= 7) {
        head += char(byte | 0x80);
        byte = bytes & 0x7f;
    }
    head += char(byte);
    return head;
}

} // namespace

QByteArray PackWriter::nameOf(const QByteArray &content)
{
    QCryptographicHash hash(QCryptographicHash::Sha1);
    hash.addData("blob " + QByteArray::number(content.size()) + '\0');
    hash.addData(content);
    return hash.result().toHex();
}

Result<QByteArray> PackWriter::write(const QByteArray &content)
{
    const QByteArray name = nameOf(content);
    if (has(name))
        return name;
    if (m_pack.isEmpty())
        m_pack.fill('\0', kHeadBytes);
    const qsizetype offset = m_pack.size();
    const QByteArray compressed = qCompress(content, kFastCompression);
    m_pack += entryHead(quint64(content.size()));
    m_pack.append(compressed.constData() + kLengthOfQCompress, compressed.size() - kLengthOfQCompress);
    const auto *bytes = reinterpret_cast<const Bytef *>(m_pack.constData() + offset);
    const auto check = quint32(crc32(0, bytes, uInt(m_pack.size() - offset)));
    m_entries.append({QByteArray::fromHex(name), check, quint32(offset)});
    m_names += name;
    if (m_pack.size() < kMostBytes)
        return name;
    const Result<void> flushed = flush();
    return flushed ? Result<QByteArray>(name) : failure(flushed.error());
}

// A pack without an index is none, so that the index goes last.
Result<void> PackWriter::flush()
{
    if (m_entries.isEmpty())
        return {};
    QByteArray pack = std::exchange(m_pack, {});
    const QVector<Entry> entries = std::exchange(m_entries, {});
    m_names.clear();
    pack.replace(0, kHeadBytes, "PACK" + bigEndian(kPackVersion) + bigEndian(quint32(entries.size())));
    const QByteArray hash = sha1(pack);
    pack += hash;
    const QByteArray name = "pack-" + hash.toHex();
    for (const auto &[ending, bytes] :
        {std::pair(QByteArray(".pack"), pack), std::pair(QByteArray(".idx"), indexOf(entries, hash))}) {
        const Result<FileStamp> written = SafeWrite(m_folder, name + ending, AnyFile{}, 0600).write(bytes);
        if (!written)
            return failure(written.error());
    }
    m_made += name;
    if (m_known)
        m_known->refresh();
    return {};
}

QByteArray PackWriter::indexOf(QVector<Entry> entries, const QByteArray &packHash)
{
    std::sort(entries.begin(), entries.end(),
        [](const Entry &left, const Entry &right) { return left.name < right.name; });
    std::array<quint32, kFanOut> upTo{};
    for (const Entry &entry : std::as_const(entries))
        ++upTo.at(quint8(entry.name.front()));
    QByteArray index = kIndexMark.toByteArray() + bigEndian(kPackVersion);
    quint32 count = 0;
    for (const quint32 more : upTo)
        index += bigEndian(count += more);
    for (const Entry &entry : std::as_const(entries))
        index += entry.name;
    for (const Entry &entry : std::as_const(entries))
        index += bigEndian(entry.check);
    for (const Entry &entry : std::as_const(entries))
        index += bigEndian(entry.offset);
    index += packHash;
    return index + sha1(index);
}

bool PackWriter::has(const QByteArray &name)
{
    return m_names.contains(name) || (m_known && m_known->has(name));
}

Result<QByteArray> PackWriter::read(const QByteArray &name)
{
    if (m_names.contains(name)) {
        if (const Result<void> flushed = flush(); !flushed)
            return failure(flushed.error());
    }
    return m_known ? m_known->read(name) : failure(ErrorKind::NotFound, {});
}

} // namespace Meanwhile::Checkpoints
