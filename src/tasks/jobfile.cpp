// SPDX-License-Identifier: MIT
#include "tasks/jobfile.h"

#include "runner/jobformat.h"
#include "tasks/plainfile.h"
#include "tasks/processidentity.h"
#include "tasks/sealsecret.h"

#include <QVarLengthArray>

#include <utility>

namespace Meanwhile::Tasks {

using Runner::JobField;

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

QByteArray bytesOf(const Runner::JobWords &words)
{
    QByteArray bytes;
    Runner::writeJob(words, [&bytes](const char *word) { bytes.append(word).append('\0'); });
    return bytes;
}

} // namespace

QByteArray jobWords(const RunnerJob &job, const QByteArray &token)
{
    const LaunchPlan &plan = job.plan;
    const QByteArray key = job.key.isSet ? SealSecret::digitsOf(job.key) : QByteArray();
    const QByteArray folder = QFile::encodeName(job.folder);
    const QByteArray workingDirectory = QFile::encodeName(plan.workingDirectory);
    const QByteArray cap = QByteArray::number(plan.logCapBytes);
    const QByteArray limit = QByteArray::number(qint64(plan.timeLimit.count()));
    const QByteArray count = QByteArray::number(plan.argv.size());
    QByteArrayList argv;
    for (const QString &word : plan.argv)
        argv.append(QFile::encodeName(word));
    QVarLengthArray<const char *, 16> call;
    for (const QByteArray &word : std::as_const(argv))
        call.append(word.constData());
    Runner::JobWords words;
    words[JobField::Token] = token.constData();
    words[JobField::Key] = job.key.isSet ? key.constData() : nullptr;
    words[JobField::Folder] = folder.constData();
    words[JobField::WorkingDirectory] = workingDirectory.constData();
    words[JobField::LogCap] = cap.constData();
    words[JobField::TimeLimit] = limit.constData();
    words[JobField::Words] = count.constData();
    if (!plan.confinement.box.isEmpty())
        words[JobField::Box] = plan.confinement.box.constData();
    words.call = call.constData();
    words.callSize = int(call.size());
    return bytesOf(words);
}

QByteArray preparationWords(const Confinement &confinement)
{
    if (confinement.box.isEmpty())
        return {};
    Runner::JobWords words;
    words[JobField::Box] = confinement.box.constData();
    words[JobField::Words] = "0";
    return bytesOf(words);
}

std::optional<JobFile> readJobFile(const QString &path, const Runner::SealKey &key)
{
    const Result<std::unique_ptr<QFile>> file = openPlainFile(path);
    if (!file)
        return std::nullopt;
    const QByteArray bytes = (*file)->read(kLongestJobBytes);
    if (!Runner::isSealedJob(key, bytes.constData(), size_t(bytes.size())))
        return std::nullopt;
    QVarLengthArray<const char *, 32> words;
    const QByteArrayView rest = QByteArrayView(bytes).sliced(sizeof(Runner::JobSeal));
    const auto append = [&words](const char *word) { words.append(word); };
    Runner::JobWords job;
    if (!Runner::splitJob(rest.data(), size_t(rest.size()), append) ||
        Runner::parseJob(words.constData(), int(words.size()), job) != Runner::JobParse::Whole ||
        job.callSize == 0)
        return std::nullopt;
    JobFile read;
    read.spec.command = QFile::decodeName(job.call[job.callSize - 1]);
    read.spec.workingDirectory = QFile::decodeName(job[JobField::WorkingDirectory]);
    read.spec.timeLimit = std::chrono::milliseconds(QByteArray(job[JobField::TimeLimit]).toLongLong());
    read.supervisor = supervisorFrom(job[JobField::Supervisor]);
    if (read.spec.workingDirectory.isEmpty())
        return std::nullopt;
    return read;
}

} // namespace Meanwhile::Tasks
