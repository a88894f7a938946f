// SPDX-License-Identifier: MIT
#include "ui/transcript/documentcache.h"

namespace Meanwhile::Ui {

std::shared_ptr<RowDocument> DocumentCache::document(quint64 uid)
{
    if (const auto known = m_entries.constFind(uid); known != m_entries.constEnd()) {
        m_order.splice(m_order.begin(), m_order, known->place);
        return known->document;
    }
    while (size() >= kCapacity) {
        m_entries.remove(m_order.back());
        m_order.pop_back();
    }
    m_order.push_front(uid);
    auto document = std::make_shared<RowDocument>(m_theme.tokens());
    m_entries.insert(uid, {document, m_order.begin()});
    return document;
}

void DocumentCache::remove(quint64 uid)
{
    const auto known = m_entries.constFind(uid);
    if (known == m_entries.constEnd())
        return;
    m_order.erase(known->place);
    m_entries.erase(known);
}

void DocumentCache::clear()
{
    m_order.clear();
    m_entries.clear();
}

} // namespace Meanwhile::Ui
