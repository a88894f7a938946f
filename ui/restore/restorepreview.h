// SPDX-License-Identifier: MIT
#pragma once

#include "checkpoints/checkpoint.h"
#include "ui/ports/opensession.h"

#include <QDialog>

class QCheckBox;
class QLabel;
class QListWidget;
class QListWidgetItem;
class QPushButton;
class QSplitter;

namespace Meanwhile::Conversation {
struct Message;
}

namespace Meanwhile::Ui {

class DiffPane;
class Theme;

/// What restoring files would do, which of them, and the button that does it: all, until the person leaves
/// some out. Not modal: show() it; nothing changes before Restore.
///
/// States: Looking -> Shown -> Restoring -> closed, or Ended where something was left alone or went wrong.
/// Not owned, must outlive it: theme and the session's objects.
class RestorePreview : public QDialog {
    Q_OBJECT

public:
    /// To how the files were before this message of the person's.
    RestorePreview(const Theme &theme, const OpenSession &session, const Conversation::Message &before,
        QWidget *parent = nullptr);
    /// Undoes a restore, by the checkpoint that was taken before it.
    RestorePreview(const Theme &theme, const OpenSession &session, const QString &undoCheckpoint,
        QWidget *parent = nullptr);

    /// Shows it over `window`, in place of an earlier one; it deletes itself once closed. Null where the
    /// message is not in the conversation.
    static RestorePreview *openBefore(
        const Theme &theme, const OpenSession &session, const QString &messageId, QWidget *window);
    static RestorePreview *openUndo(
        const Theme &theme, const OpenSession &session, const QString &undoCheckpoint, QWidget *window);

    /// Not while it restores.
    void reject() override;

signals:
    /// All of it; `words` say so.
    void restored(const QString &words);

private:
    enum class State { Looking, Shown, Restoring, Ended };
    enum class Fate { Changes, ComesBack, IsRemoved };

    RestorePreview(const Theme &theme, const OpenSession &session, QWidget *parent);
    static RestorePreview *opened(RestorePreview *preview, QWidget *window);
    void build();
    void find(const QString &label);
    void compare();
    void showChanges(const Checkpoints::FileChanges &changes);
    void addFile(const QByteArray &path, Fate fate);
    void chooseAll(bool chosen);
    /// Of what was shown.
    Checkpoints::FileChanges chosen() const;
    void showChosen();
    void showSelected();
    void restore();
    void finish(const Checkpoints::Restored &restored);
    void end(const QString &text);
    void refresh();
    void restyle();
    QString warning() const;

    const Theme &m_theme;
    OpenSession m_session;
    QString m_messageId;   ///< empty: a restore is undone
    bool m_isLate = false; ///< the copy has a gap
    QString m_checkpointId;
    State m_state = State::Looking;
    Checkpoints::FileChanges m_changes; ///< as shown
    QCheckBox *m_all;
    QLabel *m_title;
    QLabel *m_summary;
    QLabel *m_warning;
    QListWidget *m_list;
    DiffPane *m_diff;
    QSplitter *m_splitter;
    QLabel *m_leftOut;
    QPushButton *m_cancel;
    QPushButton *m_restore;
};

} // namespace Meanwhile::Ui
