// SPDX-License-Identifier: MIT
#pragma once

#include <QMimeData>
#include <QPlainTextEdit>

namespace Meanwhile::Ui {

/// A field of plain text that bears an empty clipboard: Qt 6.4 asks for the first of its formats and ends the
/// program where there is none.
class PlainTextEdit : public QPlainTextEdit {
public:
    using QPlainTextEdit::QPlainTextEdit;

protected:
    void insertFromMimeData(const QMimeData *source) override
    {
        if (!source->formats().isEmpty())
            QPlainTextEdit::insertFromMimeData(source);
    }
};

} // namespace Meanwhile::Ui
