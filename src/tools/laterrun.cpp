// SPDX-License-Identifier: MIT
#include "tools/laterrun.h"

#include "tools/resolvedpath.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QStringList>
#include <QVector>

#include <optional>

namespace Meanwhile::Tools {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kMaxConfigBytes = 256 * 1024;

struct Kind {
    LaterRunner runner;
    QRegularExpression folder; ///< matches a folder's name
    QRegularExpression file;   ///< matches a file's name
};

const QVector<Kind> &kinds()
{
    const auto exact = [](const QString &names) { return QRegularExpression(u"^(%1)$"_s.arg(names)); };
    static const QVector<Kind> all{
        {LaterRunner::Git, exact(u"\\.git|\\.husky|\\.githooks|\\.git-hooks"_s),
            exact(
                u"\\.git|\\.gitconfig|\\.pre-commit-config\\.ya?ml|\\.?lefthook(-local)?\\.(ya?ml|toml|json)"_s)},
        {LaterRunner::Shell, exact(u"\\.oh-my-zsh|\\.zsh|\\.bashrc\\.d|\\.zshrc\\.d|\\.direnv|\\.zfunc"_s),
            exact(
                u"\\.envrc|\\.direnvrc|\\.?autoenv(\\.zsh|_leave\\.zsh)?|\\.in|\\.out"
                u"|\\.(bash|zsh|csh|tcsh|ksh|mksh|sh|dash|fish|shell)(rc|env)|\\.profile|\\.bash_\\w+|\\."
                u"zprofile"
                u"|\\.zlogin|\\.zlogout|\\.login|\\.logout|\\.cshdirs|\\.inputrc|\\.mise\\.toml|mise\\.toml"
                u"|\\.mise\\.local\\.toml|config\\.fish|\\.zpreztorc|\\.p10k\\.zsh|\\.aliases|\\.tmux\\.conf"
                u"|\\.screenrc|\\.pam_environment"_s)},
        {LaterRunner::Editor,
            exact(
                u"\\.vscode|\\.idea|\\.devcontainer|\\.zed|\\.fleet|\\.vs|\\.vim|\\.nvim|\\.emacs\\.d|\\.theia"_s),
            exact(u"\\.devcontainer\\.json|\\.vimrc|\\.exrc|\\.nvimrc|\\.nvim\\.lua|\\.gvimrc|_vimrc|_exrc|"
                  u"\\.vimrc\\.local"
                  u"|\\.lvimrc|\\.dir-locals(-2)?\\.el|\\.emacs|\\.gdbinit|\\.lldbinit|\\.pdbrc|\\.pythonrc"
                  u"|.*\\.code-workspace|\\.ycm_extra_conf\\.py|\\.helix"_s)},
        {LaterRunner::Desktop, exact(u"\\.xinitrc\\.d"_s),
            exact(
                u"\\.xinitrc|\\.xsession|\\.xprofile|\\.xsessionrc|\\.xserverrc|\\.crontab|\\.forward|\\.directory"_s)},
        {LaterRunner::PackageManager, exact(u"\\.yarn"_s),
            exact(u"\\.npmrc|\\.yarnrc|\\.yarnrc\\.ya?ml|\\.pnpmfile\\.c?js|\\.pypirc|\\.gemrc|\\.bundle"_s)},
        {LaterRunner::Assistant,
            exact(
                u"\\.claude|\\.cursor|\\.gemini|\\.codex|\\.windsurf|\\.opencode|\\.amp|\\.kiro|\\.roo|\\.cline"_s),
            exact(u"\\.mcp\\.json|mcp\\.json|\\.claude\\.json|opencode\\.jsonc?"_s)},
        {LaterRunner::BuildServer,
            exact(u"\\.circleci|\\.buildkite|\\.woodpecker|\\.gitea|\\.forgejo|\\.teamcity"_s),
            exact(
                u"\\.gitlab-ci\\.ya?ml|\\.travis\\.ya?ml|jenkinsfile|azure-pipelines\\.ya?ml|\\.drone\\.ya?ml|bitbucket-pipelines\\.ya?ml"_s)},
    };
    return all;
}

// Folders that say something only together.
LaterRunner runnerOfPlace(const QString &path)
{
    static const QVector<std::pair<QString, LaterRunner>> places{
        {u"/.github/workflows/"_s, LaterRunner::BuildServer},
        {u"/.github/actions/"_s, LaterRunner::BuildServer},
        {u"/.config/git/"_s, LaterRunner::Git},
        {u"/.config/fish/"_s, LaterRunner::Shell},
        {u"/.config/zsh/"_s, LaterRunner::Shell},
        {u"/.config/direnv/"_s, LaterRunner::Shell},
        {u"/.config/mise/"_s, LaterRunner::Shell},
        {u"/.config/autostart/"_s, LaterRunner::Desktop},
        {u"/.config/environment.d/"_s, LaterRunner::Desktop},
        {u"/.config/systemd/"_s, LaterRunner::Desktop},
        {u"/.config/plasma-workspace/"_s, LaterRunner::Desktop},
        {u"/.local/share/applications/"_s, LaterRunner::Desktop},
        {u"/.local/share/systemd/"_s, LaterRunner::Desktop},
        {u"/.local/share/dbus-1/"_s, LaterRunner::Desktop},
        {u"/.local/bin/"_s, LaterRunner::Shell},
        {u"/.cargo/"_s, LaterRunner::PackageManager},
        {u"/.config/nvim/"_s, LaterRunner::Editor},
        {u"/.config/helix/"_s, LaterRunner::Editor},
        {u"/.config/zed/"_s, LaterRunner::Editor},
        {u"/.config/code/user/"_s, LaterRunner::Editor},
        {u"/.config/emacs/"_s, LaterRunner::Editor},
    };
    for (const auto &[folder, runner] : places) {
        if (path.contains(folder))
            return runner;
    }
    return LaterRunner::Nobody;
}

// gitrepository-layout(5): git takes such a folder for a repository whatever its name is.
bool isGitFolder(const QString &folder)
{
    const auto has = [&](const QString &name) { return QFileInfo::exists(folder + u'/' + name); };
    return has(u"HEAD"_s) && ((has(u"objects"_s) && has(u"refs"_s)) || has(u"commondir"_s));
}

// core.hooksPath of the project's own configuration; a relative one begins at the project.
QString hooksFolder(const QString &project)
{
    const QString path = project + u"/.git/config"_s;
    if (!QFileInfo(path).isFile()) // a pipe would be waited for
        return {};
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    static const QRegularExpression line(u"^\\s*hookspath\\s*=\\s*\"?([^\"\\n#;]+)"_s,
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::MultilineOption);
    const auto match = line.match(QString::fromUtf8(file.read(kMaxConfigBytes)));
    if (!match.hasMatch())
        return {};
    const QString folder = match.captured(1).trimmed();
    return resolvedPath(folder.startsWith(u'/') ? folder : project + u'/' + folder).value_or(QString());
}

// A link at the project's top may give an ordinary folder or file such a name.
LaterRunner runnerThroughLink(const QString &project, const QString &place)
{
    static const QStringList names{u".git"_s, u".husky"_s, u".githooks"_s, u".vscode"_s, u".idea"_s,
        u".devcontainer"_s, u".zed"_s, u".envrc"_s, u".claude"_s, u".cursor"_s, u".mcp.json"_s, u".npmrc"_s,
        u".yarnrc.yml"_s, u".bashrc"_s, u".zshrc"_s, u".profile"_s, u".bash_profile"_s, u".github"_s,
        u".gitlab-ci.yml"_s, u".circleci"_s, u".pre-commit-config.yaml"_s, u".exrc"_s, u".nvim.lua"_s,
        u".dir-locals.el"_s, u".gdbinit"_s, u".vscode/tasks.json"_s, u".vscode/settings.json"_s,
        u".git/config"_s, u".git/hooks"_s, u".github/workflows"_s};
    for (const QString &name : names) {
        const QString path = project + u'/' + name;
        const std::optional<QString> leadsTo = resolvedPath(path);
        if (!leadsTo || *leadsTo == path || !isAtOrBelow(place, *leadsTo) || *leadsTo == project)
            continue;
        return laterRunnerOf(name + place.sliced(leadsTo->size()));
    }
    return LaterRunner::Nobody;
}

} // namespace

