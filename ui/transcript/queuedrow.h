// SPDX-License-Identifier: MIT
#pragma once

#include "ui/transcript/rowwidget.h"

namespace Meanwhile::Ui {

class LinkButton;

/// The person's words that wait for the next request, with what can still be done about them.
class QueuedRow : public RowWidget {
    Q_OBJECT

public:
    QueuedRow(const Theme &theme, DocumentCache &cache, QWidget *parent);

    QSize layOut(const RowRoom &room) override;
    QList<TextSurface *> surfaces() const override { return {m_surface}; }

protected:
    void refresh(bool isOther) override;
    void paintEvent(QPaintEvent *event) override;

private:
    TextSurface *m_surface;
    LinkButton *m_edit;
    LinkButton *m_withdraw;
};

} // namespace Meanwhile::Ui
