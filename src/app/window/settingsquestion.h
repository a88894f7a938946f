// SPDX-License-Identifier: MIT
#pragma once

namespace Meanwhile::Ui {
class MainWindow;
}

namespace Meanwhile::App {

class WindowProgram;

/// Asks in the window's message bar whether what was changed outside counts; takes the question back where
/// nothing is changed any more. Both must outlive the question.
void askAboutSettings(WindowProgram &program, Ui::MainWindow &window);

} // namespace Meanwhile::App
