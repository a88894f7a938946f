// SPDX-License-Identifier: MIT
#include "project/ripgrep.h"

#include "base/pathtext.h"
#include "project/programinpath.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>
#include <vector>

namespace Meanwhile::Project {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kFirstBatchFiles = 4'000; // so that the first begins while the walk continues
constexpr qsizetype kMaxBatchBytes = 700'000; // of names; the kernel's limit may be lower
constexpr qsizetype kRoomBytes = 16'000; // for the fixed arguments but the pattern, and what the kernel adds
constexpr size_t kMaxRuns = 4;
constexpr int kTickMs = 20;
constexpr qsizetype kMaxErrorBytes = 20'000'000;
constexpr qint64 kBinaryWithin = 8'000; // as git does
constexpr qsizetype kMaxUnread = 200'000;
constexpr qsizetype kReadBytes = 64 * 1024;

QByteArrayList fixedArguments(const SearchPattern &pattern, qsizetype linesOfAFile)
{
    QByteArrayList arguments{"--no-config", "--json", "--no-ignore", "--hidden", "--no-mmap", "--binary",
        "--case-sensitive", "--regex-size-limit=100M", "--dfa-size-limit=100M",
        "--max-count=" + QByteArray::number(linesOfAFile)};
    if (!pattern.hasCarriageReturn)
        arguments += "--crlf"; // $ is before CR LF, too
    if (pattern.needsBacktracking)
        arguments += "--pcre2";
    arguments += "--regexp=" + pattern.text;
    arguments += "--";
    return arguments;
}

// Of rg's way to say a text that may not be UTF-8.
QByteArray bytesOf(const QJsonValue &value)
{
    const QJsonObject object = value.toObject();
    return object.contains("text"_L1)
               ? object.value("text"_L1).toString().toUtf8()
               : QByteArray::fromBase64(object.value("bytes"_L1).toString().toLatin1());
}

// What the kernel takes as arguments; the environment and the pattern count, too.
qsizetype batchBytes(const SearchPattern &pattern)
{
    const long limit = sysconf(_SC_ARG_MAX);
    if (limit <= 0)
        return kMaxBatchBytes;
    qsizetype used = pattern.text.size() + kRoomBytes;
    for (char **variable = environ; variable && *variable; ++variable)
        used += qsizetype(qstrlen(*variable) + 1 + sizeof(char *));
    return qBound<qsizetype>(0, limit - used, kMaxBatchBytes);
}

QByteArray withoutDotSlash(QByteArray path)
{
    return path.startsWith("./") ? path.sliced(2) : path;
}

// rg explains in several lines, with a drawing; its last line says it.
QString reasonIn(const QByteArray &errors)
{
    QByteArray reason = errors.trimmed();
    if (const qsizetype at = reason.lastIndexOf("\nerror: "); at >= 0)
        reason = reason.sliced(at + 8);
    else if (reason.startsWith("error: "))
        reason = reason.sliced(7);
    return QString::fromUtf8(reason.split('\n').first().left(300)).trimmed();
}

// An archive for any system brings one along, beside the program.
QString programFor(const QString &project)
{
    const QFileInfo own(QCoreApplication::applicationDirPath() + u"/rg"_s);
    return own.isExecutable() ? own.filePath() : programInPath(u"rg"_s, project);
}

} // namespace

Ripgrep::Ripgrep(SearchPattern pattern, const Descriptor &folder, Limits limits, CancelFlag cancelled,
    QDeadlineTimer deadline, const QString &project)
    : m_pattern(std::move(pattern))
    , m_folder(folder)
    , m_limits(limits)
    , m_cancelled(std::move(cancelled))
    , m_deadline(deadline)
    , m_maxBatchBytes(batchBytes(m_pattern))
    , m_program(QFile::encodeName(programFor(project)))
    , m_nextBatchFiles(kFirstBatchFiles)
{
    if (m_program.isEmpty())
        m_problem = u"Searching needs ripgrep, which is not installed. Ask the person to install the package "
                    u"ripgrep (sudo apt install ripgrep); until then, use grep with bash."_s;
}

