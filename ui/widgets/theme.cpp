// SPDX-License-Identifier: MIT
#include "ui/widgets/theme.h"

#include "ui/widgets/stylesheet.h"

#include <QApplication>
#include <QFontDatabase>
#include <QPalette>
#include <QStyle>
#include <QStyleFactory>

#include <algorithm>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

Tokens Theme::light()
{
    return {.window = QColor(QRgb(0xf7f6f3)),
        .surface = QColor(QRgb(0xffffff)),
        .side = QColor(QRgb(0xf0eeea)),
        .border = QColor(QRgb(0xdedbd4)),
        .text = QColor(QRgb(0x22211f)),
        .dim = QColor(QRgb(0x6a6760)),
        .accent = QColor(QRgb(0x3457c9)),
        .accentTint = QColor(QRgb(0xe6ebfb)),
        .onAccent = QColor(QRgb(0xffffff)),
        .done = QColor(QRgb(0x25703f)),
        .failed = QColor(QRgb(0xb3261e)),
        .waiting = QColor(QRgb(0x8a5a00)),
        .code = QColor(QRgb(0xf3f1ec)),
        .added = QColor(QRgb(0xe3f3e6)),
        .removed = QColor(QRgb(0xfae6e3)),
        .selected = QColor(QRgb(0xe9e6df))};
}

Tokens Theme::dark()
{
    return {.window = QColor(QRgb(0x1a1a1c)),
        .surface = QColor(QRgb(0x222225)),
        .side = QColor(QRgb(0x161618)),
        .border = QColor(QRgb(0x37373c)),
        .text = QColor(QRgb(0xe7e5e1)),
        .dim = QColor(QRgb(0xa09d97)),
        .accent = QColor(QRgb(0x9bb1ff)),
        .accentTint = QColor(QRgb(0x2a3152)),
        .onAccent = QColor(QRgb(0x161618)),
        .done = QColor(QRgb(0x7ecb97)),
        .failed = QColor(QRgb(0xff8a80)),
        .waiting = QColor(QRgb(0xe0b050)),
        .code = QColor(QRgb(0x1d1d20)),
        .added = QColor(QRgb(0x1d3325)),
        .removed = QColor(QRgb(0x3b2321)),
        .selected = QColor(QRgb(0x2d2d32))};
}

Theme::Theme(QApplication &application, QObject *parent)
    : QObject(parent)
    , m_application(application)
{
    // Fusion paints from the palette alone, so that the tokens are what is seen on every desktop.
    m_systemIsDark = application.palette().color(QPalette::Window).lightness() < 128;
    application.setStyle(QStyleFactory::create(u"Fusion"_s));
    m_dark = m_systemIsDark;
    apply();
}

void Theme::setChoice(Choice choice)
{
    m_choice = choice;
    const bool dark = choice == Choice::Dark || (choice == Choice::System && m_systemIsDark);
    if (dark == m_dark)
        return;
    m_dark = dark;
    apply();
    emit changed();
}

void Theme::apply()
{
    m_tokens = m_dark ? dark() : light();
    const Tokens &t = m_tokens;
    QPalette palette;
    palette.setColor(QPalette::Window, t.window);
    palette.setColor(QPalette::WindowText, t.text);
    palette.setColor(QPalette::Base, t.surface);
    palette.setColor(QPalette::AlternateBase, t.side);
    palette.setColor(QPalette::Text, t.text);
    palette.setColor(QPalette::PlaceholderText, t.dim);
    palette.setColor(QPalette::Button, t.surface);
    palette.setColor(QPalette::ButtonText, t.text);
    palette.setColor(QPalette::ToolTipBase, t.surface);
    palette.setColor(QPalette::ToolTipText, t.text);
    palette.setColor(QPalette::Highlight, t.accent);
    palette.setColor(QPalette::HighlightedText, t.onAccent);
    palette.setColor(QPalette::Link, t.accent);
    palette.setColor(QPalette::LinkVisited, t.accent);
    palette.setColor(QPalette::Mid, t.border);
    palette.setColor(QPalette::Dark, t.border);
    palette.setColor(QPalette::Light, t.surface);
    palette.setColor(QPalette::Midlight, t.border);
    palette.setColor(QPalette::Shadow, t.border);
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, t.dim);
    m_application.setPalette(palette);
    m_application.setStyleSheet(styleSheet(t, m_dark));
}

QFont Theme::codeFont()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPointSizeF(std::max(9.0, QApplication::font().pointSizeF() - 0.5));
    return font;
}

QFont Theme::dimFont()
{
    QFont font = QApplication::font();
    font.setPointSizeF(std::max(9.0, font.pointSizeF() - 1));
    return font;
}

Theme::Choice themeChoiceFromString(const QString &word)
{
    if (word == u"light"_s)
        return Theme::Choice::Light;
    return word == u"dark"_s ? Theme::Choice::Dark : Theme::Choice::System;
}

QString nameOf(Theme::Choice choice)
{
    switch (choice) {
    case Theme::Choice::Light:
        return u"light"_s;
    case Theme::Choice::Dark:
        return u"dark"_s;
    case Theme::Choice::System:
        break;
    }
    return u"system"_s;
}

} // namespace Meanwhile::Ui
