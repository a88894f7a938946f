// SPDX-License-Identifier: MIT
#pragma once

namespace Meanwhile::Ui {

/// From now on a screen reader gets the transcript's parts as what they are: a list whose items are
/// messages and calls with their texts, and buttons that open and close what belongs to them.
///
/// Only rows in sight are items, as only they have widgets. A second time does nothing.
class AccessibleParts {
public:
    static void install();
};

} // namespace Meanwhile::Ui
