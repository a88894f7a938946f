// SPDX-License-Identifier: MIT
#include "ui/taskpanel/panelstyle.h"

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

QString panelStyle(const Tokens &tokens)
{
    QString style = uR"(
#taskPanel, #logPane, #findBar, #taskFilterRow, #taskEmpty { background: @surface; }
QLabel[dim="true"] { color: @dim; }
QPushButton:checked { background: @selected; }
QPushButton#logEarlier {
    border: none; border-bottom: 1px solid @border; border-radius: 0; background: @code; color: @accent;
    padding: 5px;
}
QPushButton#logEarlier:hover, QPushButton#logEarlier:focus { background: @selected; }
#findBar QPushButton { padding: 4px 8px; }
QTableView { background: @surface; border: none; border-top: 1px solid @border; outline: none; }
#logView { background: @code; color: @text; border: 1px solid @code; selection-background-color: @accent;
    selection-color: @onAccent; }
#logView:focus { border-color: @accent; }
#logRule { background: @border; }
#logChanges { background: @side; border-top: 1px solid @border; }
#logChangesText { color: @waiting; }
#logChanges QPushButton { padding: 3px 8px; }
QSplitter::handle:hover { background: @accent; }
)"_s;
    const std::initializer_list<std::pair<QString, QColor>> colours = {{u"@surface"_s, tokens.surface},
        {u"@side"_s, tokens.side}, {u"@selected"_s, tokens.selected}, {u"@border"_s, tokens.border},
        {u"@text"_s, tokens.text}, {u"@dim"_s, tokens.dim}, {u"@onAccent"_s, tokens.onAccent},
        {u"@accent"_s, tokens.accent}, {u"@code"_s, tokens.code}, {u"@waiting"_s, tokens.waiting}};
    for (const auto &[name, colour] : colours)
        style.replace(name, colour.name());
    return style;
}

} // namespace Meanwhile::Ui
