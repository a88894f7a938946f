// SPDX-License-Identifier: MIT
#include "ui/drop/droppeditems.h"

#include "base/foldertext.h"
#include "base/pathtext.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace Meanwhile::Ui {

// The bytes of its name; toLocalFile() holds none that are not UTF-8.
static QByteArray bytesOf(const QUrl &url)
{
    return QByteArray::fromPercentEncoding(url.path(QUrl::FullyEncoded).toLatin1());
}

DroppedItems inspectDrop(const QList<QUrl> &urls)
{
    DroppedItems items;
    for (const QUrl &url : urls) {
        if (!url.isLocalFile()) {
            items.problem = QCoreApplication::translate("DroppedItems",
                "“%1” is not a file on this computer. Save it here first, then drop the saved file.")
                                .arg(url.toDisplayString());
            break;
        }
        const QByteArray bytes = bytesOf(url);
        const QFileInfo info(bytes.isValidUtf8() ? url.toLocalFile() : folderText(bytes));
        const bool isNamedForTools = !bytes.isValidUtf8() && (urls.size() > 1 || !info.isDir());
        if (isNamedForTools) {
            items.paths += pathToText(bytes);
            continue;
        }
        if (!info.exists()) {
            items.problem = QCoreApplication::translate(
                "DroppedItems", "“%1” is not there any more. Drop it again from where it is now.")
                                .arg(info.filePath());
            break;
        }
        if (info.isDir() && urls.size() == 1) {
            if (info.isReadable() && info.isExecutable())
                items.folder = info.absoluteFilePath();
            else
                items.problem = QCoreApplication::translate("DroppedItems",
                    "You do not have permission to read the folder “%1”. Change its "
                    "permissions, or drop another one.")
                                    .arg(info.fileName());
            break;
        }
        items.paths += info.absoluteFilePath();
    }
    if (!items.problem.isEmpty())
        items.paths.clear();
    return items;
}

} // namespace Meanwhile::Ui
