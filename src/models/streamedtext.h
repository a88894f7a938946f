// SPDX-License-Identifier: MIT
#pragma once

#include "models/rowlist.h"

#include <QTimer>

namespace Meanwhile::Models {

/// The row that streamed text goes to. Its first words show at once, what follows at most 20 times a second.
///
/// A stream that begins with white space gets its row with the first word.
class StreamedText {
public:
    /// Owns: nothing; its timer is the parent's child.
    StreamedText(RowList &rows, QObject *parent);

    /// Answer or Thinking; another kind than before begins another row.
    void grow(TranscriptRow::Kind kind, const QString &delta);
    /// The row is complete; what comes next is another row.
    void close();

private:
    void showPending();

    RowList &m_rows;
    QTimer *m_showTimer;
    int m_growing = -1; ///< position of the row
    QString m_blank;    ///< white space that has no row yet
    QString m_pending;  ///< of the row, not shown yet
};

} // namespace Meanwhile::Models
