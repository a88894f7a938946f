// SPDX-License-Identifier: MIT
#include "app/window/settingsquestion.h"

#include "app/window/windowprogram.h"
#include "ui/window/mainwindow.h"

namespace Meanwhile::App {

void askAboutSettings(WindowProgram &program, Ui::MainWindow &window)
{
    const QString changes = program.changedOutside();
    if (changes.isEmpty())
        return window.messageBar().forgetQuestion();
    const auto answer = [&program, &window](const Settings &settings) {
        program.answer(settings);
        window.takeOver(program.settings());
    };
    window.messageBar().ask(
        WindowProgram::tr("Settings were changed outside Meanwhile: %1. They are not in use yet.")
            .arg(changes),
        {WindowProgram::tr("Use Them"), [&program, answer] { answer(program.settingsFromOutside()); }},
        {WindowProgram::tr("Put Back"), [&program, answer] { answer(program.settings()); }});
}

} // namespace Meanwhile::App
