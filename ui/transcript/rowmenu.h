// SPDX-License-Identifier: MIT
#pragma once

class QMenu;
class QPoint;
class QWidget;

namespace Meanwhile::Ui {

class RowWidget;

/// What can be copied at this place of a row: the selection, the link under it, the whole message.
/// The menu belongs to `parent`.
QMenu *makeRowMenu(const RowWidget &row, const QPoint &position, QWidget *parent);

} // namespace Meanwhile::Ui
