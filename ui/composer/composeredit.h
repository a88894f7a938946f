// SPDX-License-Identifier: MIT
#pragma once

#include "ui/widgets/plaintextedit.h"

#include <QStringList>

namespace Meanwhile::Ui {

/// The text field of the composer: Enter sends, Shift+Enter breaks, Enter that belongs to an input method
/// does neither; grows from one line to kMaxLines, then scrolls.
class ComposerEdit : public PlainTextEdit {
    Q_OBJECT

public:
    static constexpr int kMaxLines = 8;

    explicit ComposerEdit(QWidget *parent = nullptr);

    /// Can be undone, as if it had been typed.
    void replaceText(const QString &text);

signals:
    void sendRequested();
    void editLastQueuedRequested();
    void filesPasted(const QStringList &paths);
    /// Good during the call.
    void imagePasted(const QMimeData *source);
    /// Longer than a message should be; laying it out would stop the window.
    void pasteRefused(qsizetype chars);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void inputMethodEvent(QInputMethodEvent *event) override;
    bool canInsertFromMimeData(const QMimeData *source) const override;
    void insertFromMimeData(const QMimeData *source) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void fitHeight();
    void chooseWrapping(qsizetype longestLine);

    bool m_isComposing = false; ///< an input method shows a word that is not decided yet
};

} // namespace Meanwhile::Ui
