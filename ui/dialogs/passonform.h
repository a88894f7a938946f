// SPDX-License-Identifier: MIT
#pragma once

#include "base/settings.h"

#include <QWidget>

class QLabel;
class QListWidget;

namespace Meanwhile::Ui {

/// Which of the variables that look like secrets the commands of one project get: a list to tick.
class PassOnForm : public QWidget {
    Q_OBJECT

public:
    /// `names`: of all that are held back. Those that were passed on and are not set today are listed, too.
    PassOnForm(
        const QString &folder, const QStringList &names, const Settings &settings, QWidget *parent = nullptr);

    Settings applied(Settings settings) const;
    QWidget *list() const;

private:
    QStringList ticked() const;
    void refreshWords();

    QString m_folder;
    QListWidget *m_list;
    QLabel *m_words;
};

} // namespace Meanwhile::Ui
