// SPDX-License-Identifier: MIT
#include "ui/window/runagainquestion.h"

#include "ui/widgets/legibletext.h"

#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

RunAgainQuestion::RunAgainQuestion(const QString &command, QWidget *parent)
    : QDialog(parent)
{
    setObjectName(u"runAgainQuestion"_s);
    setWindowTitle(tr("Run again"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *title = new QLabel(tr("Run exactly this command?"), this);
    QFont bold = title->font();
    bold.setBold(true);
    title->setFont(bold);
    auto *text = new QLabel(tr("It was stored by an earlier run and may have been changed since. Meanwhile "
                               "cannot tell whether it is the command that ran then."),
        this);
    text->setWordWrap(true);
    text->setForegroundRole(QPalette::PlaceholderText);
    text->setMinimumWidth(400);
    auto *exact = new QPlainTextEdit(legibleText(command), this);
    exact->setObjectName(u"runAgainExact"_s);
    exact->setReadOnly(true);
    exact->setTabChangesFocus(true);
    exact->setWordWrapMode(QTextOption::WrapAnywhere); // nothing hides to the right
    exact->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    exact->setAccessibleName(tr("Exactly this"));
    setAccessibleName(title->text());
    setAccessibleDescription(text->text());

    auto *run = new QPushButton(tr("Run"), this);
    run->setObjectName(u"runAgainRun"_s);
    run->setAutoDefault(false);
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(u"runAgainCancel"_s);
    cancel->setDefault(true);
    connect(run, &QPushButton::clicked, this, &QDialog::accept);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(0, 8, 0, 0);
    row->addStretch(1);
    row->addWidget(cancel);
    row->addWidget(run);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(8);
    layout->addWidget(title);
    layout->addWidget(text);
    layout->addWidget(exact);
    layout->addLayout(row);
    cancel->setFocus();
}

} // namespace Meanwhile::Ui
