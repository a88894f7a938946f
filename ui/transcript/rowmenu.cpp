// SPDX-License-Identifier: MIT
#include "ui/transcript/rowmenu.h"

#include "ui/transcript/rowwidget.h"
#include "ui/transcript/textsurface.h"

#include <QApplication>
#include <QClipboard>
#include <QMenu>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

QMenu *makeRowMenu(const RowWidget &row, const QPoint &position, QWidget *parent)
{
    auto *menu = new QMenu(parent);
    const auto add = [menu](const QString &title, const QString &name, const QString &text) {
        QAction *action = menu->addAction(title, menu, [text] { QApplication::clipboard()->setText(text); });
        action->setObjectName(name);
    };
    for (const TextSurface *surface : row.surfaces()) {
        if (surface->hasSelection())
            add(RowWidget::tr("Copy"), u"copySelection"_s, surface->selectedText());
        const QString link = surface->linkAt(surface->mapFrom(&row, position));
        if (!link.isEmpty())
            add(RowWidget::tr("Copy link"), u"copyLink"_s, link);
    }
    add(RowWidget::tr("Copy message"), u"copyMessage"_s, row.messageText());
    return menu;
}

} // namespace Meanwhile::Ui
