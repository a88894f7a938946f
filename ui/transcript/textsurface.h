// SPDX-License-Identifier: MIT
#pragma once

#include "ui/transcript/rowdocument.h"

#include <QTextCursor>
#include <QWidget>

#include <memory>

namespace Meanwhile::Ui {

class LinkButton;
class SpanningSelection;
class Theme;

/// Shows a RowDocument: its text can be selected and copied, its links opened, its code blocks copied.
///
/// Not owned, must outlive it: the theme. The document is shared with whoever keeps it laid out.
/// What the pointer selects is one range of one document; a new document drops it. Where the text is one of
/// many, the selection may reach over several.
class TextSurface : public QWidget {
    Q_OBJECT

public:
    explicit TextSurface(const Theme &theme, QWidget *parent);
    ~TextSurface() override;

    void setDocument(std::shared_ptr<RowDocument> document);
    const std::shared_ptr<RowDocument> &document() const { return m_document; }
    int heightForWidth(int width) const override;
    bool hasHeightForWidth() const override { return true; }
    /// Places the Copy buttons of the code blocks whose first line is in `part`.
    void setExposed(const QRect &part);

    bool hasSelection() const { return m_selection.hasSelection(); }
    const QTextCursor &selection() const { return m_selection; }
    void select(int anchor, int position);
    /// Where the person is in the text, by a selection or on a link; -1: nowhere.
    int caret() const;
    /// As it was written: lines that were split for their length are whole again.
    QString selectedText() const;
    QString writtenPart(int from, int to) const;
    /// In characters, the breaks of paragraphs among them.
    int length() const;
    /// The place nearest to a point.
    int positionAt(const QPoint &point) const;
    void selectAll();
    /// This text is one of many from now on. Not owned, must live as long as the pointer can be in the text.
    void setSpanning(SpanningSelection *spanning) { m_spanning = spanning; }
    /// The first place with this text, whatever the case. Its rectangle; empty where there is none.
    QRect selectText(const QString &text);
    void clearSelection();
    QString linkAt(const QPoint &position) const;
    /// What stands at the end of a code block's first line.
    static QString copyText(const QString &language);
    /// The document has grown.
    void documentChanged();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    bool focusNextPrevChild(bool next) override;

private:
    struct Link {
        int start = 0;
        int end = 0;
        QString address;
    };

    void paintGrounds(QPainter &painter, const QRect &clip) const;
    void paintGround(QPainter &painter, const QTextBlock &block, const QRectF &line, qreal next) const;
    void paintNumber(QPainter &painter, const QTextBlock &block, const QRectF &line) const;
    bool isSpanned() const;
    void copySelection() const;
    void findLinks();
    void focusLink(int index);
    void showCopyButton(qsizetype index, const QTextBlock &block, const QRectF &line);

    const Theme &m_theme;
    std::shared_ptr<RowDocument> m_document;
    QTextCursor m_selection;
    SpanningSelection *m_spanning = nullptr;
    QVector<Link> m_links;
    bool m_linksKnown = false;
    int m_focusedLink = -1;
    QString m_pressedLink;
    QVector<LinkButton *> m_copyButtons;
    QVector<int> m_copyBlocks; ///< first blocks of the code that the buttons copy
};

} // namespace Meanwhile::Ui
