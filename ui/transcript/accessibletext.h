// SPDX-License-Identifier: MIT
#pragma once

#include <QAccessible>
#include <QVector>

class QTextDocument;

namespace Meanwhile::Ui {

class TextSurface;

/// The text of surfaces, and of words that are painted without one, as one text that can be read by
/// character, word and line. Read when asked, never kept.
class AccessibleText : public QAccessibleTextInterface {
public:
    struct Part {
        QString text;
        TextSurface *surface = nullptr; ///< null: painted words
        int start = 0; ///< in the whole, where a line end stands before each part but the first
        int end() const { return start + int(text.size()); }
    };

    void selection(int index, int *start, int *end) const override;
    int selectionCount() const override;
    void addSelection(int start, int end) override;
    void removeSelection(int index) override;
    void setSelection(int index, int start, int end) override;
    int cursorPosition() const override;
    void setCursorPosition(int position) override;
    QString text(int start, int end) const override;
    QString textBeforeOffset(
        int offset, QAccessible::TextBoundaryType boundary, int *start, int *end) const override;
    QString textAfterOffset(
        int offset, QAccessible::TextBoundaryType boundary, int *start, int *end) const override;
    QString textAtOffset(
        int offset, QAccessible::TextBoundaryType boundary, int *start, int *end) const override;
    int characterCount() const override;
    QRect characterRect(int offset) const override;
    int offsetAtPoint(const QPoint &point) const override;
    void scrollToSubstring(int start, int end) override;
    QString attributes(int offset, int *start, int *end) const override;

protected:
    /// From top to bottom; only texts and surfaces are looked at.
    virtual QVector<Part> makeParts() const = 0;
    virtual QWidget *place() const = 0;

private:
    struct Range {
        int start = 0;
        int end = 0;
    };
    QVector<Part> parts() const;
    Range lineAt(int offset) const;
    QString give(Range range, int *start, int *end) const;

    int m_caret = 0; ///< where the reader has put it
};

} // namespace Meanwhile::Ui
