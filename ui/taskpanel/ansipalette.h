// SPDX-License-Identifier: MIT
#pragma once

#include "ui/taskpanel/logline.h"
#include "ui/widgets/theme.h"

#include <QTextCharFormat>

#include <array>

namespace Meanwhile::Ui {

/// WCAG 2.2 contrast ratio of two opaque colours, 1 to 21.
double contrast(const QColor &a, const QColor &b);
/// `color`, moved towards black or white until it can be read on `ground` (4.5 : 1).
QColor readableOn(const QColor &ground, const QColor &color);

/// The colours of a log in the window's own tones: the first sixteen are the theme's, the others are shown
/// as asked for as far as they can be read.
class AnsiPalette {
public:
    explicit AnsiPalette(const Tokens &tokens);

    QTextCharFormat format(const AnsiStyle &style) const;

private:
    QTextCharFormat makeFormat(const AnsiStyle &style) const;
    QColor resolve(const AnsiColor &color, const QColor &fallback) const;

    QColor m_ground;
    QColor m_text;
    QColor m_dim;
    std::array<QColor, 16> m_base;
    mutable QVector<std::pair<AnsiStyle, QTextCharFormat>> m_recent;
};

} // namespace Meanwhile::Ui
