// SPDX-License-Identifier: MIT
#pragma once

#include <QLineEdit>

namespace Meanwhile::Ui {

/// Gives the field its clear button with the first text it holds: an empty one has nothing to clear, and
/// Qt looks through the icon themes and loads image plugins for the button's picture (10 ms of a start).
inline void offerClearing(QLineEdit &field)
{
    QObject::connect(
        &field, &QLineEdit::textChanged, &field, [&field] { field.setClearButtonEnabled(true); },
        Qt::SingleShotConnection);
}

} // namespace Meanwhile::Ui
