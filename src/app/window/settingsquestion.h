// SPDX-License-Identifier: MIT
#pragma once

namespace Meanwhile::Ui {
class MainWindow;
}

namespace Meanwhile::App {

class WindowProgram;

/// Asks in the window's message bar whether to use settings that were changed outside; withdraws the
/// question when none differ any more. Both must outlive the question.
void askAboutSettings(WindowProgram &program, Ui::MainWindow &window);

} // namespace Meanwhile::App
