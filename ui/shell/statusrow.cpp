// SPDX-License-Identifier: MIT
#include "ui/shell/statusrow.h"

#include "ui/elidedlabel.h"
#include "ui/theme.h"

#include <QHBoxLayout>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

static ElidedLabel *makeLabel(const QString &objectName, QWidget *parent)
{
    auto *label = new ElidedLabel(parent);
    label->setObjectName(objectName);
    label->setFont(Theme::dimFont());
    label->setForegroundRole(QPalette::PlaceholderText);
    label->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    return label;
}

StatusRow::StatusRow(QWidget *parent)
    : QWidget(parent)
    , m_tasks(makeLabel(u"statusTasks"_s, this))
    , m_waiting(makeLabel(u"statusWaiting"_s, this))
    , m_tokens(makeLabel(u"statusTokens"_s, this))
{
    setObjectName(u"statusRow"_s);
    setFixedHeight(24);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::AlternateBase);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 0, 12, 0);
    layout->setSpacing(16);
    layout->addWidget(m_tasks);
    layout->addWidget(m_waiting);
    layout->addStretch(1);
    m_tokens->setMinimumWidth(1); // goes before the others are cut
    layout->addWidget(m_tokens, 0, Qt::AlignRight);
    setTasks({});
    setWaiting({});
}

void StatusRow::setTasks(const QString &text)
{
    m_tasks->setText(text.isEmpty() ? QString() : u"◐ "_s + text);
    m_tasks->setVisible(!text.isEmpty());
}

void StatusRow::setWaiting(const QString &text)
{
    m_waiting->setText(text);
    m_waiting->setVisible(!text.isEmpty());
}

void StatusRow::setTokens(const QString &text)
{
    m_tokens->setText(text);
}

} // namespace Meanwhile::Ui
