// SPDX-License-Identifier: MIT
#include "project/gitsettings.h"

#include "project/rulefile.h"
#include "project/wildcard.h"

namespace Meanwhile::Project {

namespace {

constexpr int kMaxIncludes = 10; // one within the other, as in git
constexpr qsizetype kMaxFiles = 1'000;
constexpr qsizetype kMaxNamed = 10'000;

QByteArray home()
{
    return qgetenv("HOME");
}

// The person's folder of git settings.
QByteArray settingsFolder()
{
    const QByteArray folder = qgetenv("XDG_CONFIG_HOME");
    return (folder.isEmpty() ? home() + "/.config" : folder) + "/git";
}

QByteArray folderOf(const QByteArray &file)
{
    return file.first(qMax<qsizetype>(0, file.lastIndexOf('/')));
}

QByteArray absolutePath(const QByteArray &path, const QByteArray &folder)
{
    if (path.isEmpty() || path.startsWith('/'))
        return path;
    return path.startsWith("~/") ? home() + path.sliced(1) : folder + '/' + path;
}

// Values that are texts, or files of which git runs nothing.
bool isHarmless(const QByteArray &section, const QByteArray &key)
{
    static const QByteArrayList sections{"branch", "user", "color"};
    static const QByteArrayList keys{
        "attributesfile", "ignorerevsfile", "template", "url", "pushurl", "fetch", "push", "worktree"};
    return sections.contains(section.split(' ').first()) || keys.contains(key);
}

// Reads git-config(1) files as far as ignoring goes, and what else git would run or obey.
class Reader {
public:
    Reader(const std::optional<RepositoryPlace> &repository, GitSettings &settings)
        : m_repository(repository)
        , m_settings(settings)
    {
    }

    void readFile(const QByteArray &path, int depth = 0)
    {
        if (path.isEmpty() || m_settings.files.size() >= kMaxFiles)
            return;
        m_settings.files += path;
        const std::optional<RuleFile> file = RuleFile::read(path, RuleFile::Links::Follow);
        if (!file || depth > kMaxIncludes)
            return;
        QByteArray section;
        QByteArray lines = file->text();
        lines.replace("\r\n", "\n").replace("\\\n", "");
        for (const QByteArray &whole : lines.split('\n')) {
            QByteArray line = whole.trimmed();
            if (line.startsWith('[')) {
                const qsizetype end = line.indexOf(']');
                section = line.mid(1, end - 1).trimmed();
                line = end < 0 ? QByteArray() : line.sliced(end + 1).trimmed();
            }
            if (!line.isEmpty() && !line.startsWith('#') && !line.startsWith(';'))
                take(section, line, folderOf(path), depth);
        }
    }

private:
    void take(const QByteArray &section, const QByteArray &line, const QByteArray &folder, int depth)
    {
        const qsizetype equals = line.indexOf('=');
        const QByteArray key = (equals < 0 ? line : line.first(equals)).trimmed().toLower();
        const QByteArray value = equals < 0 ? QByteArray("true") : valueOf(line.sliced(equals + 1).trimmed());
        const QByteArray name = section.toLower();
        const bool isConditional = name.startsWith("includeif");
        if (key == "path" && (name == "include" || isConditional)) {
            const bool applied = m_applies;
            m_applies = applied && (!isConditional || isCondition(section, folder));
            readFile(absolutePath(value, folder), depth + 1);
            m_applies = applied;
        } else if (name == "core" && key == "excludesfile") {
            if (m_applies)
                m_settings.excludesFile = absolutePath(value, top());
        } else if (name == "core" && key == "ignorecase") {
            if (m_applies)
                m_settings.ignoresCase = isTrue(value.toLower());
        } else if (name == "core" && key == "hookspath") {
            if (!value.isEmpty())
                m_settings.hooksFolders += absolutePath(value, top());
        } else if (!isHarmless(name, key)) {
            takeNames(value);
        }
    }

    QByteArray top() const { return m_repository ? m_repository->top : home(); }

    static bool isTrue(const QByteArray &value)
    {
        return value == "true" || value == "1" || value == "yes" || value == "on";
    }

    // A command begins at the top of the working files: "sh scripts/clean.sh %f". Its first word is looked up
    // in PATH where there is no slash in it.
    void takeNames(QByteArray value)
    {
        for (char &c : value) {
            if (QByteArrayView("\t\n'\"!;&|()<>=$`").contains(c))
                c = ' ';
        }
        bool isFirst = true;
        for (const QByteArray &word : value.simplified().split(' ')) {
            const bool isName = !word.isEmpty() && !word.startsWith('-') && (!isFirst || word.contains('/'));
            if (isName && m_settings.named.size() < kMaxNamed)
                m_settings.named += absolutePath(word, top());
            isFirst = false;
        }
    }

    static QByteArray valueOf(const QByteArray &text)
    {
        QByteArray value;
        bool isQuoted = false;
        for (qsizetype at = 0; at < text.size(); ++at) {
            const char c = text.at(at);
            if (c == '"')
                isQuoted = !isQuoted;
            else if (c == '\\' && at + 1 < text.size())
                value += text.at(++at);
            else if (!isQuoted && (c == '#' || c == ';'))
                break;
            else
                value += c;
        }
        return isQuoted || text.endsWith('"') ? value : value.trimmed();
    }

    // includeIf "gitdir:…" alone; others are about branches and remotes.
    bool isCondition(const QByteArray &section, const QByteArray &folder) const
    {
        const qsizetype quote = section.indexOf('"');
        if (!m_repository || quote < 0 || section.first(quote).trimmed().toLower() != "includeif")
            return false;
        const QByteArray text = section.mid(quote + 1, section.lastIndexOf('"') - quote - 1);
        const bool ignoresCase = text.startsWith("gitdir/i:");
        if (!ignoresCase && !text.startsWith("gitdir:"))
            return false;
        QByteArray pattern = text.sliced(text.indexOf(':') + 1);
        if (pattern.startsWith("./"))
            pattern = folder + pattern.sliced(1);
        else if (pattern.startsWith("~/"))
            pattern = home() + pattern.sliced(1);
        else if (!pattern.startsWith('/'))
            pattern.prepend("**/");
        if (pattern.endsWith('/'))
            pattern += "**";
        const Wildcard<char> wildcard(
            {pattern.constData(), size_t(pattern.size())}, Wildcard<char>::Stars::AsGit, ignoresCase);
        const QByteArray &place = m_repository->gitFolder;
        return wildcard.matches({place.constData(), size_t(place.size())});
    }

    const std::optional<RepositoryPlace> &m_repository;
    GitSettings &m_settings;
    bool m_applies = true; ///< no condition above it is unmet
};

} // namespace

GitSettings GitSettings::read(const std::optional<RepositoryPlace> &repository)
{
    GitSettings settings;
    settings.excludesFile = settingsFolder() + "/ignore";
    Reader reader(repository, settings);
    if (qgetenv("GIT_CONFIG_NOSYSTEM").isEmpty())
        reader.readFile("/etc/gitconfig");
    if (const QByteArray file = qgetenv("GIT_CONFIG_GLOBAL"); !file.isEmpty()) {
        reader.readFile(file);
    } else {
        reader.readFile(settingsFolder() + "/config");
        reader.readFile(home() + "/.gitconfig");
    }
    if (repository) {
        reader.readFile(repository->commonFolder + "/config");
        reader.readFile(repository->gitFolder + "/config.worktree");
    }
    return settings;
}

} // namespace Meanwhile::Project
