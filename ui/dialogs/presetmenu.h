// SPDX-License-Identifier: MIT
#pragma once

#include <QMenu>

namespace Meanwhile::Ui {

/// The providers that can be added: services, servers on this computer, and one that the person describes.
class PresetMenu : public QMenu {
    Q_OBJECT

public:
    explicit PresetMenu(QWidget *parent = nullptr);

signals:
    /// Without an address: to be described.
    void chosen(const QString &name, const QString &address, const QString &protocol);

private:
    void addHeading(const QString &words);
};

} // namespace Meanwhile::Ui
