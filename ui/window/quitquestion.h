// SPDX-License-Identifier: MIT
#pragma once

#include <QDialog>
#include <QStringList>

class QLabel;

namespace Meanwhile::Ui {

/// Asked when the window is closed while tasks run. Shown with open(), so that nothing waits for it; Esc and
/// closing it mean Cancel.
class QuitQuestion : public QDialog {
    Q_OBJECT

public:
    /// `commands`: of the tasks that run, at least one.
    QuitQuestion(const QStringList &commands, QWidget *parent);

    /// The person chose to stop them: says so until the window closes.
    void showStopping();

signals:
    void keepChosen();
    void stopChosen();

private:
    QLabel *m_text = nullptr;
    QWidget *m_buttons = nullptr;
};

} // namespace Meanwhile::Ui
