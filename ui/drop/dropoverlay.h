// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

namespace Meanwhile::Ui {

class Theme;

/// Covers the window while something is dragged over it and says what dropping would do.
class DropOverlay : public QWidget {
    Q_OBJECT

public:
    DropOverlay(Theme &theme, QWidget *parent);

    void setText(const QString &title, const QString &explanation);
    const QString &title() const { return m_title; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Theme &m_theme;
    QString m_title;
    QString m_explanation;
};

} // namespace Meanwhile::Ui
