// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>

namespace Meanwhile::Llm {

/// What the demo model understands of the person's words, in English, Spanish and Korean.
struct DemoRequest {
    enum class Kind {
        Unknown,
        RunAndCreate, ///< run X in the background, create FILE while it runs
        RunSeveral,   ///< start N background tasks and check their status
        RunAndGoOn,   ///< run X in the background and keep working on other things
        RunOne,       ///< run X and wait
        Read,
    };
    enum class Language { English, Spanish, Korean };

    Kind kind = Kind::Unknown;
    Language language = Language::English;
    QStringList commands;
    QString file;
    QString text;

    static DemoRequest parse(const QString &words);

    bool operator==(const DemoRequest &) const = default;
};

} // namespace Meanwhile::Llm