bool Ripgrep::mayGoOn() const
{
    return m_problem.isEmpty() && !m_isFull && !m_cancelled->load() && !m_deadline.hasExpired();
}

void Ripgrep::add(const QByteArray &place, qsizetype files)
{
    const qsizetype bytes = place.size() + 3 + qsizetype(sizeof(char *));
    if (m_batchBytes + bytes > m_maxBatchBytes)
        startBatch();
    m_batch += "./" + place;
    m_batchBytes += bytes;
    m_batchFiles += files;
    if (m_batchFiles < m_nextBatchFiles)
        return;
    startBatch();
    m_nextBatchFiles *= 8; // few batches, since each costs a start
}

void Ripgrep::startBatch()
{
    while (m_runs.size() >= kMaxRuns && mayGoOn())
        pump();
    if (!m_batch.isEmpty())
        start(m_batch, nullptr, {});
    m_batch.clear();
    m_batchBytes = 0;
    m_batchFiles = 0;
}

void Ripgrep::addOpen(const Descriptor &input, const QByteArray &name)
{
    start({"-"}, &input, name);
}

void Ripgrep::start(const QByteArrayList &files, const Descriptor *input, const QByteArray &name)
{
    if (!mayGoOn())
        return;
    Result<ChildProgram> program = ChildProgram::start(
        m_program, fixedArguments(m_pattern, m_limits.linesOfAFile) + files, m_folder, input);
    if (!program)
        m_problem = u"The search could not be started: %1"_s.arg(program.error().message);
    else
        m_runs.push_back({std::move(*program), name, {}, {}, {}});
}

Ripgrep::End Ripgrep::finish()
{
    startBatch();
    while (!m_runs.empty() && mayGoOn())
        pump();
    m_runs.clear();
    if (m_cancelled->load())
        return End::Cancelled;
    return m_isFull ? End::TooMuchFound : m_deadline.hasExpired() ? End::TimeOver : End::Complete;
}

// Waits for a moment at most.
void Ripgrep::pump()
{
    std::vector<pollfd> waiting;
    for (Run &run : m_runs) {
        for (const Descriptor *from : {&run.program.output(), &run.program.errors()})
            waiting.push_back({from->get(), POLLIN, 0}); // a closed one has -1 and is passed over
    }
    if (poll(waiting.data(), nfds_t(waiting.size()), kTickMs) <= 0)
        return;
    for (auto run = m_runs.begin(); run != m_runs.end();) {
        const bool hasOutput = readSome(run->program.output(), run->output);
        const bool hasErrors = readSome(run->program.errors(), run->errors);
        run->errors.truncate(kMaxErrorBytes);
        takeOutput(*run);
        if (hasOutput || hasErrors) {
            ++run;
            continue;
        }
        takeErrors(*run, run->program.exitCode());
        run = m_runs.erase(run);
    }
}

// False once the other end is closed.
bool Ripgrep::readSome(Descriptor &from, QByteArray &into)
{
    if (!from.isValid())
        return false;
    const qsizetype before = into.size();
    into.resize(before + kReadBytes);
    const ssize_t got = ::read(from.get(), into.data() + before, size_t(kReadBytes));
    const int code = errno;
    into.truncate(before + qMax<ssize_t>(got, 0));
    if (got > 0 || (got < 0 && (code == EAGAIN || code == EINTR)))
        return true;
    from.reset();
    return false;
}

void Ripgrep::takeOutput(Run &run)
{
    qsizetype begin = 0;
    for (qsizetype end = run.output.indexOf('\n'); end >= 0; end = run.output.indexOf('\n', begin)) {
        takeLine(run, run.output.sliced(begin, end - begin));
        begin = end + 1;
    }
    m_outputBytes += begin;
    run.output.remove(0, begin);
    m_isFull = m_isFull || m_lines.size() + run.lines.size() >= m_limits.lines ||
               m_outputBytes + run.output.size() >= m_limits.bytes;
    if (m_isFull)
        m_lines += std::exchange(run.lines, {});
}

