// SPDX-License-Identifier: MIT
#include "tools/personwording.h"

#include "base/textlimits.h"
#include "tasks/statetraits.h"

#include <QCoreApplication>

namespace Meanwhile::Tools {

using Tasks::TaskState;

QString tr(const char *text)
{
    return QCoreApplication::translate("Meanwhile::Tools", text);
}

QString noChangeForPerson()
{
    return tr("no change");
}

QString nothingChangesForPerson()
{
    return tr("Nothing in the file changes.");
}

QString tooLargeToShowForPerson(qint64 bytes)
{
    return tr("Too large to be shown (%1).").arg(formatBytes(bytes));
}

QString wholeFileReplacedForPerson(bool isNoText)
{
    return isNoText ? tr("It replaces a file that is not text.")
                    : tr("It replaces all of a file that is too large to be compared.");
}

QString noLinesToShowForPerson()
{
    return tr("What changes cannot be shown as lines.");
}

QString linesForPerson(qsizetype count)
{
    return count == 1 ? tr("1 line") : tr("%1 lines").arg(count);
}

QString entriesForPerson(qsizetype count)
{
    return count == 1 ? tr("1 entry") : tr("%1 entries").arg(count);
}

QString placesForPerson(qsizetype count)
{
    return count == 1 ? tr("1 place") : tr("%1 places").arg(count);
}

QString runningForPerson(qsizetype running, qsizetype all)
{
    return tr("%1 of %2 running").arg(running).arg(all);
}

QString endedForPerson(qsizetype ended, qsizetype all)
{
    return tr("%1 of %2 ended").arg(ended).arg(all);
}

QString stateForPerson(const Tasks::Task &task)
{
    if (task.isSuccess())
        return tr("exit %1").arg(task.exitCode);
    if (task.state == TaskState::Stopped && task.stoppedBy == Tasks::StoppedBy::Unknown)
        return tr("ended from outside");
    return Tasks::wordOf(task);
}

QString backgroundForPerson()
{
    return tr("continues in background");
}

QString ledThereForPerson(const QString &path)
{
    return tr("%1 leads there.").arg(path);
}

QString privatePlaceForPerson()
{
    return tr("Keys, passwords, histories or Meanwhile's own files are kept there.");
}

QString secretForPerson()
{
    return tr("Keys or passwords may be in this file; what is in it is sent to the model.");
}

} // namespace Meanwhile::Tools
