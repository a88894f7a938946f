// SPDX-License-Identifier: MIT
#include "tasks/jobfile.h"

#include <QFile>
#include <QFileInfo>

namespace Meanwhile::Tasks {

namespace {

/// The system takes no longer word than 128 KiB.
constexpr qint64 kLongestJobBytes = 1024 * 1024;

} // namespace

std::optional<TaskSpec> readJobFile(const QString &path)
{
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly))
        return std::nullopt;
    QByteArray bytes = file.read(kLongestJobBytes);
    if (!bytes.endsWith('\0'))
        return std::nullopt;
    bytes.chop(1);
    const QList<QByteArray> words = bytes.split('\0');
    TaskSpec spec;
    qsizetype i = 0;
    for (; i + 1 < words.size() && words.at(i) != "--"; i += 2) {
        if (words.at(i) == "--cwd")
            spec.workingDirectory = QFile::decodeName(words.at(i + 1));
        else if (words.at(i) == "--timeout-ms")
            spec.timeLimit = std::chrono::milliseconds(words.at(i + 1).toLongLong());
    }
    if (i + 2 != words.size() || words.at(i) != "--" || spec.workingDirectory.isEmpty())
        return std::nullopt;
    spec.command = QFile::decodeName(words.at(i + 1));
    return spec;
}

} // namespace Meanwhile::Tasks
