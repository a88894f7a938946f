// SPDX-License-Identifier: MIT
#pragma once

#include "ui/transcript/rowwidget.h"

#include <QHash>
#include <QVector>

namespace Meanwhile::Ui {

class ThumbnailCache;

/// Row widgets that show nothing now, by what they can show. All are children of one parent.
class RowPool {
public:
    RowPool(const Theme &theme, DocumentCache &cache, ThumbnailCache &thumbnails, QWidget *parent)
        : m_theme(theme)
        , m_cache(cache)
        , m_thumbnails(thumbnails)
        , m_parent(parent)
    {
    }

    struct Taken {
        RowWidget *widget = nullptr;
        bool isNew = false; ///< its signals are not connected yet
    };
    Taken take(Models::TranscriptRow::Kind kind);
    void giveBack(RowWidget *widget);
    /// Deletes the widgets that show nothing.
    void clear();

private:
    RowWidget *make(Models::TranscriptRow::Kind kind) const;

    const Theme &m_theme;
    DocumentCache &m_cache;
    ThumbnailCache &m_thumbnails;
    QWidget *m_parent;
    QHash<int, QVector<RowWidget *>> m_idle;
};

} // namespace Meanwhile::Ui
