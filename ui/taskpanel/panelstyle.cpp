// SPDX-License-Identifier: MIT
#include "ui/taskpanel/panelstyle.h"

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

QString panelStyle(const Tokens &tokens)
{
    QString style = uR"(
#taskPanel, #logPane, #findBar, #taskFilterRow, #taskEmpty { background: @surface; }
QLabel[dim="true"] { color: @dim; }
QPushButton {
    background: @surface; color: @text; border: 1px solid @border; border-radius: 5px;
    padding: 4px 11px; min-height: 16px;
}
QPushButton:hover { background: @side; }
QPushButton:pressed, QPushButton:checked { background: @selected; }
QPushButton:focus { border-color: @accent; }
QPushButton:disabled { color: @dim; background: @surface; }
QPushButton#logEarlier {
    border: none; border-bottom: 1px solid @border; border-radius: 0; background: @code; color: @accent;
    padding: 5px;
}
QPushButton#logEarlier:hover, QPushButton#logEarlier:focus { background: @selected; }
#findBar QPushButton { padding: 4px 8px; }
QLineEdit, QComboBox {
    background: @surface; color: @text; border: 1px solid @border; border-radius: 5px; padding: 3px 7px;
    min-height: 18px; selection-background-color: @accent; selection-color: @onAccent;
}
QLineEdit:focus, QComboBox:focus { border-color: @accent; }
QHeaderView { background: @surface; }
QHeaderView::section {
    background: @surface; color: @dim; border: none; border-bottom: 1px solid @border; padding: 5px 8px;
}
QHeaderView::section:hover { color: @text; }
QTableView { background: @surface; border: none; border-top: 1px solid @border; outline: none; }
#logView { background: @code; color: @text; border: none; selection-background-color: @accent;
    selection-color: @onAccent; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar::handle:vertical { background: @border; border-radius: 3px; margin: 2px; min-height: 28px; }
QScrollBar::handle:vertical:hover { background: @dim; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
    background: none; border: none; height: 0;
}
#logRule { background: @border; }
QSplitter::handle { background: @border; }
QSplitter::handle:hover { background: @accent; }
)"_s;
    const std::initializer_list<std::pair<QString, QColor>> colours = {{u"@surface"_s, tokens.surface},
        {u"@side"_s, tokens.side}, {u"@selected"_s, tokens.selected}, {u"@border"_s, tokens.border},
        {u"@text"_s, tokens.text}, {u"@dim"_s, tokens.dim}, {u"@onAccent"_s, tokens.onAccent},
        {u"@accent"_s, tokens.accent}, {u"@code"_s, tokens.code}};
    for (const auto &[name, colour] : colours)
        style.replace(name, colour.name());
    return style;
}

} // namespace Meanwhile::Ui
