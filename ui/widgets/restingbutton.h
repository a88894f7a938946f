// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

class QAbstractButton;

namespace Meanwhile::Ui {

/// Lets a button rest while there is nothing for it to do: as a disabled one it takes no presses. One that
/// has the focus keeps it until the person moves on; Qt would hand it to what comes next, where a key that
/// was meant for the button does something else. Belongs to the button.
class RestingButton : public QObject {
    Q_OBJECT

public:
    explicit RestingButton(QAbstractButton &button);

    void setResting(bool resting);

signals:
    /// The button was, and it does not rest.
    void clicked();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QAbstractButton &m_button;
    bool m_isResting = false;
};

} // namespace Meanwhile::Ui
