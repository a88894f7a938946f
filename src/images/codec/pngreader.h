// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QImage>

namespace Meanwhile::Images {

/// A PNG, read through libpng itself: Qt lets its complaints about damaged ones go to standard error.
///
/// Errors: TooLarge: more than kMaxPixels; Protocol: damaged or cut off, with libpng's own words as the
/// detail.
Result<QImage> readPng(const QByteArray &bytes);

} // namespace Meanwhile::Images
