// SPDX-License-Identifier: MIT
#pragma once

#include <QFrame>

namespace Meanwhile::Ui {

/// One line of plain text that is cut with "…" where it does not fit.
class ElidedLabel : public QFrame {
    Q_OBJECT
    Q_PROPERTY(QString text READ text WRITE setText)

public:
    explicit ElidedLabel(QWidget *parent = nullptr);

    void setText(const QString &text);
    QString text() const { return m_text; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
};

} // namespace Meanwhile::Ui
