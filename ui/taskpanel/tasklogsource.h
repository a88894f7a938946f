// SPDX-License-Identifier: MIT
#pragma once

#include "tasks/tasklog.h"
#include "ui/taskpanel/logsource.h"

#include <optional>

namespace Meanwhile::Ui {

/// The log of a task as its supervisor writes it; opened when first read, which may be before it exists.
class TaskLogSource final : public LogSource {
public:
    explicit TaskLogSource(QString path);

    LogExtent extent() override;
    Piece read(qint64 offset, qint64 maxBytes) override;

private:
    bool open();

    QString m_path;
    std::optional<Tasks::TaskLog> m_log;
};

} // namespace Meanwhile::Ui
