// SPDX-License-Identifier: MIT
#include "app/window/gitbranch.h"

#include <QFile>
#include <QFileInfo>

namespace Meanwhile::App {

using namespace Qt::StringLiterals;

QString gitBranch(const QString &folder)
{
    // "ref: refs/heads/NAME", or a commit when no branch is checked out; gitrepository-layout(5).
    QFile head(folder + u"/.git/HEAD"_s);
    if (!QFileInfo(head).isFile()) // a pipe would be waited for
        return {};
    if (!head.open(QIODevice::ReadOnly))
        return {};
    const QString text = QString::fromUtf8(head.read(512)).trimmed();
    const QString prefix = u"ref: refs/heads/"_s;
    return text.startsWith(prefix) ? text.sliced(prefix.size()) : text.left(8);
}

} // namespace Meanwhile::App
