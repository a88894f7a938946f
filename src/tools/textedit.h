// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QString>
#include <QVector>

namespace Meanwhile::Tools {

struct TextEdit {
    QString oldText;
    QString newText;
    bool replaceAll = false;
};

struct EditedText {
    QByteArray bytes;
    QVector<qsizetype> lines; ///< 1-based, where each replacement begins
};

/// Replaces text in a file's bytes; every byte outside the replaced text stays as it was.
///
/// The text is looked for in the file's own encoding; a line break in `oldText` matches LF and CRLF, and
/// those in `newText` become CRLF where the file has them. Characters that escapeHidden() has written out are
/// found in that form, too. Errors: InvalidArgument (empty, unchanged, not unique: with line numbers),
/// NotFound (with the nearest lines), Unsupported (characters the encoding lacks, or any but ASCII where it
/// is not certain). `path` is for the wording.
Result<EditedText> applyEdit(const QByteArray &file, const TextEdit &edit, const QString &path);

} // namespace Meanwhile::Tools
