// SPDX-License-Identifier: MIT
#pragma once

#include <QFont>

class QTextDocument;
class QTextTable;

namespace Meanwhile::Ui {

/// Keeps in the table's format how wide its columns have to be for their longest word and for their longest
/// line. `base` is the document's font.
void noteColumnWidths(QTextTable &table, const QFont &base);

/// At which no line of a table is broken whose columns are noted.
int unbrokenWidth(const QTextTable &table);

/// Shares the width of the text among the columns of its tables: no word is broken while there is room for it
/// in another column.
void fitTables(QTextDocument &document, int width);

} // namespace Meanwhile::Ui
