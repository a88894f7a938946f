// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QVector>

namespace Meanwhile::Models {

/// One line of a unified diff, without its sign.
struct DiffLine {
    enum class Kind { Hunk, Context, Added, Removed };
    Kind kind = Kind::Context;
    QString text;   ///< Hunk: what stands after "@@", where it is
    int number = 0; ///< Removed: in the file before; else in the file after. 0: not known

    bool operator==(const DiffLine &) const = default;
};

/// The lines of a unified diff; file headers and "\ No newline" marks are left out. A removed "-- x" is not
/// taken for a header: only "--- " followed by "+++ " is one.
QVector<DiffLine> parseDiff(const QString &diff);

struct DiffStat {
    int added = 0;
    int removed = 0;
    bool operator==(const DiffStat &) const = default;
};
DiffStat countChanges(const QString &diff);
/// Nothing was there before.
bool isOfNewFile(const QString &diff);
/// A diff that was made and found no difference, which is not the same as none.
bool isWithoutChange(const QString &diff);
/// "+6 −2"; empty when nothing changes.
QString toString(const DiffStat &stat);

} // namespace Meanwhile::Models
