// SPDX-License-Identifier: MIT
#pragma once

#include "ui/transcript/rowwidget.h"

class QPushButton;

namespace Meanwhile::Ui {

/// What failed, where it failed, and the buttons that help; also while another try is waited for.
class ErrorRow : public RowWidget {
    Q_OBJECT

public:
    ErrorRow(const Theme &theme, DocumentCache &cache, QWidget *parent);

    QSize layOut(const RowRoom &room) override;
    QList<TextSurface *> surfaces() const override { return {m_surface}; }

protected:
    void refresh(bool isOther) override;
    void paintEvent(QPaintEvent *event) override;

private:
    TextSurface *m_surface;
    QPushButton *m_settings;
    QPushButton *m_retry;
};

} // namespace Meanwhile::Ui
