// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/contentblock.h"

#include <QCache>
#include <QImage>
#include <QObject>
#include <QSet>

namespace Meanwhile::Ui {

/// Small pictures of the rows seen last, decoded on the thread pool; the least recently used go first.
///
/// Thread: GUI thread. Keys are never used again for another image.
class ThumbnailCache : public QObject {
    Q_OBJECT

public:
    struct Key {
        quint64 row = 0;
        int index = 0;
        bool operator==(const Key &) const = default;
    };
    static constexpr int kMaxKilobytes = 16 * 1024;

    explicit ThumbnailCache(QObject *parent = nullptr);

    /// Null: it is being decoded and loaded() follows. A null image: it cannot be decoded. The pointer is
    /// good until the next call.
    const QImage *find(Key key, const Conversation::ImageBlock &image, QSize box);
    void clear() { m_pictures.clear(); }
    int kilobytes() const { return int(m_pictures.totalCost()); }

signals:
    void loaded(Meanwhile::Ui::ThumbnailCache::Key key);

private:
    QCache<Key, QImage> m_pictures; ///< cost in kilobytes
    QSet<Key> m_decoding;
};

inline size_t qHash(ThumbnailCache::Key key, size_t seed = 0)
{
    return qHashMulti(seed, key.row, key.index);
}

} // namespace Meanwhile::Ui
