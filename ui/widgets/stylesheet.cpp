// SPDX-License-Identifier: MIT
#include "ui/widgets/stylesheet.h"

#include "ui/widgets/theme.h"

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

// Every rule costs each widget a little when it is shown; what the palette can do stays there.
// A colour for the words of a field would also make its placeholder paler than @dim.
static const QString kRules = uR"(
QPushButton, QToolButton { background: @surface; color: @text; border: 1px solid @border;
    border-radius: 5px; padding: 5px 12px; min-height: 16px; outline: none; }
QToolButton { padding: 5px 10px; }
QFileDialog QToolButton { padding: 3px; }
QLineEdit QToolButton { min-height: 0; padding: 0; }
QPushButton:hover, QToolButton:hover { background: @selected; }
QPushButton:pressed, QToolButton:pressed { background: @border; }
QPushButton:checked { background: @accentTint; }
QPushButton:focus, QToolButton:focus { border-color: @accent; }
QPushButton::menu-indicator { image: url(:/icons/chevron-down-@scheme.svg); width: 12px; height: 12px;
    subcontrol-origin: padding; subcontrol-position: right center; right: 6px; }
QPushButton:disabled, QPushButton[resting="true"], QToolButton:disabled { color: @dim; background: @window; }
QToolButton[warns="true"] { color: @waiting; border-color: @waiting; }
QPushButton[primary="true"] { background: @accent; color: @onAccent; border-color: @accent; }
QPushButton[primary="true"]:focus { border-color: @text; }
QPushButton[primary="true"]:disabled { background: @window; color: @dim; border-color: @border; }
QPushButton[quiet="true"], QToolButton[quiet="true"] { background: transparent; border-color: transparent; }
QPushButton[quiet="true"]:hover, QToolButton[quiet="true"]:hover { background: @selected; }
QPushButton[quiet="true"]:focus, QToolButton[quiet="true"]:focus { border-color: @accent; }
QLineEdit, QComboBox, QSpinBox, QPlainTextEdit#headers, QListWidget#passedOn { background: @surface; border: 1px solid @border;
    border-radius: 5px; padding: 4px 8px; selection-background-color: @accent;
    selection-color: @onAccent; }
QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QPlainTextEdit#headers:focus,
    QListWidget#passedOn:focus { border-color: @accent; }
QListWidget#passedOn { padding: 1px; outline: none; }
QListWidget#passedOn::item:selected { background: @selected; color: @text; }
QListWidget::indicator, QCheckBox::indicator { width: 14px; height: 14px; background: @surface;
    border: 1px solid @dim; border-radius: 3px; }
QListWidget::indicator:checked, QCheckBox::indicator:checked { background: @accent; border-color: @accent;
    image: url(:/icons/check-@scheme.svg); }
QCheckBox::indicator:indeterminate { background: @accent; border-color: @accent;
    image: url(:/icons/minus-@scheme.svg); }
QCheckBox::indicator:focus { border-color: @accent; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url(:/icons/chevron-down-@scheme.svg); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: @surface; border: 1px solid @border; outline: none;
    selection-background-color: @selected; selection-color: @text; }
QCheckBox { spacing: 6px; }
QMenu { background: @surface; color: @text; border: 1px solid @border; padding: 4px; }
QMenu::item { padding: 5px 20px 5px 8px; border: 1px solid transparent; border-radius: 4px; }
QMenu::item:selected { background: @selected; color: @text; }
QMenu::item:disabled { color: @dim; background: transparent; }
QMenu::separator { height: 1px; background: @border; margin: 4px 8px; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QToolTip { background: @surface; color: @text; border: 1px solid @border; padding: 2px; }
QSplitter::handle { background: @border; }
QLabel[dim="true"] { color: @dim; }
QPushButton[startsLeft="true"] { text-align: left; }
#taskPanel, #logPane, #findBar, #taskFilterRow, #taskEmpty { background: @surface; }
#taskPanel QPushButton:checked { background: @selected; }
#taskPanel QPushButton[line="true"] { border: none; border-bottom: 1px solid @border; border-radius: 0;
    background: @code; color: @accent; padding: 5px; }
#taskPanel QPushButton#logLater { border-bottom: none; border-top: 1px solid @border; }
#taskPanel QPushButton[line="true"]:hover, #taskPanel QPushButton[line="true"]:focus { background: @selected; }
#findBar QPushButton { padding: 4px 8px; }
#taskPanel QTableView { background: @surface; border: none; border-top: 1px solid @border; outline: none; }
#logView { background: @code; color: @text; border: 1px solid @code; selection-background-color: @accent;
    selection-color: @onAccent; }
#logView:focus { border-color: @accent; }
#logRule { background: @border; }
#logChanges { background: @side; border-top: 1px solid @border; }
#logChangesText { color: @waiting; }
#logChanges QPushButton { padding: 3px 8px; }
#taskPanel QSplitter::handle:hover { background: @accent; }
QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: @dim; border: none; border-bottom: 2px solid transparent;
    padding: 6px 12px; }
QTabBar::tab:selected { color: @text; border-bottom-color: @accent; }
QTabBar::tab:focus { background: @selected; }
QHeaderView { background: @surface; }
QHeaderView::section { background: @surface; color: @dim; border: none; border-bottom: 1px solid @border;
    padding: 5px 8px; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: @border; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 24px; }
QScrollBar::handle:horizontal { min-width: 24px; }
QScrollBar::handle:hover { background: @dim; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
)"_s;

QString styleSheet(const Tokens &tokens, bool dark)
{
    const QList<QPair<QString, QString>> values{{u"@accentTint"_s, tokens.accentTint.name()},
        {u"@accent"_s, tokens.accent.name()}, {u"@border"_s, tokens.border.name()},
        {u"@code"_s, tokens.code.name()}, {u"@dim"_s, tokens.dim.name()},
        {u"@onAccent"_s, tokens.onAccent.name()}, {u"@scheme"_s, dark ? u"dark"_s : u"light"_s},
        {u"@selected"_s, tokens.selected.name()}, {u"@side"_s, tokens.side.name()},
        {u"@surface"_s, tokens.surface.name()}, {u"@text"_s, tokens.text.name()},
        {u"@waiting"_s, tokens.waiting.name()}, {u"@window"_s, tokens.window.name()}};
    QString sheet = kRules;
    for (const auto &[name, value] : values)
        sheet.replace(name, value);
    return sheet;
}

} // namespace Meanwhile::Ui
