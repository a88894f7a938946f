// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>
#include <QVector>

namespace Meanwhile::Architecture {

struct Function {
    int line = 0; ///< of its opening brace
    int length = 0;
};

/// One file of the tree, as the rules look at it.
struct SourceFile {
    QString path;      ///< relative to the top of the tree
    QStringList lines; ///< as written
    QStringList code;  ///< the same lines without comments

    static SourceFile read(const QString &top, const QString &path);

    bool isHeader() const { return path.endsWith(QStringLiteral(".h")); }
    /// The folder under src/, or "ui"; empty elsewhere.
    QString room() const;
    /// What stands between the quotes or the angle brackets, quotes and brackets included.
    QStringList includes() const;
    /// Bodies that open with a brace alone on its line, as clang-format writes functions.
    QVector<Function> functions() const;
    /// Classes declared without indentation.
    QStringList classes() const;
};

/// Every .h and .cpp file below these folders, sorted.
QVector<SourceFile> readTree(const QString &top, const QStringList &folders);

/// The text without // and /* */ comments; line breaks stay. Literals, raw ones too, are kept.
QString withoutComments(const QString &text);

} // namespace Meanwhile::Architecture
