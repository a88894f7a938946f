// SPDX-License-Identifier: MIT
#pragma once

#include <QDialog>

namespace Meanwhile::Ui {

/// Asked before a command runs again that nobody vouches for: it was stored, and what is stored can be
/// written to by any command. Shows it to the letter. Shown with open(), so that nothing waits for it;
/// accepted() means Run. Esc and closing it mean Cancel, which is also what Enter does.
class RunAgainQuestion : public QDialog {
    Q_OBJECT

public:
    RunAgainQuestion(const QString &command, QWidget *parent);
};

} // namespace Meanwhile::Ui
