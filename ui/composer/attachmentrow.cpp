// SPDX-License-Identifier: MIT
#include "ui/composer/attachmentrow.h"

#include "base/whenfinished.h"
#include "images/imagefitter.h"
#include "ui/pictures/picture.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QMimeData>
#include <QResizeEvent>
#include <QScrollBar>
#include <QtConcurrentRun>
#include <QToolButton>

#include <algorithm>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;
using Conversation::ImageBlock;

AttachmentRow::AttachmentRow(Theme &theme, QWidget *parent)
    : QScrollArea(parent)
    , m_theme(theme)
    , m_fitter(std::make_shared<Images::ImageFitter>())
{
    setObjectName(u"attachments"_s);
    setAccessibleName(tr("Attached images"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWidgetResizable(true);
    viewport()->setAutoFillBackground(false);
    auto *content = new QWidget(this);
    content->setAutoFillBackground(false);
    m_layout = new QHBoxLayout(content);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(8);
    m_layout->addStretch(1);
    setWidget(content);
    content->setAutoFillBackground(false); // setWidget() turns it on
    m_pool.setMaxThreadCount(1);
    hide();
}

AttachmentRow::~AttachmentRow()
{
    m_pool.clear(); // waits for the one that runs only
}

void AttachmentRow::addFiles(const QStringList &paths)
{
    for (const QString &path : paths)
        add(QFileInfo(path).fileName(),
            [fitter = m_fitter, path] { return PreparedImage::fromFile(*fitter, path); });
}

void AttachmentRow::addFrom(const QMimeData &source)
{
    const QString name = tr("Pasted image");
    if (const QString format = imageFormat(source); !format.isEmpty()) {
        add(name, [fitter = m_fitter, bytes = source.data(format), name] {
            return PreparedImage::fromBytes(*fitter, bytes, name);
        });
        return;
    }
    add(name, [fitter = m_fitter, image = source.imageData().value<QImage>(), name] {
        return PreparedImage::fromImage(*fitter, image, name);
    });
}

void AttachmentRow::addImages(const QVector<ImageBlock> &images)
{
    for (const ImageBlock &image : images) {
        if (auto *chip = add(pictureName(image), [image] { return PreparedImage::fromBlock(image); }))
            chip->setReady(image);
    }
    if (!images.isEmpty())
        emit changed();
}

AttachmentChip *AttachmentRow::add(const QString &name, std::function<Result<PreparedImage>()> prepare)
{
    if (m_chips.size() >= kMaxImages) {
        emit tooMany();
        return nullptr;
    }
    auto *chip = new AttachmentChip(m_theme, name, widget());
    m_chips.append(chip);
    m_layout->insertWidget(m_layout->count() - 1, chip);
    connect(chip, &AttachmentChip::removeRequested, this, [this, chip] { remove(chip); });
    whenFinished(QtConcurrent::run(&m_pool, std::move(prepare)), chip,
        [this, chip](const Result<PreparedImage> &result) {
            chip->setResult(result);
            if (isThereAlready(chip))
                return remove(chip);
            fitHeight();
            emit changed();
        });
    chainTabs();
    show();
    fitHeight();
    emit changed();
    return chip;
}

bool AttachmentRow::isThereAlready(const AttachmentChip *chip) const
{
    return chip->state() == AttachmentChip::State::Ready &&
           std::any_of(m_chips.begin(), m_chips.end(), [chip](const AttachmentChip *other) {
               return other != chip && other->state() == AttachmentChip::State::Ready &&
                      other->image().name == chip->image().name &&
                      other->image().bytes == chip->image().bytes;
           });
}

void AttachmentRow::remove(AttachmentChip *chip)
{
    const qsizetype at = m_chips.indexOf(chip);
    const bool hadFocus = chip->removeButton()->hasFocus();
    m_chips.removeAt(at);
    chip->hide();
    chip->deleteLater();
    if (hadFocus && !m_chips.isEmpty())
        m_chips.at(std::min(at, m_chips.size() - 1))->removeButton()->setFocus(Qt::TabFocusReason);
    else if (hadFocus)
        emit left();
    setVisible(!m_chips.isEmpty());
    fitHeight();
    emit changed();
}

void AttachmentRow::clear()
{
    if (m_chips.isEmpty())
        return;
    for (AttachmentChip *chip : std::as_const(m_chips)) {
        chip->hide();
        chip->deleteLater();
    }
    m_chips.clear();
    m_pool.clear();
    hide();
    emit changed();
}

QVector<ImageBlock> AttachmentRow::images() const
{
    QVector<ImageBlock> ready;
    for (const AttachmentChip *chip : m_chips) {
        if (chip->state() == AttachmentChip::State::Ready)
            ready.append(chip->image());
    }
    return ready;
}

bool AttachmentRow::has(AttachmentChip::State state) const
{
    return std::any_of(m_chips.begin(), m_chips.end(),
        [state](const AttachmentChip *chip) { return chip->state() == state; });
}

void AttachmentRow::chainTabs()
{
    QWidget *before = m_tabBefore;
    for (const AttachmentChip *chip : std::as_const(m_chips)) {
        if (before)
            setTabOrder(before, chip->removeButton());
        before = chip->removeButton();
    }
}

void AttachmentRow::fitHeight()
{
    for (const AttachmentChip *chip : std::as_const(m_chips))
        chip->layout()->activate(); // only this makes the row notice a change inside
    m_layout->activate();
    const QSize wanted = m_layout->minimumSize();
    const bool scrolls = wanted.width() > width();
    setFixedHeight(wanted.height() + (scrolls ? horizontalScrollBar()->sizeHint().height() : 0));
}

void AttachmentRow::resizeEvent(QResizeEvent *event)
{
    QScrollArea::resizeEvent(event);
    if (event->oldSize().width() != event->size().width())
        fitHeight();
}

} // namespace Meanwhile::Ui
