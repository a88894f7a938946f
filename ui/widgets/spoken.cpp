// SPDX-License-Identifier: MIT
#include "ui/widgets/spoken.h"

#include <QAccessibleWidget>
#include <QVariant>
#include <QWidget>

namespace Meanwhile::Ui {

static constexpr char kRole[] = "spokenRole";

static QAccessibleInterface *withRole(const QString &, QObject *object)
{
    if (!object || !object->isWidgetType())
        return nullptr;
    const QVariant role = object->property(kRole);
    return role.isValid()
               ? new QAccessibleWidget(static_cast<QWidget *>(object), QAccessible::Role(role.toInt()))
               : nullptr;
}

void Spoken::setName(QWidget &widget, const QString &name)
{
    if (widget.accessibleName() != name)
        widget.setAccessibleName(name);
}

void Spoken::setDescription(QWidget &widget, const QString &description)
{
    if (widget.accessibleDescription() != description)
        widget.setAccessibleDescription(description);
}

void Spoken::setRole(QWidget &widget, QAccessible::Role role)
{
    QAccessible::installFactory(withRole); // a second time does nothing
    widget.setProperty(kRole, int(role));
}

} // namespace Meanwhile::Ui
