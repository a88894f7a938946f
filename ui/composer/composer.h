// SPDX-License-Identifier: MIT
#pragma once

#include <QTimer>
#include <QWidget>

#include <chrono>

class QLabel;
class QPushButton;

namespace Meanwhile::Ui {

class ComposerEdit;
class MenuButton;
class Theme;

/// Where the person writes: text field, model, attachments, what the context holds, Stop and Send.
///
/// typingChanged(true) with the first key, (false) `typingPause` after the last one or when the field is
/// emptied or sent. Text that is put in by the program is not typing.
class Composer : public QWidget {
    Q_OBJECT

public:
    explicit Composer(Theme &theme, QWidget *parent = nullptr);

    QString text() const;
    /// Replaces the text; can be undone. Takes the focus when the person asked for it.
    void setText(const QString &text);
    /// What is written stays and stands behind it: nothing typed is lost.
    void putBefore(const QString &text);
    /// Paths in the text, where the cursor is.
    void attach(const QStringList &paths);
    void takeFocus();

    void setProjectFolder(const QString &folder) { m_projectFolder = folder; }
    void setPlaceholder(const QString &text);
    void setContextText(const QString &text);
    /// While the agent works there is something to stop.
    void setWorking(bool working);
    void setModelText(const QString &model);
    MenuButton *modelButton() const { return m_model; }
    void setTypingPause(std::chrono::milliseconds pause) { m_typing.setInterval(pause); }

signals:
    void submitted(const QString &text);
    void stopRequested();
    void attachRequested();
    void pasteRefused(qsizetype chars);
    void editLastQueuedRequested();
    void typingChanged(bool isTyping);
    void textChanged();

private:
    QWidget *makeRow(Theme &theme);
    void send();
    void noteChange();
    void endTyping();

    ComposerEdit *m_edit = nullptr;
    MenuButton *m_model = nullptr;
    QLabel *m_context = nullptr;
    QPushButton *m_stop = nullptr;
    QPushButton *m_send = nullptr;
    QTimer m_typing;
    QString m_projectFolder;
    bool m_isTyping = false;
    bool m_isOwnChange = false; ///< the program writes, not the person
};

} // namespace Meanwhile::Ui
