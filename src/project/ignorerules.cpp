// SPDX-License-Identifier: MIT
#include "project/ignorerules.h"

#include "base/pathtext.h"
#include "project/resolvedpath.h"

#include <QFile>

namespace Meanwhile::Project {

using namespace Qt::StringLiterals;

namespace {

std::string_view view(const QByteArray &bytes)
{
    return {bytes.constData(), size_t(bytes.size())};
}

// `path` without the folder it is in or below.
std::string_view below(const QByteArray &folder, const QByteArray &path)
{
    return view(path).substr(size_t(folder.size()) + 1);
}

bool isAtOrBelow(const QByteArray &path, const QByteArray &folder)
{
    return path.startsWith(folder) && (path.size() == folder.size() || path.at(folder.size()) == '/');
}

} // namespace

struct IgnoreRules::Repository {
    QByteArray top; ///< what the index and the two files count from
    QByteArray indexFile;
    IgnoreFile exclude;  ///< .git/info/exclude
    IgnoreFile personal; ///< core.excludesFile
    QByteArray personalTop;
    bool ignoresCase = false;
    mutable std::unique_ptr<TrackedFiles> tracked;
    mutable bool isIndexRead = false;
};

struct IgnoreRules::Level {
    QByteArray folder;
    std::shared_ptr<Repository> repository;
    IgnoreFile rules;
    bool isExcluded = false; ///< a rule ignores the folder; what is tracked in it is still wanted
    bool isTop = false;      ///< rules of the folders above do not count
};

IgnoreRules::IgnoreRules(const QString &project, const GitPlugin *git)
    : m_project(pathFromText(resolvedPath(project).value_or(project)).value_or(QByteArray()))
    , m_git(git)
{
    if (m_project == "/")
        m_project.clear();
    openAround(RepositoryPlace::around(m_project));
    m_fixedLevels = m_levels.size();
}

IgnoreRules::~IgnoreRules() = default;

void IgnoreRules::openAround(const std::optional<RepositoryPlace> &place)
{
    std::shared_ptr<Repository> repository = repositoryAt(place, true);
    if (!place || place->top == m_project)
        return push(m_project, repository, false, true);
    QByteArray folder = place->top;
    push(folder, repository, false, true);
    while (true) {
        const qsizetype slash = m_project.indexOf('/', folder.size() + 1);
        folder = slash < 0 ? m_project : m_project.first(slash);
        if (folder == m_project)
            break;
        push(folder, repository, m_levels.back().isExcluded || verdict(folder, true).value_or(false), false);
    }
    if (!isShutOut())
        return push(m_project, repository, false, false);
    m_levels.clear();
    push(m_project, repositoryAt(place, false), false, true);
}

// Somebody who opens a folder that the repository around it ignores means that folder.
bool IgnoreRules::isShutOut() const
{
    if (m_levels.back().isExcluded || verdict(m_project, true).value_or(false))
        return true;
    const QByteArray any = m_project + "/any name that no rule is about";
    return verdict(any, true).value_or(false) && verdict(any, false).value_or(false) &&
           !isTracked(m_project, true);
}

std::shared_ptr<IgnoreRules::Repository> IgnoreRules::repositoryAt(
    const std::optional<RepositoryPlace> &place, bool countsFromTop)
{
    const GitSettings settings = GitSettings::read(place);
    auto repository = std::make_shared<Repository>();
    repository->ignoresCase = settings.ignoresCase;
    repository->personal = readRules(settings.excludesFile, RuleFile::Links::Follow, settings.ignoresCase);
    repository->top = place ? place->top : m_project;
    repository->personalTop = countsFromTop ? repository->top : m_project;
    if (place)
        repository->indexFile = place->gitFolder + "/index";
    if (place && countsFromTop)
        repository->exclude =
            readRules(place->commonFolder + "/info/exclude", RuleFile::Links::Follow, settings.ignoresCase);
    return repository;
}

IgnoreFile IgnoreRules::readRules(const QByteArray &file, RuleFile::Links links, bool ignoresCase)
{
    const std::optional<RuleFile> read = file.isEmpty() ? std::nullopt : RuleFile::read(file, links);
    if (!read)
        return {};
    if (*read->problem())
        m_problems += u"%1 (%2)"_s.arg(
            pathToText(isAtOrBelow(file, m_project) ? file.sliced(m_project.size() + 1) : file),
            QLatin1StringView(read->problem()));
    return IgnoreFile(read->text(), ignoresCase);
}

void IgnoreRules::push(
    const QByteArray &folder, std::shared_ptr<Repository> repository, bool isExcluded, bool isTop)
{
    Level level{folder, std::move(repository), {}, isExcluded, isTop};
    if (!isExcluded)
        level.rules =
            readRules(folder + "/.gitignore", RuleFile::Links::Refuse, level.repository->ignoresCase);
    m_levels.push_back(std::move(level));
}

// Makes the last level the one of this folder.
void IgnoreRules::enter(const QByteArray &folder)
{
    while (m_levels.size() > m_fixedLevels && !isAtOrBelow(folder, m_levels.back().folder))
        m_levels.pop_back();
    while (m_levels.back().folder.size() < folder.size()) {
        const Level &above = m_levels.back();
        const qsizetype slash = folder.indexOf('/', above.folder.size() + 1);
        const QByteArray next = slash < 0 ? folder : folder.first(slash);
        if (const std::optional<RepositoryPlace> own = RepositoryPlace::at(next))
            push(next, repositoryAt(own, true), false, true);
        else
            push(next, above.repository, above.isExcluded || verdict(next, true).value_or(false), false);
    }
}

// By the rules alone; nearer folders have the last word.
std::optional<bool> IgnoreRules::verdict(const QByteArray &path, bool isFolder) const
{
    for (auto level = m_levels.rbegin(); level != m_levels.rend(); ++level) {
        if (const auto said = level->rules.verdict(below(level->folder, path), isFolder))
            return said;
        if (level->isTop)
            break;
    }
    const Repository &repository = *m_levels.back().repository;
    if (const auto said = repository.exclude.verdict(below(repository.top, path), isFolder))
        return said;
    return repository.personal.verdict(below(repository.personalTop, path), isFolder);
}

bool IgnoreRules::isTracked(const QByteArray &path, bool isFolder) const
{
    const Repository &repository = *m_levels.back().repository;
    if (!repository.isIndexRead && m_git && !repository.indexFile.isEmpty())
        repository.tracked = m_git->trackedFiles(repository.indexFile);
    repository.isIndexRead = true;
    if (!repository.tracked)
        return false;
    const QByteArray name = path.sliced(repository.top.size() + 1);
    return repository.tracked->holds(name) || (isFolder && repository.tracked->holdsBelow(name));
}

bool IgnoreRules::isIgnored(const QByteArray &path, bool isFolder)
{
    const QByteArray whole = m_project + '/' + path;
    enter(whole.first(whole.lastIndexOf('/')));
    const bool isLeftOut = m_levels.back().isExcluded || verdict(whole, isFolder).value_or(false);
    return isLeftOut && !isTracked(whole, isFolder);
}

} // namespace Meanwhile::Project
