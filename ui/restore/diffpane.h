// SPDX-License-Identifier: MIT
#pragma once

#include <QScrollArea>

namespace Meanwhile::Ui {

class Panel;
class Theme;

/// One file's change as the conversation shows it, in a pane that scrolls.
class DiffPane : public QScrollArea {
    Q_OBJECT

public:
    DiffPane(const Theme &theme, QWidget *parent = nullptr);

    void showDiff(const QString &file, const QString &diff);
    /// Where there is no diff, why.
    void showNote(const QString &file, const QString &note);
    void clear();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void layOut();

    Ui::Panel *m_panel; ///< QFrame has a name of its own like it
    QString m_file;
    QString m_diff;
};

} // namespace Meanwhile::Ui
