// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QString>

namespace Meanwhile::Project {

/// A regular expression as models write them, made ready for ripgrep, which looks at one line at a time.
///
/// Models write Perl's dialect: braces that are no counts, quotes and slashes with a backslash, `(?<name>`.
/// ripgrep's own engine, whose time grows with the line's length alone, wants it stricter.
struct SearchPattern {
    QByteArray text;
    /// Matches what `text` does and, besides, what it would match in a text of another encoding than UTF-8
    /// were that decoded. The same as `text` in a line of plain ASCII, unless hasBoundary. Empty where `text`
    /// itself does, and where only decoding tells.
    QByteArray loose;
    /// It has what only a backtracking engine can do: look-around, references to groups, …
    bool needsBacktracking = false;
    /// It is about carriage returns, so these are characters of the line like others.
    bool hasCarriageReturn = false;
    /// It has a line break, which no line holds.
    bool hasLineBreak = false;
    /// It has letters beyond ASCII, or a number or class that may mean some.
    bool hasForeign = false;
    /// It has a sign that stands for many letters, such as . \w \d [^a].
    bool hasAny = false;
    /// It asks for the edge of a word where the letter beside it may be beyond ASCII.
    bool hasBoundary = false;

    /// Errors: InvalidArgument, worded for the model.
    static Result<SearchPattern> read(const QString &regex);
};

} // namespace Meanwhile::Project
