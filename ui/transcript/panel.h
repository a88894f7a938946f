// SPDX-License-Identifier: MIT
#pragma once

#include "ui/transcript/rowdocument.h"

#include <QWidget>

#include <memory>

namespace Meanwhile::Ui {

class LinkButton;
class TextSurface;
class Theme;

/// A card with text in mono: what a call was given, what it said, or what it changed. Long text is cut after
/// some lines until "Show all" is pressed.
class Panel : public QWidget {
    Q_OBJECT

public:
    static constexpr int kFoldedLines = 12;

    Panel(const Theme &theme, QWidget *parent);

    /// `title` stands in the head.
    void showText(const QString &title, const QString &text, bool whole);
    void showDiff(const QString &file, const QString &diff, bool whole);
    int layOut(int width);
    /// At which no line of it is broken.
    int wantedWidth() const;
    TextSurface *surface() const { return m_surface; }

signals:
    void showAllRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void setFolded(qsizetype hidden, bool whole);
    int headHeight() const;

    const Theme &m_theme;
    std::shared_ptr<RowDocument> m_document;
    TextSurface *m_surface;
    LinkButton *m_copy;
    LinkButton *m_showAll;
    QString m_title;
    QString m_note;
    QString m_text; ///< what Copy takes
    bool m_isDiff = false;
};

} // namespace Meanwhile::Ui
