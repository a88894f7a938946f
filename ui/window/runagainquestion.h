// SPDX-License-Identifier: MIT
#pragma once

#include <QDialog>

namespace Meanwhile::Ui {

/// Asks before a stored command runs again that may have been changed: any command can write to what is
/// stored. Shows it exactly. Shown with open(), so that nothing waits for it;
/// accepted() means Run. Esc and closing it mean Cancel, which is also what Enter does.
class RunAgainQuestion : public QDialog {
    Q_OBJECT

public:
    RunAgainQuestion(const QString &command, QWidget *parent);
};

} // namespace Meanwhile::Ui
