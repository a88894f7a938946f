// SPDX-License-Identifier: MIT
#include "ui/dialogs/noticesform.h"

#include "notify/notifier.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

static QString textOf(Notify::Reach reach)
{
    using Notify::Reach;
    switch (reach) {
    case Reach::NotAsked:
    case Reach::Looking:
        return NoticesForm::tr("Looking for the desktop's notifications…");
    case Reach::Reached:
        return NoticesForm::tr("With desktop notifications, while this window is not in front.");
    case Reach::NoBus:
        return NoticesForm::tr("Only in the taskbar: there is no message bus (D-Bus) in this login.");
    case Reach::NoDaemon:
        return NoticesForm::tr("Only in the taskbar: no program here shows notifications.");
    case Reach::Silent:
        return NoticesForm::tr("Only in the taskbar: the desktop's notification service does not respond.");
    case Reach::OfCommand:
        break;
    }
    return NoticesForm::tr("Only in the taskbar: what answers as the desktop's notifications may be a "
                           "command that Meanwhile ran.");
}

NoticesForm::NoticesForm(const Settings &settings, Notify::Notifier *notifier, QWidget *parent)
    : QWidget(parent)
    , m_approvals(new QCheckBox(tr("Approvals"), this))
    , m_tasks(new QCheckBox(tr("Ended tasks"), this))
    , m_turns(new QCheckBox(tr("Long turns"), this))
{
    m_approvals->setObjectName(u"notifiesOfApprovals"_s);
    m_approvals->setChecked(settings.notifiesOfApprovals);
    m_approvals->setToolTip(tr("When something waits for your answer."));
    m_tasks->setObjectName(u"notifiesOfTasks"_s);
    m_tasks->setChecked(settings.notifiesOfTasks);
    m_tasks->setToolTip(tr("When a background command has ended."));
    m_turns->setObjectName(u"notifiesOfTurns"_s);
    m_turns->setChecked(settings.notifiesOfTurns);
    m_turns->setToolTip(tr("When a turn has ended that took longer than 20 seconds."));
    auto *row = new QHBoxLayout;
    row->setSpacing(16);
    const QList<QWidget *> boxes = fields();
    for (QWidget *box : boxes) {
        box->setAccessibleDescription(box->toolTip());
        row->addWidget(box);
    }
    row->addStretch(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addLayout(row);
    setFocusProxy(m_approvals);
    if (!notifier)
        return;
    auto *reach = new QLabel(this);
    reach->setObjectName(u"noticesReach"_s);
    reach->setTextFormat(Qt::PlainText);
    reach->setForegroundRole(QPalette::PlaceholderText);
    reach->setWordWrap(true);
    column->addWidget(reach);
    const auto say = [notifier, reach] { reach->setText(textOf(notifier->reach())); };
    connect(notifier, &Notify::Notifier::reachChanged, reach, say);
    notifier->look();
    say();
}

Settings NoticesForm::applied(Settings settings) const
{
    settings.notifiesOfApprovals = m_approvals->isChecked();
    settings.notifiesOfTasks = m_tasks->isChecked();
    settings.notifiesOfTurns = m_turns->isChecked();
    return settings;
}

QList<QWidget *> NoticesForm::fields() const
{
    return {m_approvals, m_tasks, m_turns};
}

} // namespace Meanwhile::Ui
