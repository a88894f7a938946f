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

constexpr int kMostRows = 8; ///< more are scrolled to

} // namespace

PassOnForm::PassOnForm(
    const QString &folder, const QStringList &names, const Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_folder(folder)
    , m_list(new QListWidget(this))
    , m_words(new QLabel(this))
{
    const QStringList passedOn = settings.passedOn.value(folder);
    QStringList all = names + passedOn;
    all.removeDuplicates();
    all.sort();
    m_list->setObjectName(u"passedOn"_s);
    m_list->setAccessibleName(tr("Variables passed to commands"));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setTextElideMode(Qt::ElideMiddle);
    const int rowHeight = fontMetrics().height() + 8;
    for (const QString &name : std::as_const(all)) {
        auto *item = new QListWidgetItem(name, m_list);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(passedOn.contains(name) ? Qt::Checked : Qt::Unchecked);
        item->setToolTip(name);
        item->setSizeHint({0, rowHeight}); // as wide as the list: a longer name is cut with dots
    }
    const int rows = std::clamp(int(all.size()), 1, kMostRows);
    const int around = 2 * m_list->frameWidth() + 4;
    m_list->setMinimumHeight(rows * rowHeight + around);
    m_list->setMaximumHeight(std::max(rows, int(all.size())) * rowHeight + around);
    m_words->setObjectName(u"passOnWords"_s);
    m_words->setTextFormat(Qt::PlainText);
    m_words->setWordWrap(true);
    connect(m_list, &QListWidget::itemChanged, this, &PassOnForm::refreshWords);
    refreshWords();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(m_list, 1);
    column->addWidget(m_words);
    setFocusProxy(m_list);
}

QStringList PassOnForm::ticked() const
{
    QStringList names;
    for (int row = 0; row < m_list->count(); ++row) {
        if (m_list->item(row)->checkState() == Qt::Checked)
            names += m_list->item(row)->text();
    }
    return names;
}

void PassOnForm::refreshWords()
{
    const QString project = QFileInfo(m_folder).fileName();
    const qsizetype count = ticked().size();
    if (count == 0)
        m_words->setText(tr("Commands in %1 get none of these, as they look like secrets. Tick those that "
                            "they need.")
                             .arg(project));
    else if (count == m_list->count())
        m_words->setText(tr("Commands in %1 get all of these, though they look like secrets.").arg(project));
    else
        m_words->setText(
            tr("Commands in %1 get those that are ticked. The others are kept from them, as they "
               "look like secrets.")
                .arg(project));
}

Settings PassOnForm::applied(Settings settings) const
{
    const QStringList ticked = this->ticked();
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
