// SPDX-License-Identifier: MIT
#include "ui/transcript/rowmenu.h"

#include "ui/transcript/rowwidget.h"
#include "ui/transcript/textsurface.h"
#include "ui/transcript/transcriptview.h"

#include <QApplication>
#include <QClipboard>
#include <QMenu>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

QMenu *makeRowMenu(TranscriptView &view, const RowWidget &row, const QPoint &position)
{
    auto *menu = new QMenu(&view);
    const auto add = [menu](const QString &title, const QString &name, const QString &text) {
        QAction *action = menu->addAction(title, menu, [text] { QApplication::clipboard()->setText(text); });
        action->setObjectName(name);
    };
    if (view.selection().isActive()) {
        // Read only when it is wanted: it may be the whole conversation.
        QAction *copy = menu->addAction(RowWidget::tr("Copy"), &view, [&view] { view.selection().copy(); });
        copy->setObjectName(u"copySelection"_s);
    }
    for (const TextSurface *surface : row.surfaces()) {
        if (surface->hasSelection() && !view.selection().isActive())
            add(RowWidget::tr("Copy"), u"copySelection"_s, surface->selectedText());
        const QString link = surface->linkAt(surface->mapFrom(&row, position));
        if (!link.isEmpty())
            add(RowWidget::tr("Copy link"), u"copyLink"_s, link);
    }
    using Kind = Models::TranscriptRow::Kind;
    const bool isMessage =
        row.kind() == Kind::Person || row.kind() == Kind::Answer || row.kind() == Kind::Queued;
    add(isMessage                      ? RowWidget::tr("Copy message")
        : row.kind() == Kind::ToolCall ? RowWidget::tr("Copy call and result")
                                       : RowWidget::tr("Copy text"),
        u"copyMessage"_s, row.messageText());
    if (row.kind() == Kind::Person) {
        menu->addSeparator();
        // By its id: the widget may show another row by then.
        QAction *restore = menu->addAction(RowWidget::tr("Restore files to here…"), &view,
            [&view, id = row.rowId()] { emit view.commanded(RestoreFiles{id}); });
        restore->setObjectName(u"restoreFiles"_s);
    }
    return menu;
}

} // namespace Meanwhile::Ui
