// SPDX-License-Identifier: MIT
#pragma once

#include "checkpoints/manifest.h"

#include <QByteArrayList>

namespace Meanwhile::Checkpoints {

/// What to restore where only some files are to be.
struct ChosenFiles {
    Manifest target;        ///< as now, with the chosen files as they were
    QByteArrayList blocked; ///< chosen, but a file that was not is in their place
};

/// `files`: those that differ in `now` and are to be as in `then`, or to go where it has none.
ChosenFiles chosenFiles(const Manifest &then, const Manifest &now, const QByteArrayList &files);

} // namespace Meanwhile::Checkpoints