void Ripgrep::takeLine(Run &run, const QByteArray &line)
{
    const bool isEnd = line.startsWith("{\"type\":\"end\"");
    if (!isEnd && !line.startsWith("{\"type\":\"match\""))
        return;
    const QJsonObject data = QJsonDocument::fromJson(line).object().value("data"_L1).toObject();
    const QByteArray path = run.name.isEmpty() ? withoutDotSlash(bytesOf(data.value("path"_L1))) : run.name;
    if (isEnd) {
        const QJsonValue binary = data.value("binary_offset"_L1);
        if (binary.isDouble() && binary.toInteger() < kBinaryWithin)
            m_binary += path;
        else if (binary.isDouble())
            countLineFeeds(run.lines);
        if (!binary.isDouble() || binary.toInteger() >= kBinaryWithin)
            m_lines += run.lines;
        run.lines.clear();
        return;
    }
    FoundLine found{path, data.value("line_number"_L1).toInteger(), bytesOf(data.value("lines"_L1)), 0,
        data.value("absolute_offset"_L1).toInteger()};
    found.column = data.value("submatches"_L1).toArray().at(0).toObject().value("start"_L1).toInteger();
    while (found.text.endsWith('\n') || found.text.endsWith('\r'))
        found.text.chop(1);
    run.lines += found;
}

// In a file with NUL bytes rg takes these for line ends, too.
void Ripgrep::countLineFeeds(QVector<FoundLine> &lines) const
{
    const Descriptor file(openat(m_folder.get(), lines.value(0).path.constData(),
        O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    QByteArray piece(kReadBytes, Qt::Uninitialized);
    qint64 at = 0;
    qint64 number = 1;
    for (FoundLine &line : lines) {
        while (at < line.offset) {
            const ssize_t got = ::pread(
                file.get(), piece.data(), size_t(qMin<qint64>(piece.size(), line.offset - at)), off_t(at));
            if (got <= 0)
                return;
            number += QByteArrayView(piece).first(got).count('\n');
            at += got;
        }
        line.number = number;
    }
}

void Ripgrep::takeErrors(Run &run, int exitCode)
{
    QByteArray errors = run.errors;
    if (errors.startsWith("rg: "))
        errors.remove(0, 4);
    const bool isOfFiles = errors.startsWith("./") || errors.startsWith("<stdin>") || errors.startsWith("-:");
    if (exitCode == 0 || exitCode == 1 || isOfFiles) {
        // A name may hold line breaks; each message begins with the program's name.
        QByteArray messages = '\n' + run.errors;
        messages.replace("\nrg: ", QByteArray(1, '\0'));
        for (QByteArray line : messages.split('\0')) {
            line = line.trimmed();
            if (line.startsWith("<stdin>") && !run.name.isEmpty())
                line.replace(0, 7, run.name);
            // What is gone since it was listed is as if it had never been there.
            if (!line.isEmpty() && !line.endsWith("(os error 2)") && m_unread.size() < kMaxUnread)
                m_unread += pathToText(withoutDotSlash(line));
        }
        return;
    }
    if (!m_problem.isEmpty())
        return;
    const QString reason = reasonIn(errors);
    if (exitCode < 0)
        m_problem = u"The search was ended from outside before it was finished. Try again."_s;
    else if (m_pattern.needsBacktracking && errors.contains("PCRE2 is not available"))
        m_problem = u"regex has look-around, a reference to a group or the like, which the search cannot do "
                    u"here. Search for something simpler and read the lines found."_s;
    else
        m_problem = u"regex is not valid: %1"_s.arg(reason.isEmpty() ? u"unknown reason"_s : reason);
}

} // namespace Meanwhile::Project
