// SPDX-License-Identifier: MIT
#include "ui/taskpanel/ansipalette.h"

#include <cmath>

namespace Meanwhile::Ui {

static constexpr double kReadable = 4.5;

static double luminance(const QColor &color)
{
    const auto linear = [](double c) {
        return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

double contrast(const QColor &a, const QColor &b)
{
    const double first = luminance(a);
    const double second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

static QColor mixed(const QColor &a, const QColor &b, double share)
{
    const auto mix = [share](float x, float y) { return float(x + (y - x) * share); };
    return QColor::fromRgbF(mix(a.redF(), b.redF()), mix(a.greenF(), b.greenF()), mix(a.blueF(), b.blueF()));
}

QColor readableOn(const QColor &ground, const QColor &color)
{
    const QColor target = luminance(ground) > 0.18 ? QColor(Qt::black) : QColor(Qt::white);
    for (int step = 0; step < 20; ++step) {
        const QColor candidate = mixed(color, target, step / 20.0);
        if (contrast(candidate, ground) >= kReadable)
            return candidate;
    }
    return target;
}

AnsiPalette::AnsiPalette(const Tokens &tokens)
    : m_ground(tokens.code)
    , m_text(tokens.text)
    , m_dim(tokens.dim)
{
    const bool dark = luminance(tokens.code) < 0.18;
    const QColor magenta(dark ? 0xd7a3e8 : 0x8a3a9e);
    const QColor cyan(dark ? 0x7fc8d0 : 0x1f6b75);
    m_base = {dark ? QColor(0x3d3d43) : QColor(0x22211f), tokens.failed, tokens.done, tokens.waiting,
        tokens.accent, magenta, cyan, dark ? QColor(0xc9c7c2) : QColor(0xb9b5ad)};
    for (size_t i = 0; i < 8; ++i)
        m_base[i + 8] = mixed(m_base[i], dark ? QColor(Qt::white) : tokens.text, dark ? 0.25 : 0.15);
}

QColor AnsiPalette::resolve(const AnsiColor &color, const QColor &fallback) const
{
    if (color.kind == AnsiColor::Kind::Default)
        return fallback;
    if (color.kind == AnsiColor::Kind::Rgb)
        return QColor(QRgb(color.value));
    const int index = int(color.value);
    if (index < 16)
        return m_base[size_t(index)];
    if (index >= 232) {
        const int gray = 8 + (index - 232) * 10;
        return QColor(gray, gray, gray);
    }
    const auto level = [](int n) { return n == 0 ? 0 : 55 + n * 40; };
    const int cube = index - 16;
    return QColor(level(cube / 36), level(cube / 6 % 6), level(cube % 6));
}

QTextCharFormat AnsiPalette::format(const AnsiStyle &style) const
{
    // A log uses a handful of styles thousands of times.
    static constexpr qsizetype kRecent = 32;
    for (const auto &[known, format] : m_recent) {
        if (known == style)
            return format;
    }
    if (m_recent.size() >= kRecent)
        m_recent.removeFirst();
    m_recent.append({style, makeFormat(style)});
    return m_recent.constLast().second;
}

QTextCharFormat AnsiPalette::makeFormat(const AnsiStyle &style) const
{
    QColor text = resolve(style.foreground, style.dim ? m_dim : m_text);
    QColor ground = resolve(style.background, m_ground);
    if (style.inverse)
        std::swap(text, ground);
    if (style.dim && style.foreground.kind != AnsiColor::Kind::Default)
        text = mixed(text, ground, 0.3);
    QTextCharFormat format;
    format.setForeground(readableOn(ground, text));
    if (ground != m_ground)
        format.setBackground(ground);
    if (style.bold)
        format.setFontWeight(QFont::Bold);
    format.setFontItalic(style.italic);
    format.setFontUnderline(style.underline);
    format.setFontStrikeOut(style.strike);
    return format;
}

} // namespace Meanwhile::Ui
