// SPDX-License-Identifier: MIT
#pragma once

#include <QBasicTimer>
#include <QObject>
#include <QPoint>
#include <QVector>

namespace Meanwhile::Ui {

class RowWidget;
class TextSurface;
class TranscriptView;

/// A selection that begins in one of the transcript's texts and ends in another.
///
/// Within one text the text itself selects. It asks this where the pointer has left it. Each text in sight is
/// given its part of the whole; what is out of sight is read when the whole is copied. Lines that are painted
/// beside the texts, as a tool call's, are no part of it.
/// Not owned, must outlive it: the view.
class SpanningSelection : public QObject {
    Q_OBJECT

public:
    explicit SpanningSelection(TranscriptView &view);

    /// It reaches over more than one text.
    bool isActive() const;
    /// From this place on; `extends`: from where the last one began, to this place.
    void begin(const TextSurface &surface, int position, bool extends);
    /// The same from the text that is nearest, where the pointer is beside all texts.
    void begin(const QPoint &globalPosition);
    /// To the text under the pointer. Above and below the view it scrolls on until released.
    void dragTo(const QPoint &globalPosition);
    void release();
    void selectAll();
    /// Nothing is selected; the place where it began is kept for `extends`.
    void collapse();
    /// Nothing is selected, and all rows are forgotten.
    void reset();
    /// These rows are gone, and `next` is the row that took their place. What began or ended in them does so
    /// at the row above from now on, or at the one below.
    void leaveRows(const QVector<quint64> &uids, int next);
    /// Gives the texts of the rows in sight their parts, after rows came or changed.
    void show();
    /// As it was written, with an empty line between rows.
    QString text() const;
    void copy() const;

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    /// A place in a row's text; `surface` counts the row's texts.
    struct Place {
        quint64 uid = 0; ///< 0: none
        int surface = 0;
        int position = 0;

        bool isInSameText(const Place &other) const { return uid == other.uid && surface == other.surface; }
    };
    struct Part {
        int from = 0;
        int to = 0;
    };
    struct Bounds {
        Place first;
        Place last;
        int firstRow = -1; ///< -1: one of the two rows is gone
        int lastRow = -1;
    };

    Place placeOf(const TextSurface &surface, int position) const;
    Place nearest(const QPoint &globalPosition) const;
    Bounds bounds() const;
    static Part partOf(const Bounds &bounds, int row, int surface, const TextSurface &text);
    Place edgeAt(int next) const;
    void setHead(const Place &head);
    void showChange(bool wasActive);
    void clearTexts();

    TranscriptView &m_view;
    Place m_anchor;
    Place m_head;
    QPoint m_pointer; ///< global, while dragged
    QBasicTimer m_scrolling;
};

} // namespace Meanwhile::Ui
