// SPDX-License-Identifier: MIT
#pragma once

#include <QStringView>

namespace Meanwhile::Ui {

/// How much of a text is laid out until the person asks for the rest: some screens full of prose, or of a
/// table. Laying out a whole text costs the window its answers to keys, and a second for a million
/// characters. Ends after a line where it can.
qsizetype shownPart(QStringView text);

/// The same for what a person has said: a pasted page is not to fill the window. About a dozen lines; a
/// little more is shown whole.
qsizetype foldedPart(QStringView text);

/// Of an answer that still grows, without the head of a table whose second line is not complete: until then
/// nothing tells it from a line with strokes in it.
qsizetype partWithoutTableHead(QStringView text);

} // namespace Meanwhile::Ui
