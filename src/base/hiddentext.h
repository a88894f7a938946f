// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace Meanwhile {

/// Text of unknown origin as the model may read it: nothing in it is unseen, turns the direction of writing,
/// or looks like an element of this program's.
///
/// Characters that cannot be seen (control characters other than tab, line feed and carriage return, format
/// characters, line separators, fillers, tags, variation selectors that vary nothing) are written out as
/// ⟦U+202E⟧, and more than three of one kind as ⟦U+200B×12⟧. The "<" of <background-results>, whatever its
/// case and spacing, becomes "&lt;". What a script or an emoji is written with stays: joiners inside them,
/// selectors right behind what they vary, the flags made of tags.
QString escapeHidden(const QString &text);

/// What escapeHidden() was given, from what it answered. Other text is returned as it is.
QString unescapeHidden(const QString &text);

/// True for what escapeHidden() writes out wherever it stands.
bool isHidden(char32_t c);

/// Letters, marks and signs by their category, yet drawn as nothing.
bool isDrawnBlank(char32_t c);

/// True for all that may be drawn as nothing or as another blank: what is hidden but line ends and tabs,
/// blanks of other widths, the blank braille pattern, what no font need have. In a text that somebody agrees
/// to.
bool mayBeUnseen(char32_t c);

/// True for letters and digits that are written from the right, which turn what stands beside them.
bool isFromRightToLeft(char32_t c);

/// ⟦U+202E⟧.
QString writtenOut(char32_t c);

} // namespace Meanwhile
