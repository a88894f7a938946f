// SPDX-License-Identifier: MIT
#pragma once

#include "models/transcriptrow.h"
#include "ui/ports/sessioncommand.h"
#include "ui/transcript/documentcache.h"
#include "ui/transcript/rowstate.h"

#include <QWidget>

namespace Meanwhile::Ui {

class TextSurface;
class Theme;

/// How wide a row may be, in pixels. Words are read best in short lines; code, changes of files and tables
/// are read best unbroken.
struct RowRoom {
    int words = 0;
    int most = 0;
};

/// A pooled widget that shows one row at a time.
///
/// Not owned, must outlive it: theme and cache, and from bind() to the next one the row's state.
/// Height follows from the width; when something in it opens, it says so and is asked again.
class RowWidget : public QWidget {
    Q_OBJECT

public:
    RowWidget(const Theme &theme, DocumentCache &cache, QWidget *parent);

    /// Shows `row` from now on, or what has become of it.
    void bind(const Models::TranscriptRow &row, RowState &state);
    /// Shows nothing from now on; the state may go.
    void release() { m_state = nullptr; }
    quint64 uid() const { return m_state ? m_state->uid : 0; }
    Models::TranscriptRow::Kind kind() const { return m_row.kind; }
    const QString &rowId() const { return m_row.id; }
    /// The row's own text, for "Copy message".
    virtual QString messageText() const { return m_row.text; }
    /// Everything in it is placed for this room; what it takes of it.
    virtual QSize layOut(const RowRoom &room) = 0;
    /// The part of it that can be seen has changed.
    virtual void setExposed(const QRect &part) { Q_UNUSED(part) }
    virtual QList<TextSurface *> surfaces() const { return {}; }

    /// What a screen reader calls it: who speaks and what, bounded, and nothing that changes by itself.
    virtual QString spokenName() const;
    /// What is painted of it beside its surfaces, as it is now.
    virtual QString spokenLine() const { return {}; }

signals:
    /// Its height changes by the person's doing; the top must stay where it is.
    void resized();
    /// The person asks for this at the row.
    void commanded(const Meanwhile::Ui::SessionCommand &command);

protected:
    /// The row is new to the widget, or has changed; `isOther`: it showed another one before.
    virtual void refresh(bool isOther) = 0;
    const Models::TranscriptRow &row() const { return m_row; }
    RowState &state() { return *m_state; }
    const RowState &state() const { return *m_state; }
    const Theme &theme() const { return m_theme; }
    DocumentCache &cache() { return m_cache; }

private:
    void tellName(bool isOther);

    const Theme &m_theme;
    DocumentCache &m_cache;
    Models::TranscriptRow m_row;
    RowState *m_state = nullptr;
    QString m_announcedName; ///< while a screen reader listens
};

} // namespace Meanwhile::Ui
