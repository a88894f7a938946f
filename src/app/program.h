// SPDX-License-Identifier: MIT
#pragma once

#include "app/commandenvironment.h"
#include "app/provideraccess.h"
#include "base/clock.h"
#include "base/ids.h"
#include "base/statepaths.h"
#include "store/sessionstore.h"
#include "wire/httpclient.h"

#include <QProcessEnvironment>

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
};

} // namespace Meanwhile::App
