// SPDX-License-Identifier: MIT
#include "ui/transcript/tablecolumns.h"

#include "ui/transcript/documentstyle.h"

#include <QFontMetricsF>
#include <QTextBlock>
#include <QTextBoundaryFinder>
#include <QTextTable>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace Meanwhile::Ui {

namespace {

using Widths = QVector<qreal>;

struct Extent {
    qreal word = 0;
    qreal line = 0;
};

qreal widthOf(const QTextBlock &block, qsizetype from, qsizetype to, const QFont &base)
{
    qreal width = 0;
    for (auto it = block.begin(); !it.atEnd(); ++it) {
        const QTextFragment part = it.fragment();
        const qsizetype start = part.position() - block.position();
        const qsizetype first = std::max(from, start);
        const qsizetype last = std::min<qsizetype>(to, start + part.length());
        if (first < last)
            width += QFontMetricsF(part.charFormat().font().resolve(base))
                         .horizontalAdvance(part.text().sliced(first - start, last - first));
    }
    return width;
}

void measure(const QTextBlock &block, const QFont &base, Extent &extent)
{
    const QString text = block.text();
    QTextBoundaryFinder breaks(QTextBoundaryFinder::Line, text);
    qreal line = 0;
    for (qsizetype from = 0, to = breaks.toNextBoundary(); to > from; to = breaks.toNextBoundary()) {
        qsizetype end = to;
        while (end > from && text.at(end - 1).isSpace())
            --end;
        extent.word = std::max(extent.word, widthOf(block, from, end, base));
        line += widthOf(block, from, to, base);
        extent.line = std::max(extent.line, line);
        if (text.at(to - 1) == QChar::LineSeparator)
            line = 0;
        from = to;
    }
}

qreal sum(const Widths &widths)
{
    return std::accumulate(widths.begin(), widths.end(), 0.0);
}

// Words have to be broken: of the longest columns, down to one width that all of those get.
Widths capped(const Widths &words, qreal room)
{
    Widths sorted = words;
    std::sort(sorted.begin(), sorted.end());
    qreal left = room;
    qreal cap = 0;
    for (qsizetype i = 0; i < sorted.size(); ++i) {
        cap = std::floor(left / qreal(sorted.size() - i));
        if (sorted.at(i) > cap)
            break;
        left -= sorted.at(i);
    }
    Widths shared = words;
    for (qreal &width : shared)
        width = std::min(width, cap);
    return shared;
}

Widths share(const Widths &words, const Widths &lines, qreal room)
{
    const qreal least = sum(words);
    const qreal most = sum(lines);
    if (most <= room)
        return lines;
    if (least > room)
        return capped(words, room);
    Widths shared = words;
    for (qsizetype i = 0; i < shared.size(); ++i)
        shared[i] += (lines.at(i) - words.at(i)) * (room - least) / (most - least);
    return shared;
}

Widths fromLengths(const QVector<QTextLength> &lengths)
{
    Widths widths;
    for (const QTextLength &length : lengths)
        widths += length.rawValue();
    return widths;
}

QVector<QTextLength> toLengths(const Widths &widths)
{
    QVector<QTextLength> lengths;
    for (const qreal width : widths)
        lengths += QTextLength(QTextLength::FixedLength, width);
    return lengths;
}

} // namespace

void noteColumnWidths(QTextTable &table, const QFont &base)
{
    QTextTableFormat format = table.format();
    // What stands beside the text of a cell, and what is lost by rounding.
    const qreal around = 2 * format.cellPadding() + format.border() + 2;
    Widths words;
    Widths lines;
    for (int column = 0; column < table.columns(); ++column) {
        Extent extent;
        for (int row = 0; row < table.rows(); ++row) {
            const QTextTableCell cell = table.cellAt(row, column);
            for (auto it = cell.begin(); !it.atEnd(); ++it)
                measure(it.currentBlock(), base, extent);
        }
        words += std::ceil(extent.word) + around;
        lines += std::ceil(extent.line) + around;
    }
    format.setProperty(ColumnWordsProperty, toLengths(words));
    format.setProperty(ColumnLinesProperty, toLengths(lines));
    table.setFormat(format);
}

int unbrokenWidth(const QTextTable &table)
{
    const QTextTableFormat format = table.format();
    const Widths lines = fromLengths(format.lengthVectorProperty(ColumnLinesProperty));
    return int(std::ceil(sum(lines) + format.leftMargin() + (table.columns() + 1) * format.border() + 1));
}

void fitTables(QTextDocument &document, int width)
{
    const QList<QTextFrame *> frames = document.rootFrame()->childFrames();
    for (QTextFrame *frame : frames) {
        auto *table = qobject_cast<QTextTable *>(frame);
        if (!table)
            continue;
        QTextTableFormat format = table->format();
        const Widths words = fromLengths(format.lengthVectorProperty(ColumnWordsProperty));
        const Widths lines = fromLengths(format.lengthVectorProperty(ColumnLinesProperty));
        if (words.size() != table->columns())
            continue;
        const qreal room =
            width - format.leftMargin() - (table->columns() + 1) * format.border() - 1; // rounding
        const auto shared = toLengths(share(words, lines, room));
        if (format.columnWidthConstraints() == shared)
            continue;
        format.setColumnWidthConstraints(shared);
        table->setFormat(format);
    }
}

} // namespace Meanwhile::Ui
