// SPDX-License-Identifier: MIT
#include "ui/dialogs/logsform.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSpinBox>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMostDays = 3'650;
constexpr int kMostGigabytes = 1'000;

} // namespace

LogsForm::LogsForm(const Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_days(new QSpinBox(this))
    , m_gigabytes(new QSpinBox(this))
{
    m_days->setObjectName(u"logDays"_s);
    m_days->setRange(1, kMostDays);
    m_days->setAccessibleName(tr("Days to keep task logs"));
    const auto nameUnit = [this](int days) { m_days->setSuffix(days == 1 ? tr(" day") : tr(" days")); };
    connect(m_days, &QSpinBox::valueChanged, this, nameUnit);
    m_days->setValue(settings.logDays);
    nameUnit(settings.logDays);
    m_gigabytes->setObjectName(u"logGigabytes"_s);
    m_gigabytes->setRange(1, kMostGigabytes);
    m_gigabytes->setSuffix(tr(" GB"));
    m_gigabytes->setAccessibleName(tr("Maximum size of task logs in gigabytes"));
    m_gigabytes->setValue(settings.logGigabytes);
    for (QSpinBox *box : {m_days, m_gigabytes})
        box->setButtonSymbols(QAbstractSpinBox::NoButtons); // the arrow keys and the wheel do the same
    setToolTip(tr("Older logs are removed at the next start; running tasks keep theirs."));

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_days);
    auto *most = new QLabel(tr(", up to"), this);
    most->setBuddy(m_gigabytes);
    row->addWidget(most);
    row->addWidget(m_gigabytes);
    row->addStretch(1);
    setFocusProxy(m_days);
}

Settings LogsForm::applied(Settings settings) const
{
    settings.logDays = m_days->value();
    settings.logGigabytes = m_gigabytes->value();
    return settings;
}

QWidget *LogsForm::firstField() const
{
    return m_days;
}

QWidget *LogsForm::lastField() const
{
    return m_gigabytes;
}

} // namespace Meanwhile::Ui
