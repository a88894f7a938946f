// SPDX-License-Identifier: MIT
#pragma once

#include <QPointer>
#include <QToolButton>

#include <functional>

class QMenu;

namespace Meanwhile::Ui {

/// A button whose menu is made each time it opens, so that a window that is just starting pays for none. A
/// choice that does not fit is cut in its middle.
class MenuButton : public QToolButton {
    Q_OBJECT

public:
    enum class Opens { Below, Above };
    using Fill = std::function<void(QMenu &menu)>;

    explicit MenuButton(Opens opens = Opens::Below, QWidget *parent = nullptr);

    void setFill(Fill fill) { m_fill = std::move(fill); }
    /// The choice it shows, with a mark that there are others.
    void setChoice(const QString &choice);
    void open();
    QSize minimumSizeHint() const override;
    /// Null while it is closed.
    QMenu *openMenu() const;

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_choice;
    Opens m_opens;
    Fill m_fill;
    QPointer<QMenu> m_menu;
};

} // namespace Meanwhile::Ui
