// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;

namespace Meanwhile::Ui {

/// "Find in log": Enter and F3 go to the next match, with Shift to the previous one; Escape closes.
class FindBar : public QWidget {
    Q_OBJECT

public:
    explicit FindBar(QWidget *parent = nullptr);

    void open();
    QString text() const;
    void sayNothing();
    void saySearching();
    /// `current` is the match that is shown, from 1; 0: none is yet. `hasMore` than `count`; `hasGap`: not
    /// all of the output was kept.
    void sayCount(int current, int count, bool hasMore, bool hasGap);

signals:
    void opened();
    void textChanged(const QString &text);
    void findRequested(bool backward);
    void closed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void say(const QString &words);
    void close();

    QLineEdit *m_text;
    QLabel *m_count;
};

} // namespace Meanwhile::Ui
