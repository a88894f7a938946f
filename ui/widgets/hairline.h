// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

namespace Meanwhile::Ui {

/// A one pixel line in the border's colour between two rows.
class Hairline : public QWidget {
    Q_OBJECT

public:
    explicit Hairline(QWidget *parent = nullptr);
};

} // namespace Meanwhile::Ui
