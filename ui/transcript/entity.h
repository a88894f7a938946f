// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace Meanwhile::Ui {

/// "&amp;" as "&": numbers, and the names that people write. Others stay as they are written.
QString entityText(const QString &entity);

} // namespace Meanwhile::Ui
