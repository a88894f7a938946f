// SPDX-License-Identifier: MIT
#include "ui/taskpanel/filelogsource.h"

namespace Meanwhile::Ui {

FileLogSource::FileLogSource(const QString &path)
    : m_file(path)
{
}

bool FileLogSource::open()
{
    return m_file.isOpen() || m_file.open(QFile::ReadOnly | QFile::Unbuffered);
}

qint64 FileLogSource::size()
{
    return open() ? m_file.size() : 0;
}

QByteArray FileLogSource::read(qint64 offset, qint64 maxBytes)
{
    return open() && m_file.seek(offset) ? m_file.read(maxBytes) : QByteArray();
}

} // namespace Meanwhile::Ui