LaterRunner laterRunnerOf(const QString &relativePath)
{
    // With the rest of what makes a folder a repository of git.
    if (relativePath == u"HEAD" || relativePath.endsWith(u"/HEAD"))
        return LaterRunner::Git;
    const QString path = relativePath.toLower();
    const QStringList parts = path.split(u'/', Qt::SkipEmptyParts);
    for (qsizetype i = 0; i < parts.size(); ++i) {
        const bool isFile = i == parts.size() - 1;
        for (const Kind &kind : kinds()) {
            if (kind.folder.match(parts.at(i)).hasMatch() ||
                (isFile && kind.file.match(parts.at(i)).hasMatch()))
                return kind.runner;
        }
    }
    return runnerOfPlace(u'/' + path);
}

LaterRunner laterRunnerAt(const QString &project, const QString &place)
{
    const QString root = project == u"/" ? QString() : project;
    if (!isAtOrBelow(place, project))
        return laterRunnerOf(place);
    if (const LaterRunner byName = laterRunnerOf(place.sliced(root.size())); byName != LaterRunner::Nobody)
        return byName;
    if (const LaterRunner byLink = runnerThroughLink(root, place); byLink != LaterRunner::Nobody)
        return byLink;
    for (QString folder = place; folder.size() > root.size();) {
        folder.truncate(qMax<qsizetype>(0, folder.lastIndexOf(u'/')));
        if (folder.size() >= root.size() && isGitFolder(folder))
            return LaterRunner::Git;
    }
    const QString hooks = hooksFolder(root);
    return !hooks.isEmpty() && hooks != project && isAtOrBelow(place, hooks) ? LaterRunner::Git
                                                                             : LaterRunner::Nobody;
}

QString inWords(LaterRunner runner)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("Meanwhile::Tools", text); };
    switch (runner) {
    case LaterRunner::Nobody:
        break;
    case LaterRunner::Git:
        return tr(QT_TRANSLATE_NOOP("Meanwhile::Tools", "Git runs or obeys this file."));
    case LaterRunner::Shell:
        return tr(QT_TRANSLATE_NOOP("Meanwhile::Tools", "A shell runs this file by itself."));
    case LaterRunner::Editor:
        return tr(QT_TRANSLATE_NOOP(
            "Meanwhile::Tools", "An editor or debugger runs or obeys this file by itself."));
    case LaterRunner::Desktop:
        return tr(
            QT_TRANSLATE_NOOP("Meanwhile::Tools", "The desktop or the system runs this file by itself."));
    case LaterRunner::PackageManager:
        return tr(QT_TRANSLATE_NOOP("Meanwhile::Tools", "A package manager obeys this file."));
    case LaterRunner::Assistant:
        return tr(QT_TRANSLATE_NOOP("Meanwhile::Tools", "Other assistants obey this file."));
    case LaterRunner::BuildServer:
        return tr(QT_TRANSLATE_NOOP("Meanwhile::Tools", "A build server runs this file."));
    }
    return {};
}

} // namespace Meanwhile::Tools
