// SPDX-License-Identifier: MIT
#include "ui/dialogs/passonform.h"

#include <QFileInfo>
#include <QLabel>
#include <QListWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMostRows = 4; ///< more are scrolled to

} // namespace

PassOnForm::PassOnForm(
    const QString &folder, const QStringList &names, const Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_folder(folder)
    , m_list(new QListWidget(this))
{
    const QStringList passedOn = settings.passedOn.value(folder);
    QStringList all = names + passedOn;
    all.removeDuplicates();
    all.sort();
    m_list->setObjectName(u"passedOn"_s);
    m_list->setAccessibleName(tr("Variables that commands get"));
    for (const QString &name : std::as_const(all)) {
        auto *item = new QListWidgetItem(name, m_list);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(passedOn.contains(name) ? Qt::Checked : Qt::Unchecked);
    }
    const int rows = std::clamp(int(all.size()), 1, kMostRows);
    m_list->setFixedHeight(
        rows * std::max(m_list->sizeHintForRow(0), fontMetrics().height()) + 2 * m_list->frameWidth() + 4);
    auto *words =
        new QLabel(tr("Commands in %1 get none of these, as they look like secrets. Tick those that "
                      "they need.")
                       .arg(QFileInfo(folder).fileName()),
            this);
    words->setTextFormat(Qt::PlainText);
    words->setWordWrap(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(m_list);
    column->addWidget(words);
    setFocusProxy(m_list);
}

Settings PassOnForm::applied(Settings settings) const
{
    QStringList ticked;
    for (int row = 0; row < m_list->count(); ++row) {
        if (m_list->item(row)->checkState() == Qt::Checked)
            ticked += m_list->item(row)->text();
    }
    if (ticked.isEmpty())
        settings.passedOn.remove(m_folder);
    else
        settings.passedOn.insert(m_folder, ticked);
    return settings;
}

QWidget *PassOnForm::list() const
{
    return m_list;
}

} // namespace Meanwhile::Ui
