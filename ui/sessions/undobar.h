// SPDX-License-Identifier: MIT
#pragma once

#include "ui/widgets/theme.h"

#include <QWidget>

class QPushButton;
class QTimer;

namespace Meanwhile::Ui {

class ElidedLabel;

/// Says what was deleted and offers Undo, for ten seconds and while the pointer or the focus is on it.
class UndoBar : public QWidget {
    Q_OBJECT

public:
    explicit UndoBar(const Theme &theme, QWidget *parent = nullptr);

    /// Replaces what it offered before.
    void offer(const QString &id, const QString &title);
    /// Does nothing once the offer has ended.
    void undo();

signals:
    void undone(const QString &id);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    ElidedLabel *m_text;
    QPushButton *m_button;
    QTimer *m_timer;
    QString m_id;
};

} // namespace Meanwhile::Ui
