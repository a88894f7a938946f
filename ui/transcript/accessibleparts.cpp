// SPDX-License-Identifier: MIT
#include "ui/transcript/accessibleparts.h"

#include "ui/transcript/accessibletext.h"
#include "ui/transcript/disclosureline.h"
#include "ui/transcript/rowwidget.h"
#include "ui/transcript/textsurface.h"
#include "ui/transcript/transcriptview.h"

#include <QAccessibleWidget>
#include <QPushButton>
#include <QTextBlock>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kNameChars = 80;

/// The conversation. The viewport between it and its rows says nothing and is left out.
class AccessibleTranscript final : public QAccessibleWidget {
public:
    explicit AccessibleTranscript(TranscriptView *view)
        : QAccessibleWidget(view, QAccessible::List)
    {
    }

    int childCount() const override { return int(children().size()); }
    QAccessibleInterface *child(int index) const override
    {
        return QAccessible::queryAccessibleInterface(children().value(index));
    }
    int indexOfChild(const QAccessibleInterface *child) const override
    {
        return int(children().indexOf(child->object()));
    }
    QAccessibleInterface *childAt(int x, int y) const override
    {
        for (QWidget *one : children()) {
            if (QRect(one->mapToGlobal(QPoint()), one->size()).contains(x, y))
                return QAccessible::queryAccessibleInterface(one);
        }
        return nullptr;
    }

private:
    QWidgetList children() const
    {
        // Qt still asks about one that is being taken down.
        const auto *view = qobject_cast<const TranscriptView *>(object());
        if (!view)
            return {};
        QWidgetList all = view->shownRows();
        for (QPushButton *button : view->findChildren<QPushButton *>(Qt::FindDirectChildrenOnly)) {
            if (!button->isHidden())
                all += button;
        }
        return all;
    }
};

/// A row, an item of the conversation.
class AccessibleRow final : public QAccessibleWidget, public AccessibleText {
public:
    explicit AccessibleRow(RowWidget *row)
        : QAccessibleWidget(row, QAccessible::ListItem)
    {
    }

    QAccessibleInterface *parent() const override
    {
        const QWidget *viewport =
            widget() ? widget()->parentWidget() : nullptr; // none while it is taken down
        return viewport ? QAccessible::queryAccessibleInterface(viewport->parentWidget()) : nullptr;
    }
    QString text(QAccessible::Text kind) const override
    {
        return kind == QAccessible::Name && row() ? row()->spokenName() : QAccessibleWidget::text(kind);
    }
    QAccessible::State state() const override
    {
        QAccessible::State now = QAccessibleWidget::state();
        now.readOnly = true;
        now.multiLine = true;
        now.selectableText = true;
        return now;
    }
    void *interface_cast(QAccessible::InterfaceType type) override
    {
        if (type == QAccessible::TextInterface)
            return static_cast<QAccessibleTextInterface *>(this);
        return QAccessibleWidget::interface_cast(type);
    }
    using AccessibleText::text;

protected:
    QVector<Part> makeParts() const override
    {
        QVector<Part> all;
        if (!row())
            return all;
        if (const QString line = row()->spokenLine(); !line.isEmpty())
            all.append(Part{line});
        for (TextSurface *surface : row()->surfaces()) {
            if (surface->document())
                all.append(Part{{}, surface});
        }
        return all;
    }
    QWidget *place() const override { return widget(); }

private:
    RowWidget *row() const { return qobject_cast<RowWidget *>(widget()); }
};

/// Laid-out text within a row.
class AccessibleSurface final : public QAccessibleWidget, public AccessibleText {
public:
    explicit AccessibleSurface(TextSurface *surface)
        : QAccessibleWidget(surface, QAccessible::Paragraph)
    {
    }

    QString text(QAccessible::Text kind) const override
    {
        const QString named = QAccessibleWidget::text(kind);
        if (kind != QAccessible::Name || !named.isEmpty() || !surface() || !surface()->document())
            return named;
        return surface()->document()->document()->begin().text().left(kNameChars);
    }
    QAccessible::State state() const override
    {
        QAccessible::State now = QAccessibleWidget::state();
        now.readOnly = true;
        now.multiLine = true;
        now.selectableText = true;
        return now;
    }
    void *interface_cast(QAccessible::InterfaceType type) override
    {
        if (type == QAccessible::TextInterface)
            return static_cast<QAccessibleTextInterface *>(this);
        return QAccessibleWidget::interface_cast(type);
    }
    using AccessibleText::text;

protected:
    QVector<Part> makeParts() const override
    {
        return surface() && surface()->document() ? QVector<Part>{Part{{}, surface()}} : QVector<Part>();
    }
    QWidget *place() const override { return widget(); }

private:
    TextSurface *surface() const { return qobject_cast<TextSurface *>(widget()); }
};

class AccessibleDisclosure final : public QAccessibleWidget {
public:
    explicit AccessibleDisclosure(DisclosureLine *line)
        : QAccessibleWidget(line, QAccessible::Button)
    {
    }

    QAccessible::State state() const override
    {
        QAccessible::State now = QAccessibleWidget::state();
        now.expandable = line() && line()->isEnabled();
        now.expanded = now.expandable && line()->isOpen();
        now.collapsed = now.expandable && !line()->isOpen();
        return now;
    }
    QStringList actionNames() const override
    {
        QStringList names = QAccessibleWidget::actionNames();
        if (line() && line()->isEnabled())
            names.prepend(pressAction());
        return names;
    }
    void doAction(const QString &name) override
    {
        if (name == pressAction() && line())
            line()->click();
        else
            QAccessibleWidget::doAction(name);
    }

private:
    DisclosureLine *line() const { return qobject_cast<DisclosureLine *>(widget()); }
};

// Asked with the name of the object's class, then with those of the classes that it derives from.
QAccessibleInterface *makePart(const QString &className, QObject *object)
{
    if (className == u"Meanwhile::Ui::TranscriptView"_s)
        return new AccessibleTranscript(static_cast<TranscriptView *>(object));
    if (className == u"Meanwhile::Ui::RowWidget"_s)
        return new AccessibleRow(static_cast<RowWidget *>(object));
    if (className == u"Meanwhile::Ui::TextSurface"_s)
        return new AccessibleSurface(static_cast<TextSurface *>(object));
    if (className == u"Meanwhile::Ui::DisclosureLine"_s)
        return new AccessibleDisclosure(static_cast<DisclosureLine *>(object));
    return nullptr;
}

} // namespace

void AccessibleParts::install()
{
    QAccessible::installFactory(makePart);
}

} // namespace Meanwhile::Ui
