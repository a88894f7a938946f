// SPDX-License-Identifier: MIT
#include "tasks/runnerprotocol.h"

#include "tasks/plainfile.h"

namespace Meanwhile::Tasks {

namespace {

constexpr qint64 kLongestStatusBytes = 16 * 1024;

std::optional<TaskState> stateNamed(const QByteArray &name)
{
    for (const TaskState state :
        {TaskState::Exited, TaskState::Signaled, TaskState::TimedOut, TaskState::Stopped}) {
        if (nameOf(state).toLatin1() == name)
            return state;
    }
    return std::nullopt;
}

std::optional<RunnerEvent> parseEnded(const QList<QByteArray> &words)
{
    const std::optional<TaskState> state = stateNamed(words.value(1));
    bool isNumber = false;
    const int number = words.value(2).toInt(&isNumber);
    if (!state || !isNumber)
        return std::nullopt;
    CommandEnded ended{*state, number};
    for (const QByteArray &word : words.sliced(qMin<qsizetype>(3, words.size()))) {
        const qsizetype equals = word.indexOf('=');
        const QByteArray key = word.left(equals);
        const qint64 value = word.mid(equals + 1).toLongLong();
        if (key == "bytes")
            ended.bytes = value;
        else if (key == "lines")
            ended.lines = value;
        else if (key == "elapsed_ms")
            ended.elapsedMs = value;
        else if (key == "survivors")
            ended.survivors = int(value);
        else if (key == "log_errno")
            ended.logErrno = int(value);
        else if (key == "lost_bytes")
            ended.lostBytes = value;
        else if (key == "ended_at_ms")
            ended.endedAtMs = value;
    }
    return ended;
}

/// Without its seal; nothing where that does not fit.
std::optional<QByteArrayView> unsealed(QByteArrayView line, quint64 number, const Runner::SealKey &key)
{
    constexpr QByteArrayView kMark(" seal=");
    const qsizetype size = line.size() - kMark.size() - qsizetype(Runner::kSealDigits);
    std::uint64_t seal = 0;
    if (!key.isSet || size < 0 || line.sliced(size, kMark.size()) != kMark ||
        !Runner::readDigits(line.data() + size + kMark.size(), Runner::kSealDigits, seal) ||
        Runner::sealOfStatusLine(key, number, line.data(), size_t(size)) != seal)
        return std::nullopt;
    return line.first(size);
}

StatusFile readStatus(const QString &path, const Runner::SealKey *key)
{
    const Result<std::unique_ptr<QFile>> file = openPlainFile(path);
    if (!file)
        return {};
    StatusFile status;
    status.writtenAt = (*file)->fileTime(QFileDevice::FileModificationTime).toUTC();
    const QByteArray text = (*file)->read(kLongestStatusBytes);
    const QList<QByteArray> lines = text.first(text.lastIndexOf('\n') + 1).split('\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const std::optional<QByteArrayView> line =
            key ? unsealed(lines.at(i), quint64(i), *key) : QByteArrayView(lines.at(i));
        if (!line)
            break;
        const std::optional<RunnerEvent> event = parseRunnerLine(*line);
        if (status.events.isEmpty() && (!event || !isEnd(*event)))
            return {};
        if (event)
            status.events.append(*event);
    }
    return status;
}

} // namespace

bool isEnd(const RunnerEvent &event)
{
    return std::holds_alternative<CommandEnded>(event) || std::holds_alternative<LaunchFailed>(event);
}

std::optional<RunnerEvent> parseRunnerLine(QByteArrayView line)
{
    const QByteArray text = line.trimmed().toByteArray();
    const QList<QByteArray> words = text.split(' ');
    const QByteArray &kind = words.first();
    const QByteArray first = words.value(1);
    const QByteArray second = words.value(2);
    if (kind == "started")
        return RunnerStarted{first.toLongLong(), second.toULongLong()};
    if (kind == "shell")
        return ShellEnded{second.toInt() + (first == "signaled" ? 128 : 0)};
    if (kind == "survivor")
        return SurvivorNamed{QString::fromUtf8(text.mid(kind.size() + 1))};
    if (kind == "swept")
        return TreeSwept{first.toInt()};
    if (kind == "survivors")
        return SurvivorsLeft{first.toInt()};
    if (kind == "failed")
        return LaunchFailed{QString::fromLatin1(first), second.toInt()};
    if (kind == "ended")
        return parseEnded(words);
    if (kind == "ready")
        return RunnerReady{};
    return std::nullopt;
}

StatusFile readStatusFile(const QString &path, const Runner::SealKey &key)
{
    return readStatus(path, &key);
}

StatusFile readAnyStatusFile(const QString &path)
{
    return readStatus(path, nullptr);
}

} // namespace Meanwhile::Tasks
