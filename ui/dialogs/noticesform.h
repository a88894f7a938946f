// SPDX-License-Identifier: MIT
#pragma once

#include "base/settings.h"

#include <QWidget>

class QCheckBox;

namespace Meanwhile::Notify {
class Notifier;
}

namespace Meanwhile::Ui {

/// What the person is notified of while the window is not in front, and whether the desktop's notifications
/// are there for it.
class NoticesForm : public QWidget {
    Q_OBJECT

public:
    /// `notifier` may be null: nothing is said of the desktop then. Not owned; it may go first.
    NoticesForm(const Settings &settings, Notify::Notifier *notifier, QWidget *parent = nullptr);

    Settings applied(Settings settings) const;
    /// In the order of the Tab key.
    QList<QWidget *> fields() const;

private:
    QCheckBox *m_approvals;
    QCheckBox *m_tasks;
    QCheckBox *m_turns;
};

} // namespace Meanwhile::Ui
