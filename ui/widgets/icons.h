// SPDX-License-Identifier: MIT
#pragma once

#include "ui/widgets/theme.h"

#include <QIcon>
#include <QSize>
#include <QString>

namespace Meanwhile::Ui {

/// One of resources/icons, drawn in a colour of the theme when it is first shown and again when the theme has
/// changed. `theme` must outlive it. Drawn at the left of its place: see kIconBesideText.
QIcon themedIcon(const Theme &theme, const QString &name, QColor Tokens::*colour = &Tokens::dim);

/// The icon size for a button with words: the style's own gap between the two is too narrow.
inline constexpr QSize kIconBesideText(20, 16);

/// The program's own icon.
QIcon applicationIcon();

} // namespace Meanwhile::Ui
