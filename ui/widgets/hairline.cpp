// SPDX-License-Identifier: MIT
#include "ui/widgets/hairline.h"

namespace Meanwhile::Ui {

Hairline::Hairline(QWidget *parent)
    : QWidget(parent)
{
    setFixedHeight(1);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Mid);
}

} // namespace Meanwhile::Ui
