// SPDX-License-Identifier: MIT
#pragma once

#include <QStringList>
#include <QVector>

namespace Meanwhile::Ui {

/// What the lexer knows of one language.
struct LanguageTable {
    QStringList names;                            ///< as after a fence, lower case
    QStringList keywords;                         ///< sorted by nobody; looked up in a set
    QStringList lineComments;                     ///< to the end of the line
    QVector<QPair<QString, QString>> blocks;      ///< comments that may span lines
    QVector<QPair<QString, QString>> longStrings; ///< strings that may span lines
    QString quotes;                               ///< characters that begin and end a string within a line
    bool foldsCase = false;                       ///< SQL
    bool isDiff = false;                          ///< a line's first character decides
    bool commentNeedsSpace = false;               ///< "#" only after white space: shell, YAML
};

/// Null for a language that is not known.
const LanguageTable *languageTable(const QString &name);

} // namespace Meanwhile::Ui
