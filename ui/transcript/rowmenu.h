// SPDX-License-Identifier: MIT
#pragma once

class QMenu;
class QPoint;

namespace Meanwhile::Ui {

class RowWidget;
class TranscriptView;

/// What can be done at this place of a row: copy the selection, the link under it or the whole message, and
/// restore files to how they were before the person's. The caller owns the menu.
QMenu *makeRowMenu(TranscriptView &view, const RowWidget &row, const QPoint &position);

} // namespace Meanwhile::Ui
