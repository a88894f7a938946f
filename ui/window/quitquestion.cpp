// SPDX-License-Identifier: MIT
#include "ui/window/quitquestion.h"

#include "models/visibletext.h"
#include "ui/widgets/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

static constexpr qsizetype kMostListed = 4;
static constexpr qsizetype kMostChars = 60;

/// The first few, a line each.
static QString listed(const QStringList &commands)
{
    QStringList lines;
    for (qsizetype i = 0; i < std::min(commands.size(), kMostListed); ++i)
        lines += Models::visibleCommand(commands.at(i), kMostChars);
    const qsizetype more = commands.size() - lines.size();
    if (more > 0)
        lines += more == 1 ? QuitQuestion::tr("and 1 more") : QuitQuestion::tr("and %1 more").arg(more);
    return lines.join(u'\n');
}

QuitQuestion::QuitQuestion(const QStringList &commands, QWidget *parent)
    : QDialog(parent)
    , m_text(new QLabel(this))
    , m_buttons(new QWidget(this))
{
    setObjectName(u"quitQuestion"_s);
    setWindowTitle(tr("Quit"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *title = new QLabel(this);
    const bool isOne = commands.size() == 1;
    title->setText(isOne ? tr("1 task is still running")
                         : tr("%n tasks are still running", nullptr, int(commands.size())));
    QFont bold = title->font();
    bold.setBold(true);
    title->setFont(bold);
    auto *list = new QLabel(this);
    list->setObjectName(u"quitTasks"_s);
    list->setTextFormat(Qt::PlainText);
    list->setFont(Theme::codeFont());
    list->setText(listed(commands));
    m_text->setText(isOne ? tr("If you keep it running, it continues in the background and reappears when "
                               "you start Meanwhile again.")
                          : tr("If you keep them running, they continue in the background and reappear when "
                               "you start Meanwhile again."));
    m_text->setWordWrap(true);
    m_text->setForegroundRole(QPalette::PlaceholderText);
    m_text->setMinimumWidth(400);
    setAccessibleName(title->text());
    setAccessibleDescription(list->text() + u'\n' + m_text->text());

    auto *keep = new QPushButton(tr("Keep running"), m_buttons);
    keep->setObjectName(u"quitKeep"_s);
    keep->setProperty("primary", true);
    keep->setDefault(true);
    auto *stop = new QPushButton(isOne ? tr("Stop it") : tr("Stop them"), m_buttons);
    stop->setObjectName(u"quitStop"_s);
    auto *cancel = new QPushButton(tr("Cancel"), m_buttons);
    cancel->setObjectName(u"quitCancel"_s);
    connect(keep, &QPushButton::clicked, this, &QuitQuestion::keepChosen);
    connect(stop, &QPushButton::clicked, this, &QuitQuestion::stopChosen);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    auto *row = new QHBoxLayout(m_buttons);
    row->setContentsMargins(0, 8, 0, 0);
    row->addStretch(1);
    for (QPushButton *button : {cancel, stop, keep})
        row->addWidget(button);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(8);
    layout->addWidget(title);
    layout->addWidget(list);
    layout->addWidget(m_text);
    layout->addWidget(m_buttons);
    keep->setFocus();
}

void QuitQuestion::showStopping()
{
    m_buttons->setEnabled(false);
    m_text->setText(tr("Stopping now; the window closes when the last command has ended."));
}

} // namespace Meanwhile::Ui
