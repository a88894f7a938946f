// SPDX-License-Identifier: MIT
#include "ui/pictures/thumbnailbutton.h"

#include "ui/pictures/picture.h"
#include "ui/pictures/pictureviewer.h"
#include "ui/widgets/theme.h"

#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

static constexpr QSize kSmallest{40, 40};
static constexpr int kRadius = 4;

ThumbnailButton::ThumbnailButton(const Theme &theme, ThumbnailCache &cache, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
    , m_cache(cache)
{
    setObjectName(u"thumbnail"_s);
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::TabFocus);
    connect(
        this, &QAbstractButton::clicked, this, [this] { PictureViewer::open(m_theme, m_image, window()); });
    connect(&cache, &ThumbnailCache::loaded, this, [this](ThumbnailCache::Key key) {
        if (key == m_key)
            update();
    });
}

void ThumbnailButton::setImage(ThumbnailCache::Key key, const Conversation::ImageBlock &image)
{
    m_key = key;
    m_image = image;
    const QSize size = pixelSize(image);
    const bool isLarge = size.width() > kBox.width() || size.height() > kBox.height();
    m_size = (isLarge ? size.scaled(kBox, Qt::KeepAspectRatio) : size).expandedTo(kSmallest);
    setAccessibleName(tr("Image %1, %2").arg(pictureName(image), pictureFacts(image)));
    setAccessibleDescription(tr("Opens the image"));
    setToolTip(pictureName(image) + u'\n' + pictureFacts(image));
    update();
}

const QImage *ThumbnailButton::picture() const
{
    return m_cache.find(m_key, m_image, kBox * devicePixelRatioF());
}

bool ThumbnailButton::isShown() const
{
    const QImage *image = picture();
    return image && !image->isNull();
}

void ThumbnailButton::paintEvent(QPaintEvent *)
{
    const Tokens &t = m_theme.tokens();
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    QPainterPath shape;
    shape.addRoundedRect(frame, kRadius, kRadius);
    painter.fillPath(shape, t.code);
    if (const QImage *image = picture()) {
        if (image->isNull()) {
            painter.setPen(t.dim);
            painter.setFont(Theme::dimFont());
            painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap, tr("Cannot be shown"));
        } else {
            painter.setClipPath(shape);
            QSizeF size = image->size() / devicePixelRatioF();
            if (size.width() > width() || size.height() > height())
                size.scale(QSizeF(rect().size()), Qt::KeepAspectRatio);
            QRectF place({}, size);
            place.moveCenter(QRectF(rect()).center());
            painter.drawImage(place, *image);
            painter.setClipping(false);
        }
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(hasFocus() ? t.accent : t.border, hasFocus() ? 2 : 1));
    painter.drawPath(shape);
}

void ThumbnailButton::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else if (event->key() == Qt::Key_Space)
        QAbstractButton::keyPressEvent(event);
    else
        event->ignore(); // arrows scroll what is around it
}

} // namespace Meanwhile::Ui
