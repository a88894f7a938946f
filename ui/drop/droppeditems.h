// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QString>
#include <QStringList>
#include <QUrl>

namespace Meanwhile::Ui {

/// What was dropped, as the window uses it: a folder to work in, things to name in the message, or a problem
/// in words for the person. One of the three.
struct DroppedItems {
    QString folder;
    QStringList paths;
    QString problem;

    bool operator==(const DroppedItems &) const = default;
};

/// Looks the items up on disk; a network folder may take its time, so call it off the GUI thread. One folder
/// alone is a project; several things are names for the message.
DroppedItems inspectDrop(const QList<QUrl> &urls);

} // namespace Meanwhile::Ui
