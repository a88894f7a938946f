// SPDX-License-Identifier: MIT
#pragma once

#include "app/commandenvironment.h"
#include "app/provideraccess.h"
#include "base/clock.h"
#include "base/ids.h"
#include "base/statepaths.h"
#include "store/sessionstore.h"
#include "tasks/writelog.h"
#include "wire/httpclient.h"

#include <QHash>
#include <QProcessEnvironment>

#include <memory>

namespace Meanwhile::App {

/// What lives as long as the program, whatever folder is open.
struct Program {
    /// `programFolder`: where meanwhile-run is.
    Program(const QProcessEnvironment &given, const QString &programFolder)
        : environment(given)
        , paths(StatePaths::fromEnvironment(given))
        , stateIsWritable(paths.create())
        , settings(Settings::load(paths.config))
        , learned(Llm::LearnedModels::load(paths.state))
        , runnerPath(programFolder + QStringLiteral("/meanwhile-run"))
        , transport(clock, {.caFile = environment.value(QStringLiteral("MEANWHILE_CA_FILE"))})
        , store(paths.state + QStringLiteral("/meanwhile.db"))
        , commandEnvironment(given, runnerPath)
    {
    }

    /// One for all sessions in this folder: what one writes counts for what runs in another.
    std::shared_ptr<Tasks::WriteLog> writesIn(const QString &folder)
    {
        std::shared_ptr<Tasks::WriteLog> &log = writes[folder];
        if (!log)
            log = std::make_shared<Tasks::WriteLog>(folder);
        return log;
    }

    QProcessEnvironment environment;
    StatePaths paths;
    bool stateIsWritable;
    Settings settings;
    Llm::LearnedModels learned;
    QString runnerPath;
    Llm::ModelCatalog catalog = Llm::ModelCatalog::builtIn();
    SystemClock clock;
    RandomIds ids;
    Wire::HttpClient transport;
    Store::SessionStore store;
    CommandEnvironment commandEnvironment;
    QHash<QString, std::shared_ptr<Tasks::WriteLog>> writes;
};

} // namespace Meanwhile::App
