// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace Meanwhile::Project {

/// An encoding for bytes that are not UTF-8.
struct CharsetGuess {
    QByteArray charset; ///< as iconv(3) knows it; empty: none that all of the bytes are text in
    /// True where so much speaks for it, and no other would read as well, that text may be written in it.
    bool isCertain = false;

    bool operator==(const CharsetGuess &) const = default;
};

/// uchardet's guess, checked: all bytes are characters of it and come back the same, and these are what texts
/// are made of. `hint`: text that goes into the file; encodings that lack it are no rivals of the guess.
/// `isWhole` false: the last character may be cut.
CharsetGuess guessCharset(QByteArrayView bytes, bool isWhole, const QString &hint = {});

} // namespace Meanwhile::Project
