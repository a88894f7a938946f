// SPDX-License-Identifier: MIT
#pragma once

#include "tasks/task.h"

class QJsonObject;

namespace Meanwhile::Store {

/// A task as it is stored. taskFromJson(toJson(t)) == t, but for the monotonic times, which mean nothing to
/// another run of the program. What is missing or of another type keeps its default.
QJsonObject toJson(const Tasks::Task &task);
Tasks::Task taskFromJson(const QJsonObject &object);

QString nameOf(Tasks::WakePolicy policy);
Tasks::WakePolicy wakePolicyFrom(const QString &name);

} // namespace Meanwhile::Store
