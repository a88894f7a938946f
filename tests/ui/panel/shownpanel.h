// SPDX-License-Identifier: MIT
#pragma once

#include "memorylog.h"
#include "models/tasktablemodel.h"
#include "paneltasks.h"
#include "support/fakeclock.h"
#include "ui/taskpanel/logview.h"
#include "ui/taskpanel/taskpanel.h"
#include "ui/taskpanel/tasktable.h"

#include <QApplication>
#include <QSignalSpy>

namespace Meanwhile::Testing {

using namespace Qt::StringLiterals;

/// A panel that is shown, with its tasks and their logs.
struct ShownPanel {
    Testing::FakeClock clock;
    Ui::Theme theme{*qApp};
    Models::TaskTableModel model{clock};
    QHash<QString, std::shared_ptr<MemoryLog>> logs;
    Ui::TaskPanel panel{theme,
        [this](const Tasks::Task &task) { return logs.value(task.id, std::make_shared<MemoryLog>()); }};
    QSignalSpy commanded{&panel, &Ui::TaskPanel::commanded};

    explicit ShownPanel(const QVector<Tasks::Task> &tasks = {})
    {
        panel.setModel(&model);
        panel.resize(Ui::TaskPanel::kWidth, 700);
        panel.show();
        panel.activateWindow();
        for (const Tasks::Task &task : tasks)
            add(task);
        QCoreApplication::processEvents();
    }

    void add(const Tasks::Task &task)
    {
        if (!logs.contains(task.id))
            logs.insert(task.id, std::make_shared<MemoryLog>("log of " + task.id.toUtf8() + "\n"));
        model.addOrUpdate(task);
        QCoreApplication::processEvents();
    }

    /// What was asked for of this kind.
    template <typename Command>
    QVector<Command> asked() const
    {
        QVector<Command> all;
        for (const QVariantList &arguments : commanded) {
            const auto command = arguments.first().value<Ui::SessionCommand>();
            if (const auto *one = std::get_if<Command>(&command))
                all += *one;
        }
        return all;
    }

    template <typename T>
    T *child(const QString &name) const
    {
        return panel.findChild<T *>(name);
    }
    Ui::TaskTable *table() const { return child<Ui::TaskTable>(u"taskTable"_s); }
    QString logText() const { return child<Ui::LogView>(u"logView"_s)->toPlainText(); }
    QStringList shownIds() const
    {
        QStringList ids;
        for (int row = 0; row < table()->model()->rowCount(); ++row)
            ids += table()->model()->index(row, 0).data(Models::TaskTableModel::TaskIdRole).toString();
        return ids;
    }
};

inline Tasks::Task running(const QString &id, const QString &command = u"npm test"_s)
{
    return panelTask(id, Tasks::TaskState::Running, command);
}

inline Tasks::Task ended(const QString &id, int exitCode = 0, const QString &command = u"npm install"_s)
{
    Tasks::Task task = panelTask(id, Tasks::TaskState::Exited, command, {}, std::chrono::seconds(3), 100);
    task.exitCode = exitCode;
    return task;
}

} // namespace Meanwhile::Testing
