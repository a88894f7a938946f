// SPDX-License-Identifier: MIT
#pragma once

#include "ui/composer/attachmentchip.h"

#include <QScrollArea>
#include <QThreadPool>

#include <functional>
#include <memory>

class QHBoxLayout;
class QMimeData;

namespace Meanwhile::Ui {

/// The images of the message that is being written, in a row that scrolls; hidden while there are none.
///
/// Thread: GUI thread; images are read, scaled and encoded on a thread of their own, one after the other, so
/// that only one is in memory undone.
class AttachmentRow : public QScrollArea {
    Q_OBJECT

public:
    static constexpr qsizetype kMaxImages = 20; ///< beyond it providers want smaller ones

    explicit AttachmentRow(Theme &theme, QWidget *parent = nullptr);
    ~AttachmentRow() override;

    void addFiles(const QStringList &paths);
    /// The image of a clipboard or a drop.
    void addFrom(const QMimeData &source);
    /// Images that were prepared before.
    void addImages(const QVector<Conversation::ImageBlock> &images);
    void clear();

    /// Those that are ready.
    QVector<Conversation::ImageBlock> images() const;
    bool has(AttachmentChip::State state) const;
    bool isEmpty() const { return m_chips.isEmpty(); }
    /// Puts the buttons behind `widget` in the order of the Tab key.
    void setTabBefore(QWidget *widget) { m_tabBefore = widget; }

signals:
    /// One came, became ready, failed, or went.
    void changed();
    void tooMany();
    /// The last one was taken out by key; the focus needs another place.
    void left();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    /// Null when there are too many.
    AttachmentChip *add(const QString &name, std::function<Result<PreparedImage>()> prepare);
    void remove(AttachmentChip *chip);
    /// The same image as another one's.
    bool isThereAlready(const AttachmentChip *chip) const;
    void chainTabs();
    void fitHeight();

    Theme &m_theme;
    std::shared_ptr<Images::ImageFitter> m_fitter;
    QThreadPool m_pool;
    QHBoxLayout *m_layout = nullptr;
    QVector<AttachmentChip *> m_chips;
    QWidget *m_tabBefore = nullptr;
};

} // namespace Meanwhile::Ui
