// SPDX-License-Identifier: MIT
#pragma once

#include "ui/transcript/rowbutton.h"

#include <QColor>
#include <QVector>

namespace Meanwhile::Ui {

/// One line that opens and closes what stands below it: a triangle, then words in colours. Where the line is
/// too long, the second is shortened in its middle and the last at its end, and neither takes the other's
/// half.
class DisclosureLine : public RowButton {
    Q_OBJECT

public:
    struct Part {
        QString text;
        QColor color;
        bool operator==(const Part &) const = default;
    };

    DisclosureLine(const Theme &theme, QWidget *parent);

    void setParts(const QVector<Part> &parts, const QColor &triangle);
    /// More for the tool tip, which else says what the line has cut.
    void setNote(const QString &note);
    void setOpen(bool open);
    bool isOpen() const { return m_open; }
    /// Nothing to open: no triangle, and no stop for the Tab key.
    void setOpenable(bool openable);
    QSize sizeHint() const override;
    /// The words as they are drawn.
    QStringList shownWords() const;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void showWholeInTip();

    QVector<Part> m_parts;
    QString m_note;
    QColor m_triangle;
    bool m_open = false;
    bool m_openable = true;
};

} // namespace Meanwhile::Ui
