// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

namespace Meanwhile::Project {

/// Port: what changed between two versions of a text, for people. Any thread.
class Differ {
public:
    virtual ~Differ() = default;

    /// A unified diff with three lines of context; empty when nothing changed. Texts are UTF-8.
    virtual QString unified(const QString &path, const QByteArray &before, const QByteArray &after) const = 0;
};

} // namespace Meanwhile::Project
