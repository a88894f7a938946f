// SPDX-License-Identifier: MIT
#include "ui/pictures/thumbnailstrip.h"

#include "ui/pictures/thumbnailbutton.h"

#include <algorithm>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

static constexpr int kGap = 8;

ThumbnailStrip::ThumbnailStrip(const Theme &theme, ThumbnailCache &cache, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_cache(cache)
{
    setObjectName(u"thumbnails"_s);
    hide();
}

void ThumbnailStrip::setImages(quint64 row, const QVector<Conversation::ImageBlock> &images)
{
    setVisible(!images.isEmpty());
    // The images of a row come at once and never change.
    if (row == m_row && images.size() == m_count)
        return;
    m_row = row;
    m_count = images.size();
    while (m_buttons.size() < m_count)
        m_buttons.append(new ThumbnailButton(m_theme, m_cache, this));
    for (qsizetype i = 0; i < m_buttons.size(); ++i) {
        m_buttons.at(i)->setVisible(i < m_count);
        if (i < m_count)
            m_buttons.at(i)->setImage({row, int(i)}, images.at(i));
        else
            m_buttons.at(i)->setImage({}, {}); // the bytes may go
    }
}

int ThumbnailStrip::layOut(int width)
{
    int x = 0;
    int y = 0;
    int lineHeight = 0;
    for (qsizetype i = 0; i < m_count; ++i) {
        const QSize size = m_buttons.at(i)->sizeHint().boundedTo({width, ThumbnailButton::kBox.height()});
        if (x > 0 && x + size.width() > width) {
            x = 0;
            y += lineHeight + kGap;
            lineHeight = 0;
        }
        m_buttons.at(i)->setGeometry(QRect(QPoint(x, y), size));
        x += size.width() + kGap;
        lineHeight = std::max(lineHeight, size.height());
    }
    return y + lineHeight;
}

} // namespace Meanwhile::Ui
