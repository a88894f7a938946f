// SPDX-License-Identifier: MIT
#include "bench/screen.h"

#include <QtEndian>

namespace Meanwhile::Bench {

using namespace Qt::StringLiterals;

namespace {

// Fields of the XWD header, each four bytes, most significant first.
constexpr int kHeaderSizeField = 0;
constexpr int kHeightField = 5;
constexpr int kBytesPerLineField = 12;
constexpr int kColoursField = 19;
constexpr int kBytesPerColour = 12;
// Every 16th pixel is enough to see a window.
constexpr qsizetype kStep = 64;

qsizetype field(const uchar *header, int index)
{
    return qFromBigEndian<quint32>(header + qsizetype(index) * 4);
}

} // namespace

Screen::Screen()
{
    m_server.setProcessChannelMode(QProcess::SeparateChannels);
    m_server.start(u"Xvfb"_s, {u"-displayfd"_s, u"1"_s, u"-screen"_s, u"0"_s, u"1280x800x24"_s, u"-fbdir"_s,
                                  m_folder.path(), u"-nolisten"_s, u"tcp"_s});
    if (!m_server.waitForStarted() || !m_server.waitForReadyRead(10'000))
        return;
    const QString number = QString::fromLatin1(m_server.readAllStandardOutput()).trimmed();
    m_file.setFileName(m_folder.filePath(u"Xvfb_screen0"_s));
    if (!m_file.open(QIODevice::ReadOnly))
        return;
    m_map = m_file.map(0, m_file.size());
    if (!m_map)
        return;
    m_offset = field(m_map, kHeaderSizeField) + field(m_map, kColoursField) * kBytesPerColour;
    m_size = field(m_map, kHeightField) * field(m_map, kBytesPerLineField);
    if (m_offset + m_size <= m_file.size())
        m_display = u':' + number;
}

Screen::~Screen()
{
    m_server.terminate();
    m_server.waitForFinished();
}

QByteArray Screen::pixels() const
{
    return QByteArray(reinterpret_cast<const char *>(m_map + m_offset), m_size);
}

void Screen::remember()
{
    m_remembered = pixels();
}

double Screen::changed() const
{
    qsizetype seen = 0;
    qsizetype different = 0;
    for (qsizetype i = 0; i < m_size; i += kStep, ++seen)
        different += m_map[m_offset + i] != uchar(m_remembered.at(i));
    return double(different) / double(seen);
}

} // namespace Meanwhile::Bench
