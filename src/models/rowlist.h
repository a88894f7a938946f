// SPDX-License-Identifier: MIT
#pragma once

#include "models/transcriptrow.h"

#include <functional>
#include <vector>

namespace Meanwhile::Models {

class TranscriptModel;

TranscriptRow makeRow(TranscriptRow::Kind kind, const QString &id, const QString &text);
TranscriptRow makeCall(const QString &id, const QString &tool);

/// The rows of a transcript in order, first the body, then the queued messages; tells the views of each row
/// that comes, goes or changes.
///
/// Positions are those of the model and valid until a row comes or goes. Who keeps one hears `moved`. Both
/// functions are set before the first row.
class RowList {
public:
    /// What a call's row is made from, beside the row itself.
    struct Call {
        QStringList namedTasks; ///< tasks that the arguments name
        QString answer;         ///< what the tool said in short
        QString outcome;        ///< what the tool said
        QString argumentDiff;   ///< of a write, as far as the arguments tell it
        bool continues = false; ///< the call was answered while its task still ran
    };

    /// Called before a row is added to the end of the body; may remove rows.
    std::function<void()> aboutToAppend;
    /// A row of the body came to this position (by = 1) or went from it (by = -1).
    std::function<void(int position, int by)> moved;

    explicit RowList(TranscriptModel *model);

    int size() const { return int(m_entries.size()); }
    int bodyEnd() const { return size() - m_queued; }
    const TranscriptRow &at(int position) const { return m_entries.at(size_t(position)).row; }
    /// After a change of the row: changed().
    TranscriptRow &at(int position) { return m_entries.at(size_t(position)).row; }
    Call &call(int position) { return m_entries.at(size_t(position)).call; }
    const Call &call(int position) const { return m_entries.at(size_t(position)).call; }

    void insert(int position, TranscriptRow row);
    void remove(int position);
    void changed(int position);

    /// At the end of the body. Returns its position.
    int append(TranscriptRow row);
    void addNotice(const QString &text);

    void appendQueued(TranscriptRow row);
    void removeQueued(const QString &id);
    /// Whether the queued messages wait until the person sends them.
    void holdQueued(bool isHeld);

private:
    struct Entry {
        TranscriptRow row;
        Call call = {};
    };

    TranscriptModel *m_model;
    std::vector<Entry> m_entries;
    int m_queued = 0;
};

/// Where a row stands after `moved` with these numbers.
int positionAfter(int at, int position, int by);

} // namespace Meanwhile::Models
