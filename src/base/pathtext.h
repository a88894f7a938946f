// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QString>

namespace Meanwhile {

/// Paths are bytes to the system, text to people and models. These two functions are each other's inverse,
/// for any bytes without a NUL, so a name that was listed can be given back.
///
/// A name in valid UTF-8 is shown as it is. Of any other, each byte above 127 is written as \xHH:
/// "bad\xff.txt"; and so are, in all, the bytes of control characters (a line break, too) and of characters
/// that cannot be seen. A backslash that would begin such an escape is itself written as \x5c; any other is a
/// plain character of the name, and so is \xHH where HH is a printable letter, so no escape can spell a slash
/// or a dot.
QString pathToText(QByteArrayView path);
/// Errors: InvalidArgument: a NUL, half a surrogate pair, or more bytes than a path may have.
Result<QByteArray> pathFromText(const QString &text);
/// `name` in `folder`; an empty folder is the one that paths are relative to.
QByteArray joinedPath(const QByteArray &folder, const QByteArray &name);

/// The one place where a path from outside (a model's argument) becomes a path, still as text: a NUL is
/// refused, a file:// address becomes the path that it names. Errors: InvalidArgument, worded for model and
/// person.
Result<QString> pathFromOutside(const QString &given);
/// The same for a folder that the person, the desktop or a stored session names, as a path for Qt.
/// Errors also: Unsupported: a name that is not UTF-8, which Qt cannot hold.
Result<QString> folderFromOutside(const QString &given);

/// Where an existing path leads, links followed; as given where that cannot be said. For a path of Qt's.
QByteArray realPath(const QString &path);
/// The same for Qt, through the links that are needed for a name that it cannot hold.
QString canonicalPath(const QString &path);

} // namespace Meanwhile
