// SPDX-License-Identifier: MIT
#include "ui/transcript/documentstyle.h"

#include <QApplication>
#include <QPainter>

#include <algorithm>
#include <array>

namespace Meanwhile::Ui {

static constexpr int kLineHeightPercent = 122;

BlockRole roleOf(const QTextBlockFormat &format)
{
    return BlockRole(format.intProperty(RoleProperty));
}

void paintCodeGround(
    QPainter &painter, const QTextBlockFormat &format, const QRectF &line, int width, const Tokens &tokens)
{
    const int edges = format.intProperty(CodeEdgeProperty);
    const qreal left = format.leftMargin() - kCodePadding - 2;
    const qreal top = line.top() - (edges & CodeFirst ? kCodePadding + 1 : 0);
    const qreal bottom = line.bottom() + (edges & CodeLast ? kCodePadding : 0);
    const QRectF ground(left + 0.5, top + 0.5, width - left - 1, bottom - top - 1);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(tokens.border);
    painter.setBrush(tokens.code);
    // One rounded rectangle, of which only this line's stripe is painted: the other edges lie outside.
    painter.setClipRect(QRectF(0, top, width, bottom - top), Qt::IntersectClip);
    painter.drawRoundedRect(
        ground.adjusted(0, edges & CodeFirst ? 0 : -20, 0, edges & CodeLast ? 0 : 20), 5, 5);
    painter.restore();
}

DocumentStyle::DocumentStyle(const Tokens &theTokens)
    : tokens(theTokens)
    , body(QApplication::font())
    , code(Theme::codeFont())
{
}

QTextBlockFormat DocumentStyle::paragraph(int leftMargin) const
{
    QTextBlockFormat format;
    format.setLeftMargin(leftMargin);
    format.setRightMargin(proseInset);
    format.setBottomMargin(kParagraphGap);
    format.setLineHeight(kLineHeightPercent, QTextBlockFormat::ProportionalHeight);
    return format;
}

QTextBlockFormat DocumentStyle::codeLine(int leftMargin, int edges) const
{
    QTextBlockFormat format;
    format.setLeftMargin(leftMargin + kCodePadding + 2);
    format.setRightMargin(kCodePadding);
    format.setLineHeight(kLineHeightPercent, QTextBlockFormat::ProportionalHeight);
    format.setProperty(RoleProperty, int(BlockRole::Code));
    format.setProperty(CodeEdgeProperty, edges);
    // Margins collapse to the larger one, so that the ground's padding is part of the gap.
    if (edges & CodeFirst)
        format.setTopMargin(kCodePadding + kParagraphGap);
    if (edges & CodeLast)
        format.setBottomMargin(kCodePadding + kParagraphGap + 2);
    return format;
}

QTextCharFormat DocumentStyle::text() const
{
    QTextCharFormat format;
    format.setForeground(tokens.text);
    return format;
}

QTextCharFormat DocumentStyle::codeText() const
{
    QTextCharFormat format;
    format.setFont(code, QTextCharFormat::FontPropertiesSpecifiedOnly);
    format.setForeground(tokens.text);
    return format;
}

QTextCharFormat DocumentStyle::codeSpan() const
{
    QTextCharFormat format = codeText();
    format.setBackground(tokens.selected);
    return format;
}

QTextCharFormat DocumentStyle::link(const QTextCharFormat &base, const QString &address) const
{
    QTextCharFormat format = base;
    format.setAnchor(true);
    format.setAnchorHref(address);
    format.setForeground(tokens.accent);
    format.setFontUnderline(true);
    return format;
}

QTextCharFormat DocumentStyle::heading(int level) const
{
    static constexpr std::array kFactors{1.35, 1.2, 1.1, 1.0, 1.0, 1.0};
    QTextCharFormat format = text();
    format.setFontWeight(QFont::Bold);
    format.setFontPointSize(body.pointSizeF() * kFactors.at(size_t(std::clamp(level, 1, 6) - 1)));
    return format;
}

} // namespace Meanwhile::Ui
