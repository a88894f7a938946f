// SPDX-License-Identifier: MIT
#include "tasks/jobfile.h"

#include "tasks/plainfile.h"
#include "tasks/processidentity.h"

namespace Meanwhile::Tasks {

namespace {

/// More than the longest command that is run.
constexpr qint64 kLongestJobBytes = 8 * 1024 * 1024;

/// "PID START BOOT"
ProcessIdentity supervisorFrom(const QByteArray &text)
{
    const QList<QByteArray> words = text.split(' ');
    if (words.size() != 3)
        return {};
    return {bootIdFrom(words.at(2)), words.at(0).toLongLong(), words.at(1).toULongLong()};
}

/// What stands behind the seal; empty where that does not fit.
QByteArray sealedPart(const QByteArray &bytes, const Runner::SealKey &key)
{
    const QByteArray begin("--seal\0", 7);
    const qsizetype size = begin.size() + qsizetype(Runner::kSealDigits) + 1;
    std::uint64_t seal = 0;
    if (bytes.size() < size || !bytes.startsWith(begin) || bytes.at(size - 1) != '\0' ||
        !Runner::readDigits(bytes.constData() + begin.size(), Runner::kSealDigits, seal))
        return {};
    const QByteArray rest = bytes.sliced(size);
    const bool fits = key.isSet && Runner::sealOfJob(key, rest.constData(), size_t(rest.size())) == seal;
    return fits ? rest : QByteArray();
}

} // namespace

std::optional<JobFile> readJobFile(const QString &path, const Runner::SealKey &key)
{
    const Result<std::unique_ptr<QFile>> file = openPlainFile(path);
    if (!file)
        return std::nullopt;
    QByteArray bytes = sealedPart((*file)->read(kLongestJobBytes), key);
    if (!bytes.endsWith('\0'))
        return std::nullopt;
    bytes.chop(1);
    const QList<QByteArray> words = bytes.split('\0');
    JobFile job;
    qsizetype i = 0;
    for (; i + 1 < words.size() && words.at(i) != "--"; i += 2) {
        if (words.at(i) == "--cwd")
            job.spec.workingDirectory = QFile::decodeName(words.at(i + 1));
        else if (words.at(i) == "--timeout-ms")
            job.spec.timeLimit = std::chrono::milliseconds(words.at(i + 1).toLongLong());
        else if (words.at(i) == "--supervisor")
            job.supervisor = supervisorFrom(words.at(i + 1));
    }
    if (i + 2 != words.size() || words.at(i) != "--" || job.spec.workingDirectory.isEmpty())
        return std::nullopt;
    job.spec.command = QFile::decodeName(words.at(i + 1));
    return job;
}

} // namespace Meanwhile::Tasks
