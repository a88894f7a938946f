// SPDX-License-Identifier: MIT
#pragma once

#include "ui/transcript/rowwidget.h"

namespace Meanwhile::Ui {

class DisclosureLine;

/// The model's reasoning, folded to one line until it is opened.
class ThinkingRow : public RowWidget {
    Q_OBJECT

public:
    ThinkingRow(const Theme &theme, DocumentCache &cache, QWidget *parent);

    QSize layOut(const RowRoom &room) override;
    QList<TextSurface *> surfaces() const override;
    QString spokenName() const override;
    QString spokenLine() const override { return spokenName(); }

protected:
    void refresh(bool isOther) override;

private:
    DisclosureLine *m_line;
    TextSurface *m_surface;
};

} // namespace Meanwhile::Ui
