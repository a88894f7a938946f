// SPDX-License-Identifier: MIT
#pragma once

#include <QIcon>
#include <QString>

namespace Meanwhile::Ui {

class Theme;

/// One of resources/icons, drawn in the theme's dim text colour when it is first shown and again when the
/// theme has changed. `theme` must outlive it.
QIcon themedIcon(const Theme &theme, const QString &name);

/// The program's own icon.
QIcon applicationIcon();

} // namespace Meanwhile::Ui
