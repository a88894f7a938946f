// SPDX-License-Identifier: MIT
#pragma once

#include "ui/transcript/rowdocument.h"

#include <QHash>

#include <list>
#include <memory>

namespace Meanwhile::Ui {

/// Documents of the rows seen last, laid out. The least recently used go first; one that is shown is kept
/// alive by whoever shows it.
class DocumentCache {
public:
    static constexpr int kCapacity = 150;

    explicit DocumentCache(const Theme &theme)
        : m_theme(theme)
    {
    }

    /// The document of this row, empty when it is new.
    std::shared_ptr<RowDocument> document(quint64 uid);
    void remove(quint64 uid);
    /// After a change of theme: colours are part of the documents.
    void clear();
    int size() const { return int(m_entries.size()); }

private:
    struct Entry {
        std::shared_ptr<RowDocument> document;
        std::list<quint64>::iterator place;
    };

    const Theme &m_theme;
    std::list<quint64> m_order; ///< most recently used first
    QHash<quint64, Entry> m_entries;
};

} // namespace Meanwhile::Ui
