// SPDX-License-Identifier: MIT
#pragma once

#include "ui/transcript/rowwidget.h"

namespace Meanwhile::Ui {

class DisclosureLine;
class LinkButton;
class Panel;
class ThumbnailCache;
class ThumbnailStrip;

/// A tool call: one line that opens in place to what went in and what came out, images too.
class ToolRow : public RowWidget {
    Q_OBJECT

public:
    ToolRow(const Theme &theme, DocumentCache &cache, ThumbnailCache &thumbnails, QWidget *parent);

    QString messageText() const override;
    QSize layOut(const RowRoom &room) override;
    QList<TextSurface *> surfaces() const override;
    QString spokenName() const override;
    QString spokenLine() const override;

protected:
    void refresh(bool isOther) override;

private:
    bool isOpen() const;
    void toggle();
    void refreshLine();
    void refreshPanels(bool isOther);
    Panel *makePanel(const QString &name, bool RowState::*whole);

    DisclosureLine *m_line;
    LinkButton *m_background;
    LinkButton *m_stop;
    LinkButton *m_showTask;
    ThumbnailStrip *m_images;
    Panel *m_input = nullptr; ///< made when first opened
    Panel *m_output = nullptr;
    QString m_shownInput; ///< what the panels show, to know when they must be filled again
    QString m_shownOutput;
};

} // namespace Meanwhile::Ui
