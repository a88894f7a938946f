// SPDX-License-Identifier: MIT
#pragma once

#include "ui/composer/preparedimage.h"

#include <QFrame>

class QLabel;
class QProgressBar;
class QToolButton;

namespace Meanwhile::Ui {

class Theme;

/// One image of the message: small picture, name, size and a button that takes it out.
///
/// States: preparing -> ready or failed; a failed one says why until it is taken out.
class AttachmentChip : public QFrame {
    Q_OBJECT

public:
    enum class State { Preparing, Ready, Failed };

    AttachmentChip(Theme &theme, const QString &name, QWidget *parent);

    /// It was prepared before; its small picture follows with setResult().
    void setReady(const Conversation::ImageBlock &image);
    void setResult(const Result<PreparedImage> &result);
    State state() const { return m_state; }
    const Conversation::ImageBlock &image() const { return m_image; }
    QToolButton *removeButton() const { return m_remove; }

signals:
    void removeRequested();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void setFacts(const QString &text);
    void colourFailure();

    Theme &m_theme;
    State m_state = State::Preparing;
    Conversation::ImageBlock m_image;
    QString m_name;
    QLabel *m_picture = nullptr;
    QLabel *m_title = nullptr;
    QLabel *m_facts = nullptr;
    QProgressBar *m_progress = nullptr;
    QToolButton *m_remove = nullptr;
};

} // namespace Meanwhile::Ui
