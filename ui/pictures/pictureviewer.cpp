// SPDX-License-Identifier: MIT
#include "ui/pictures/pictureviewer.h"

#include "base/whenfinished.h"
#include "ui/pictures/picture.h"
#include "ui/widgets/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QPainter>
#include <QScreen>
#include <QtConcurrentRun>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

static constexpr int kMargin = 12;
static constexpr QSize kSmallest{240, 160};
static constexpr QSize kWhole{20'000, 20'000};

PictureViewer *PictureViewer::open(const Theme &theme, const Conversation::ImageBlock &image, QWidget *owner)
{
    auto *viewer = new PictureViewer(theme, image, owner);
    viewer->show();
    viewer->activateWindow();
    return viewer;
}

PictureViewer::PictureViewer(const Theme &theme, const Conversation::ImageBlock &image, QWidget *owner)
    : QWidget(owner, Qt::Window)
    , m_theme(theme)
    , m_note(tr("Opening the image…"))
{
    setObjectName(u"pictureViewer"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(pictureName(image) + u" · "_s + pictureFacts(image));
    setAccessibleName(windowTitle());
    setMinimumSize(kSmallest);
    resize(firstSize(pixelSize(image)));
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    whenFinished(QtConcurrent::run(decodedToFit, image, kWhole), this, [this](const QImage &picture) {
        m_picture = picture;
        m_note = picture.isNull() ? tr("This image cannot be shown.") : QString();
        update();
        emit loaded();
    });
}

QSize PictureViewer::firstSize(QSize pixels) const
{
    const QSize most = screen()->availableSize() * 9 / 10;
    const QSize whole = pixels / devicePixelRatioF() + QSize(2 * kMargin, 2 * kMargin);
    return whole.boundedTo(most).expandedTo(kSmallest);
}

void PictureViewer::paintEvent(QPaintEvent *)
{
    const Tokens &t = m_theme.tokens();
    QPainter painter(this);
    painter.fillRect(rect(), t.side);
    if (m_picture.isNull()) {
        painter.setPen(t.dim);
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap, m_note);
        return;
    }
    const QRect inner = rect().adjusted(kMargin, kMargin, -kMargin, -kMargin);
    QSizeF size = QSizeF(m_picture.size()) / devicePixelRatioF();
    if (size.width() > inner.width() || size.height() > inner.height())
        size.scale(inner.size(), Qt::KeepAspectRatio);
    QRectF place({}, size);
    place.moveCenter(QRectF(inner).center());
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(place, m_picture);
}

void PictureViewer::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape || event->matches(QKeySequence::Close))
        close();
    else if (event->matches(QKeySequence::Copy) && !m_picture.isNull())
        QGuiApplication::clipboard()->setImage(m_picture);
    else
        QWidget::keyPressEvent(event);
}

} // namespace Meanwhile::Ui
