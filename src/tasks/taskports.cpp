// SPDX-License-Identifier: MIT
#include "base/whenfinished.h"
#include "tasks/listeningports.h"
#include "tasks/taskmanagerprivate.h"

#include <QtConcurrentRun>

namespace Meanwhile::Tasks {

using namespace std::chrono_literals;

namespace {

constexpr auto kFirstLook = 500ms;
constexpr auto kLongestInterval = 16s;

} // namespace

void TaskManager::Private::lookAtPortsSoon()
{
    portsInterval = kFirstLook;
    portsDue = clock.now() + portsInterval;
}

void TaskManager::Private::lookAtPorts()
{
    if (isLookingAtPorts || clock.now() < portsDue)
        return;
    QList<qint64> supervisors;
    for (const QString &id : std::as_const(live)) {
        const TaskEntry *entry = find(id);
        if (entry->task.state == TaskState::Running && entry->task.supervisor.pid > 0)
            supervisors.append(entry->task.supervisor.pid);
    }
    portsInterval = std::min<std::chrono::milliseconds>(portsInterval * 2, kLongestInterval);
    portsDue = clock.now() + portsInterval;
    if (supervisors.isEmpty())
        return;
    isLookingAtPorts = true;
    whenFinished(QtConcurrent::run(listeningPorts, supervisors), q,
        [this](const QHash<qint64, QList<quint16>> &ports) {
            isLookingAtPorts = false;
            onPorts(ports);
        });
}

void TaskManager::Private::onPorts(const QHash<qint64, QList<quint16>> &ports)
{
    const QSet<QString> asked = live; // a receiver of changed() may start another
    for (const QString &id : asked) {
        TaskEntry *entry = find(id);
        if (entry->task.state != TaskState::Running || entry->isConcluded)
            continue;
        const QList<quint16> found = ports.value(entry->task.supervisor.pid);
        if (std::exchange(entry->task.ports, found) != found)
            tellChange(*entry);
    }
}

} // namespace Meanwhile::Tasks
