// SPDX-License-Identifier: MIT
#include "bench/figures.h"
#include "project/linuxprojectfiles.h"
#include "tools/filesearch.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

namespace Meanwhile::Bench {

using namespace Qt::StringLiterals;

namespace {

constexpr int kFiles = 25'000;
constexpr int kFilesOfAFolder = 50;
constexpr int kRounds = 9;
constexpr double kSlackMs = 10;
const auto kPattern = u"find_the_n\\w+dle"_s;

bool write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    return file.open(QFile::WriteOnly) && file.write(bytes) == bytes.size();
}

// A tree like a project's: folders of source files, one in a thousand with a line to find, and rules.
bool makeTree(const QString &root)
{
    const QByteArray line = "    const auto value = compute(argument, other) + offset; // as before\n";
    bool isMade = write(root + u"/.gitignore"_s, "*.o\nbuild/\n/out\n");
    for (int i = 0; i < kFiles && isMade; ++i) {
        const QString folder = u"%1/part%2/unit%3"_s.arg(root).arg(i / 2'500).arg(i / kFilesOfAFolder);
        if (i % kFilesOfAFolder == 0)
            QDir().mkpath(folder);
        const QByteArray end = i % 1'000 == 7 ? "find_the_needle\n" : "";
        isMade = write(u"%1/file%2.cpp"_s.arg(folder).arg(i), line.repeated(20 + i * 7 % 60) + end);
    }
    return isMade && write(root + u"/one.txt"_s, line.repeated(20'000) + "find_the_needle\n");
}

double byProgram(const QString &program, const QStringList &arguments, const QString &folder)
{
    QElapsedTimer elapsed;
    elapsed.start();
    QProcess process;
    process.setWorkingDirectory(folder);
    process.setStandardInputFile(QProcess::nullDevice());
    process.start(program, arguments);
    process.waitForFinished();
    return double(elapsed.nsecsElapsed()) / 1e6;
}

std::optional<double> byTool(const Tools::FileToolParts &parts, const QString &start, qsizetype lines)
{
    QElapsedTimer elapsed;
    elapsed.start();
    const Tools::ToolOutcome outcome =
        Tools::FileSearch(parts, {kPattern, start, {}, {}, {}}, std::make_shared<std::atomic_bool>(false))
            .run();
    const double ms = double(elapsed.nsecsElapsed()) / 1e6;
    return !outcome.isError && outcome.text.count(u":find_the_needle"_s) >= lines ? std::optional(ms)
                                                                                  : std::nullopt;
}

Figure measure(const QString &what, const Tools::FileToolParts &parts, const QString &start, qsizetype lines)
{
    const QString folder = parts.files->folder();
    const QString place = start.isEmpty() ? u"."_s : start;
    QVector<double> ours;
    QVector<double> theirs;
    QVector<double> grep;
    for (int i = 0; i < kRounds; ++i) {
        const std::optional<double> ms = byTool(parts, start, lines);
        if (!ms)
            return {what, u"ms"_s, {}, {}, {}, {}, u"not all lines were found"_s};
        ours += *ms;
        theirs += byProgram(u"rg"_s, {u"--no-config"_s, u"-n"_s, kPattern, place}, folder);
        grep += byProgram(u"grep"_s, {u"-rnI"_s, u"find_the_n[a-z]*dle"_s, place}, folder);
    }
    Figure figure{what + u" (grep -r: %1 ms)"_s.arg(median(grep), 0, 'f', 0), u"ms"_s, median(ours),
        median(theirs), {}, {}, {}};
    figure.maxValue = *figure.floor + kSlackMs;
    return figure;
}

} // namespace

QVector<Figure> measureSearch(const Places &places)
{
    const QTemporaryDir root;
    if (!makeTree(root.path()))
        return {{u"search"_s, u"ms"_s, {}, {}, {}, {}, u"the tree could not be made"_s}};
    Tools::FileToolParts parts;
    parts.files = std::make_shared<Project::LinuxProjectFiles>(root.path());
    parts.git = std::make_shared<Project::GitModule>(places.programs + u"/../lib/meanwhile/libmw_git.so"_s);
    return {measure(u"search 25,000 files"_s, parts, {}, kFiles / 1'000),
        measure(u"search one file"_s, parts, u"one.txt"_s, 1)};
}

} // namespace Meanwhile::Bench
