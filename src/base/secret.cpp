// SPDX-License-Identifier: MIT
#include "base/secret.h"

#include <cstring>
#include <string.h>

namespace Meanwhile {

struct Secret::Bytes {
    explicit Bytes(const QByteArray &text)
        : size(text.size())
        , data(std::make_unique<char[]>(std::size_t(size)))
    {
        std::memcpy(data.get(), text.constData(), std::size_t(size));
    }
    ~Bytes() { explicit_bzero(data.get(), std::size_t(size)); }
    Bytes(const Bytes &) = delete;
    Bytes &operator=(const Bytes &) = delete;

    qsizetype size;
    std::unique_ptr<char[]> data;
};

Secret::Secret(const QByteArray &utf8)
    : m_bytes(utf8.isEmpty() ? nullptr : std::make_shared<Bytes>(utf8))
{
}

Secret::Secret(const QString &text)
{
    QByteArray bytes = text.toUtf8();
    *this = Secret(bytes);
    overwrite(bytes);
}

QByteArray Secret::toUtf8() const
{
    return m_bytes ? QByteArray(m_bytes->data.get(), m_bytes->size) : QByteArray();
}

QString Secret::toString() const
{
    return m_bytes ? QString::fromUtf8(m_bytes->data.get(), m_bytes->size) : QString();
}

void overwrite(QByteArray &bytes)
{
    if (!bytes.isEmpty())
        explicit_bzero(const_cast<char *>(bytes.constData()), std::size_t(bytes.size()));
    bytes.clear();
}

void overwrite(QString &text)
{
    if (!text.isEmpty())
        explicit_bzero(const_cast<QChar *>(text.constData()), std::size_t(text.size()) * sizeof(QChar));
    text.clear();
}

} // namespace Meanwhile
