// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "base/settings.h"
#include "base/statepaths.h"
#include "permissions/mode.h"

#include <QCoreApplication>
#include <QStringList>

#include <optional>

namespace Meanwhile::App {

enum class OutputFormat { Text, Json, StreamJson };

/// What the person asked for at the start. Strings are empty where nothing was said.
struct CommandLine {
    Q_DECLARE_TR_FUNCTIONS(Meanwhile::App::CommandLine)

public:
    QString folder;
    QString send;                 ///< with a window: send this at once
    std::optional<QString> print; ///< without a window: run this one prompt
    OutputFormat format = OutputFormat::Text;
    QString provider; ///< as the person names it; an id in resolved()
    QString model;
    QString baseUrl;
    std::optional<Permissions::Mode> mode;
    enum class Box { On, Off, Require };
    Box box = Box::On;
    bool continueNewest = false;
    QString resumeId;
    bool wait = true;
    int maxRequests = 0;
    bool showHelp = false;
    bool showVersion = false;

    bool operator==(const CommandLine &) const = default;

    /// `arguments` begins with the program's name. The error says what is wrong and how to see the options.
    static Result<CommandLine> parse(const QStringList &arguments);
    /// With the provider's name looked up in the person's settings.
    Result<CommandLine> resolved(const StatePaths &paths) const;
    static QString helpText();
};

/// The id of the provider of this name: anthropic, openai, demo or, in any case of letters, one of the
/// person's own. The error lists them all.
Result<QString> providerNamed(const QString &name, const Settings &settings);

} // namespace Meanwhile::App
