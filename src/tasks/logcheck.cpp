// SPDX-License-Identifier: MIT
#include "tasks/logcheck.h"

#include <algorithm>

namespace Meanwhile::Tasks {

LogCheck::LogCheck(const Runner::LogHeader &header, const Runner::SealKey &key)
    : m_header(header)
    , m_key(key)
    , m_block(Runner::blockSeal(key, 0))
{
}

void LogCheck::add(qint64 position, QByteArrayView bytes)
{
    const quint64 size = m_header.blockBytes;
    if (size == 0)
        return;
    auto at = quint64(position);
    if (at != m_next) {
        const bool isBehindTheGap = m_next == m_header.headBytes && at == keptFrom(m_header);
        m_isBroken = m_isBroken || !isBehindTheGap;
        m_blockBegin = at;
        m_block = Runner::blockSeal(m_key, at);
    }
    while (!bytes.isEmpty()) {
        const auto piece = qsizetype(std::min<quint64>(quint64(bytes.size()), m_blockBegin + size - at));
        m_block.add(bytes.data(), size_t(piece));
        bytes = bytes.sliced(piece);
        at += quint64(piece);
        if (at == m_blockBegin + size) {
            m_sum += m_block.value();
            m_blockBegin = at;
            m_block = Runner::blockSeal(m_key, at);
        }
    }
    m_next = at;
}

bool LogCheck::isAsWritten() const
{
    if (!m_key.isSet || sealOfHeader(m_key, m_header) != m_header.seal)
        return false;
    if (m_header.blockBytes == 0)
        return true;
    const quint64 open = m_next > m_blockBegin ? m_block.value() : 0;
    return !m_isBroken && m_next == m_header.storedBytes && m_sum + open == m_header.contentSum;
}

} // namespace Meanwhile::Tasks
