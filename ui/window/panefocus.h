// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QPointer>
#include <QVector>

class QMainWindow;
class QWidget;

namespace Meanwhile::Ui {

/// F6 goes from one part of the window to the next, in the order in which they are read, Shift+F6 back. A
/// part takes the focus where it had it last; one that is not to be seen is passed over.
class PaneFocus : public QObject {
    Q_OBJECT

public:
    /// Parts are looked for when a key is pressed.
    explicit PaneFocus(QMainWindow &window);

private:
    struct Pane {
        QString name;  ///< of the part
        QString entry; ///< of what takes the focus at first
        QPointer<QWidget> last = {};
    };

    void move(int step);
    void note(QWidget *now);
    QWidget *find(const QString &name) const;
    QWidget *placeIn(const Pane &pane) const;

    QMainWindow &m_window;
    QVector<Pane> m_panes;
};

} // namespace Meanwhile::Ui
