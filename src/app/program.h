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
    explicit Program(const QProcessEnvironment &given)
        : environment(given)
        , paths(StatePaths::fromEnvironment(given))
        , stateIsWritable(paths.create())
        , settings(Settings::load(paths.config))
        , store(paths.state + QStringLiteral("/meanwhile.db"))
        , commandEnvironment(given, runnerPath())
    {
    }

    QProcessEnvironment environment;
    StatePaths paths;
    bool stateIsWritable;
    Settings settings;
    SystemClock clock;
    RandomIds ids;
    Wire::HttpClient transport;
    Store::SessionStore store;
    CommandEnvironment commandEnvironment;
};

} // namespace Meanwhile::App
