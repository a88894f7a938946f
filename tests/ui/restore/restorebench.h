// SPDX-License-Identifier: MIT
#pragma once

#include "agent/agentcontroller.h"
#include "agent/manualclient.h"
#include "base/clock.h"
#include "base/ids.h"
#include "checkpoints/asynccheckpointstore.h"
#include "checkpoints/sessioncheckpoints.h"
#include "models/transcriptmodel.h"
#include "tasks/taskmanager.h"
#include "tools/toolregistry.h"
#include "ui/restore/restorepreview.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QDir>
#include <QTemporaryDir>

namespace Meanwhile::Testing {

/// A conversation with real checkpoints of a real folder; the model is spoken by the test.
class RestoreBench {
public:
    RestoreBench()
        : checkpoints(std::make_unique<Checkpoints::AsyncCheckpointStore>(
              std::make_unique<Checkpoints::DiskCheckpointStore>(
                  folder.path(), state.path(), std::make_shared<Project::GitModule>())))
        , tasks({qEnvironmentVariable("MEANWHILE_BIN_DIR") + QStringLiteral("/meanwhile-run"),
                    state.filePath(QStringLiteral("tasks")), QProcessEnvironment::systemEnvironment(), 64,
                    1024 * 1024},
              clock, ids)
        , controller({&client, &tools, &tasks, nullptr, &clock, &ids, &checkpoints},
              Agent::AgentController::Options{})
    {
        session.folder = folder.path();
        session.controller = &controller;
        session.tasks = &tasks;
        session.checkpoints = &checkpoints;
        session.transcript = &transcript;
    }

    void put(const QString &name, const QByteArray &bytes) const
    {
        QDir(folder.path()).mkpath(QFileInfo(name).path());
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qWarning("cannot write %s", qPrintable(name));
    }
    QByteArray contentOf(const QString &name) const
    {
        QFile file(folder.filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(none)");
    }
    const Conversation::Message &firstMessage() const { return controller.history().messages().first(); }

    QTemporaryDir folder;
    QTemporaryDir state;
    SystemClock clock;
    RandomIds ids;
    ManualClient client;
    Tools::ToolRegistry tools;
    Models::TranscriptModel transcript{Tools::ToolPresentations()};
    Checkpoints::SessionCheckpoints checkpoints;
    Tasks::TaskManager tasks;
    Agent::AgentController controller;
    Ui::OpenSession session;
    Ui::Theme theme{*qApp};
};

} // namespace Meanwhile::Testing
