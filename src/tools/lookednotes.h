// SPDX-License-Identifier: MIT
#pragma once

#include "project/filewalk.h"

namespace Meanwhile::Tools {

/// What a walk did not look at, in words for the model: a line in brackets each; empty where it is nothing.
///
/// `start` is put before the names, so that they can be given back.
QString leftOutInWords(const Project::FileWalk::LeftOut &leftOut, const QString &start);

/// Names as they can be given back.
QStringList namesOf(const QByteArrayList &paths, const QString &start);

/// The first few of the names, and how many there are in all.
QString someOf(const QStringList &names, qsizetype count);

} // namespace Meanwhile::Tools
