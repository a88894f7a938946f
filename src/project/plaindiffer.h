// SPDX-License-Identifier: MIT
#pragma once

#include "project/differ.h"

namespace Meanwhile::Project {

/// A diff without a library: everything between the first and the last changed line is one block.
class PlainDiffer final : public Differ {
public:
    QString unified(const QString &path, const QByteArray &before, const QByteArray &after) const override;
};

} // namespace Meanwhile::Project
