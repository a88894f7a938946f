// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace Meanwhile::Tasks {
struct Task;
}

namespace Meanwhile::Tools {

// The words of ToolOutcome::summary and Intent::why, in the language of the person. What the model reads is
// English and stays so.

/// Beside the question whether a file may be written.
QString nothingChangesForPerson();
QString tooLargeToShowForPerson(qint64 bytes);
QString wholeFileReplacedForPerson(bool isNoText);
QString noLinesToShowForPerson();
QString linesForPerson(qsizetype count);
/// A text for people, in their language.
QString tr(const char *text);

/// A file was written that holds the same already.
QString noChangeForPerson();
QString entriesForPerson(qsizetype count);
QString placesForPerson(qsizetype count);
QString runningForPerson(qsizetype running, qsizetype all);
QString endedForPerson(qsizetype ended, qsizetype all);
QString stateForPerson(const Tasks::Task &task);
QString backgroundForPerson();

// Why the person is asked.

QString ledThereForPerson(const QString &path);
QString privatePlaceForPerson();
QString secretForPerson();

} // namespace Meanwhile::Tools
