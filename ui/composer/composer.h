// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/contentblock.h"

#include <QTimer>
#include <QWidget>

#include <chrono>

class QKeyEvent;
class QMimeData;
class QPushButton;

namespace Meanwhile::Ui {

class AttachmentRow;
class ComposerEdit;
class ContextGauge;
class ElidedLabel;
class MenuButton;
class Theme;

/// Where the person writes: images, text field, model, what the context holds and cost, Stop and Send.
///
/// typingChanged(true) with the first key, (false) `typingPause` after the last one or when the field is
/// emptied or sent. Text that is put in by the program is not typing. A message whose images are still being
/// prepared is sent when they are ready; when one fails, it stays and the person decides.
class Composer : public QWidget {
    Q_OBJECT

public:
    explicit Composer(Theme &theme, QWidget *parent = nullptr);

    QString text() const;
    /// Replaces the text; can be undone. Takes the focus when the person asked for it.
    void setText(const QString &text);
    /// Of another session: what was written before cannot be brought back with Undo here.
    void showDraft(const QString &text);
    /// What is written stays and stands behind it: nothing typed is lost.
    void putBefore(const QString &text);
    /// Images are shown to the model; other files are named in the text, where the cursor is, and so are
    /// images of the project, which the model may be asked to work on.
    void attach(const QStringList &paths);
    /// The image of a clipboard or a drop.
    void attachFrom(const QMimeData *source);
    /// Nothing written and no image, not even one that is being prepared.
    bool isEmpty() const;
    /// An image is still being read; draftChanged() when it is not any more.
    bool isPreparing() const;
    /// Those that are ready to be sent.
    QVector<Conversation::ImageBlock> images() const;
    void setImages(const QVector<Conversation::ImageBlock> &images);
    void addImages(const QVector<Conversation::ImageBlock> &images);
    void takeFocus();
    /// Takes over a letter that was typed where no widget uses it, with the focus. False for other
    /// keys.
    bool takeTyped(const QKeyEvent &event);

    void setProjectFolder(const QString &folder) { m_projectFolder = folder; }
    void setPlaceholder(const QString &text);
    /// Tokens; a limit of 0 is unknown.
    void setContext(qint64 used, qint64 limit);
    /// What the session has cost so far, and the whole of it for who asks.
    void setCost(const QString &text, const QString &details);
    /// While the agent works there is something to stop.
    void setWorking(bool working);
    void setModelText(const QString &model);
    MenuButton *modelButton() const { return m_model; }
    void setTypingPause(std::chrono::milliseconds pause) { m_typing.setInterval(pause); }

signals:
    void submitted(const QString &text, const QVector<Meanwhile::Conversation::ImageBlock> &images);
    void stopRequested();
    void attachRequested();
    void editLastQueuedRequested();
    void typingChanged(bool isTyping);
    /// Text or images.
    void draftChanged();
    /// What was pasted or attached is too much for a message.
    void refused(const QString &why);

private:
    QWidget *makeRow(Theme &theme);
    void send();
    void noteChange();
    void noteImages();
    void endTyping();

    ComposerEdit *m_edit = nullptr;
    AttachmentRow *m_images = nullptr;
    MenuButton *m_model = nullptr;
    ContextGauge *m_context = nullptr;
    ElidedLabel *m_cost = nullptr;
    QPushButton *m_stop = nullptr;
    QPushButton *m_send = nullptr;
    QTimer m_typing;
    QString m_projectFolder;
    bool m_isTyping = false;
    bool m_sendsWhenReady = false; ///< the person sent it before its images were ready
    bool m_isOwnChange = false;    ///< the program writes, not the person
};

} // namespace Meanwhile::Ui
