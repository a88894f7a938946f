// SPDX-License-Identifier: MIT
#pragma once

#include "ui/transcript/rowbutton.h"

#include <QColor>
#include <QVector>

namespace Meanwhile::Ui {

/// One line that opens and closes what stands below it: a triangle, then words in colours. The second word is
/// shortened in its middle when the line is too long.
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
    void setOpen(bool open);
    bool isOpen() const { return m_open; }
    /// Nothing to open: no triangle, and no stop for the Tab key.
    void setOpenable(bool openable);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QVector<Part> m_parts;
    QColor m_triangle;
    bool m_open = false;
    bool m_openable = true;
};

} // namespace Meanwhile::Ui
