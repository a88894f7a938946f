// SPDX-License-Identifier: MIT
#pragma once

#include "base/settings.h"

#include <QWidget>

class QSpinBox;

namespace Meanwhile::Ui {

/// How long and how much of the tasks' logs is kept, in one line: "[30] days, at most [2] GB".
class LogsForm : public QWidget {
    Q_OBJECT

public:
    explicit LogsForm(const Settings &settings, QWidget *parent = nullptr);

    Settings applied(Settings settings) const;
    QWidget *firstField() const;
    QWidget *lastField() const;

private:
    QSpinBox *m_days;
    QSpinBox *m_gigabytes;
};

} // namespace Meanwhile::Ui
