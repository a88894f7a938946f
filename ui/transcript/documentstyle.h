// SPDX-License-Identifier: MIT
#pragma once

#include "ui/widgets/theme.h"

#include <QTextBlockFormat>
#include <QTextCharFormat>

class QPainter;

namespace Meanwhile::Ui {

/// What a block of a transcript's document is; TextSurface paints the ground accordingly.
enum class BlockRole { Prose, Code, Rule, Added, Removed, Hunk };

/// Properties of block formats beyond Qt's own.
enum BlockProperty {
    RoleProperty = QTextFormat::UserProperty + 1,
    QuoteDepthProperty,   ///< bars at the left
    CodeEdgeProperty,     ///< CodeEdge flags of a code line
    ContinuationProperty, ///< true: the line before was too long, this is the rest of it
    LanguageProperty,     ///< of a code block, on its first line
    NumberProperty,       ///< of a line of a file, drawn beside it
    ColumnWordsProperty,  ///< of a table: how wide its columns are for their longest words
    ColumnLinesProperty,  ///< the same for their longest lines
};
enum CodeEdge { CodeFirst = 1, CodeLast = 2 };

inline constexpr int kCodePadding = 9;
inline constexpr int kParagraphGap = 9;
inline constexpr int kQuoteStep = 14;
inline constexpr int kListStep = 22;
/// Word wrap of one unbroken line is quadratic (200,000 characters take a second): longer lines are split.
inline constexpr qsizetype kMaxLineChars = 4'096;

BlockRole roleOf(const QTextBlockFormat &format);

/// The ground of one line of a code block; its edges are rounded where the block begins and ends.
void paintCodeGround(
    QPainter &painter, const QTextBlockFormat &format, const QRectF &line, int width, const Tokens &tokens);

/// Fonts and colours of the transcript's documents, of one theme.
struct DocumentStyle {
    Tokens tokens;
    QFont body;
    QFont code;
    int proseInset = 0; ///< pixels that prose leaves free at its right, beside code and tables

    explicit DocumentStyle(const Tokens &theTokens);

    QTextBlockFormat paragraph(int leftMargin) const;
    /// Code lines; `edges` are CodeEdge flags.
    QTextBlockFormat codeLine(int leftMargin, int edges) const;
    QTextCharFormat text() const;
    QTextCharFormat codeText() const;
    QTextCharFormat codeSpan() const;
    QTextCharFormat link(const QTextCharFormat &base, const QString &address) const;
    /// Body size times a factor by level, 1 to 6.
    QTextCharFormat heading(int level) const;
};

} // namespace Meanwhile::Ui
