// SPDX-License-Identifier: MIT
#pragma once

#include "app/commandbox.h"
#include "app/commandenvironment.h"
#include "app/provideraccess.h"
#include "base/clock.h"
#include "base/ids.h"
#include "base/statepaths.h"
#include "base/trustedsettings.h"
#include "store/sessionstore.h"
#include "tasks/sealsecret.h"
#include "tasks/writelog.h"
#include "wire/httpclient.h"

#include <QDir>
#include <QHash>
#include <QTemporaryDir>

#include <memory>

namespace Meanwhile::App {

/// What lives as long as the program, whatever folder is open.
struct Program {
    /// `programFolder`: where meanwhile-run is.
    Program(const StartEnvironment &given, const QString &programFolder)
        : environment(given)
        , paths(StatePaths::fromEnvironment(given.variables()))
        , stateCreated(paths.create())
        , stateIsWritable(stateCreated)
        , sealSecret(stateIsWritable ? Tasks::SealSecret::inFolder(paths.state) : Tasks::SealSecret::random())
        , trusted(TrustedSettings::load(paths))
        , settings(trusted.settings)
        , learned(Llm::LearnedModels::load(paths.state))
        , runnerPath(programFolder + QStringLiteral("/meanwhile-run"))
        , transport(clock, {.caFile = environment.value(QStringLiteral("MEANWHILE_CA_FILE"))})
        , store(databaseFile())
        , commandEnvironment(given.variables(), runnerPath)
        , commandBox({runnerPath, paths.state, {paths.state, paths.config}, QDir::homePath()})
    {
        if (stateIsWritable)
            return;
        scratch = std::make_unique<QTemporaryDir>(QDir::tempPath() + QStringLiteral("/meanwhile-XXXXXX"));
        paths.tasks = scratch->filePath(QStringLiteral("tasks"));
    }

    /// Shared by all sessions in this folder, so that each knows what the others write.
    std::shared_ptr<Tasks::WriteLog> writesIn(const QString &folder)
    {
        std::shared_ptr<Tasks::WriteLog> &log = writes[folder];
        if (!log)
            log = std::make_shared<Tasks::WriteLog>(folder);
        return log;
    }

    StartEnvironment environment;
    StatePaths paths;
    Result<void> stateCreated; ///< the error says why nothing can be kept
    bool stateIsWritable;
    std::unique_ptr<QTemporaryDir> scratch; ///< where the tasks are when nothing can be kept; else null
    Tasks::SealSecret sealSecret;
    TrustedSettings trusted; ///< as they were at the start
    Settings settings;
    Llm::LearnedModels learned;
    QString runnerPath;
    Llm::ModelCatalog catalog = Llm::ModelCatalog::builtIn();
    SystemClock clock;
    RandomIds ids;
    Wire::HttpClient transport;
    Store::SessionStore store;
    CommandEnvironment commandEnvironment;
    CommandBox commandBox;
    QHash<QString, std::shared_ptr<Tasks::WriteLog>> writes;

    /// Of the commands in this project.
    QProcessEnvironment environmentIn(const QString &folder) const
    {
        return commandEnvironment.current(settings.passedOn.value(folder));
    }

private:
    QString databaseFile() const
    {
        const QString file = paths.state + QStringLiteral("/meanwhile.db");
        if (stateIsWritable)
            makePrivateFile(file); // SQLite gives its companions the same mode
        return file;
    }
};

} // namespace Meanwhile::App
