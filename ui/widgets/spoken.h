// SPDX-License-Identifier: MIT
#pragma once

#include <QAccessible>

class QWidget;

namespace Meanwhile::Ui {

/// What a widget is to a screen reader, said only when it changes: Qt reports every name that is set, and a
/// reader that follows a row reads it again each time.
class Spoken {
public:
    static void setName(QWidget &widget, const QString &name);
    static void setDescription(QWidget &widget, const QString &description);
    /// For a widget that Qt knows nothing about, or takes for a frame.
    static void setRole(QWidget &widget, QAccessible::Role role);
};

} // namespace Meanwhile::Ui
