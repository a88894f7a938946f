// SPDX-License-Identifier: MIT
#pragma once

#include "ui/transcript/rowwidget.h"

namespace Meanwhile::Ui {

/// A rule across the column with its words in the middle: results reached the model here.
class RuleRow : public RowWidget {
    Q_OBJECT

public:
    using RowWidget::RowWidget;

    QSize layOut(const RowRoom &room) override;
    /// What is drawn: shortened in its middle where it does not fit.
    QString shownText() const;
    QString spokenLine() const override { return row().text; }

protected:
    void refresh(bool isOther) override;
    void paintEvent(QPaintEvent *event) override;
};

} // namespace Meanwhile::Ui
