// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;

namespace Meanwhile::Ui {

/// "Find in log": Enter and F3 go on, Shift goes back, Escape closes.
class FindBar : public QWidget {
    Q_OBJECT

public:
    explicit FindBar(QWidget *parent = nullptr);

    void open();
    void setFound(bool found);

signals:
    void findRequested(const QString &text, bool backward);
    void closed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void find(bool backward);
    void close();

    QLineEdit *m_text;
    QLabel *m_nothing;
};

} // namespace Meanwhile::Ui
