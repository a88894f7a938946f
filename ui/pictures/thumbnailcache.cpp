// SPDX-License-Identifier: MIT
#include "ui/pictures/thumbnailcache.h"

#include "base/whenfinished.h"
#include "ui/pictures/picture.h"

#include <QtConcurrentRun>

namespace Meanwhile::Ui {

ThumbnailCache::ThumbnailCache(QObject *parent)
    : QObject(parent)
    , m_pictures(kMaxKilobytes)
{
}

const QImage *ThumbnailCache::find(Key key, const Conversation::ImageBlock &image, QSize box)
{
    if (const QImage *known = m_pictures.object(key))
        return known;
    if (m_decoding.contains(key))
        return nullptr;
    m_decoding.insert(key);
    whenFinished(QtConcurrent::run(decodedToFit, image, box), this, [this, key](const QImage &picture) {
        m_decoding.remove(key);
        m_pictures.insert(key, new QImage(picture), 1 + int(picture.sizeInBytes() / 1'000));
        emit loaded(key);
    });
    return nullptr;
}

} // namespace Meanwhile::Ui
