// SPDX-License-Identifier: MIT
#include "ui/window/statusrow.h"

#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/theme.h"
#include "ui/window/boxmark.h"

#include <QHBoxLayout>

#include <algorithm>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

/// Less of it says nothing.
static constexpr int kLeastTokens = 80;

static ElidedLabel *made(ElidedLabel *label, const QString &objectName)
{
    label->setObjectName(objectName);
    label->setFont(Theme::dimFont());
    label->setForegroundRole(QPalette::PlaceholderText);
    label->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    return label;
}

StatusRow::StatusRow(Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_tasks(made(new ElidedLabel(this), u"statusTasks"_s))
    , m_waiting(made(new ElidedLabel(this), u"statusWaiting"_s))
    , m_box(new BoxMark(theme, this))
    , m_tokens(made(new ElidedLabel(this), u"statusTokens"_s))
{
    made(m_box, u"statusBox"_s);
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
    layout->addWidget(m_box);
    layout->addWidget(m_tokens, 0, Qt::AlignRight);
    setTasks({});
    setWaiting({});
}

void StatusRow::setTasks(const QString &text)
{
    m_tasks->setText(text.isEmpty() ? QString() : u"◐ "_s + text);
    m_tasks->setVisible(!text.isEmpty());
    share();
}

void StatusRow::setWaiting(const QString &text)
{
    m_waiting->setText(text);
    m_waiting->setVisible(!text.isEmpty());
    share();
}

void StatusRow::setTokens(const QString &text)
{
    m_tokens->setText(text);
    share();
}

void StatusRow::setBox(Permissions::Box kind, const QString &reason)
{
    m_box->setBox(kind, reason);
    share();
}

void StatusRow::setMode(Permissions::Mode mode)
{
    m_box->setMode(mode);
}

QSize StatusRow::minimumSizeHint() const
{
    return {m_tasks->minimumSizeHint().width() + 24, height()};
}

void StatusRow::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    share();
}

// What was used goes before anything of the state is cut.
void StatusRow::share()
{
    int left = contentsRect().width() - 24;
    for (ElidedLabel *label : {static_cast<ElidedLabel *>(m_box), m_tasks, m_waiting}) {
        if (label->isHidden())
            continue;
        const int wanted = std::clamp(label->sizeHint().width(), 0, std::max(0, left));
        label->setFixedWidth(wanted);
        left -= wanted + layout()->spacing();
    }
    const int tokens = m_tokens->sizeHint().width();
    m_tokens->setVisible(left >= std::min(tokens, kLeastTokens));
    m_tokens->setFixedWidth(std::clamp(tokens, 0, std::max(0, left)));
}

} // namespace Meanwhile::Ui
