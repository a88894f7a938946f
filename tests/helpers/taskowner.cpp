// SPDX-License-Identifier: MIT
#include "tasks/taskmanager.h"

#include <QCoreApplication>

#include <cstdio>

using namespace Meanwhile;
using namespace Meanwhile::Tasks;

// An application with one task, to be killed: taskowner RUNNER TASKS_FOLDER WORKING_DIRECTORY COMMAND
// STATE_FOLDER Prints the task's id once the command runs.
int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = app.arguments();
    if (arguments.size() != 6)
        return 2;
    SystemClock clock;
    RandomIds ids;
    TaskManagerSettings settings;
    settings.runnerPath = arguments.at(1);
    settings.tasksFolder = arguments.at(2);
    settings.environment = QProcessEnvironment::systemEnvironment();
    settings.secret = SealSecret::inFolder(arguments.at(5));
    TaskManager manager(settings, clock, ids);
    QObject::connect(&manager, &TaskManager::changed, &app, [](const Task &task) {
        if (task.state == TaskState::Running) {
            std::puts(qPrintable(task.id));
            std::fflush(stdout);
        }
    });
    TaskSpec spec;
    spec.workingDirectory = arguments.at(3);
    spec.command = arguments.at(4);
    manager.start(spec);
    return QCoreApplication::exec();
}
