// SPDX-License-Identifier: MIT
#include "project/laterrun.h"

#include "project/gitruns.h"
#include "project/resolvedpath.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>
#include <QVector>

#include <optional>

namespace Meanwhile::Project {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMaxNames = 5'000; // at the top of the project

// Alternatives of a regular expression, for whole names in lower case.
struct Names {
    LaterRunner runner;
    const char *folders; ///< they and all that is below them
    const char *files;
};

// clang-format off
constexpr Names kNames[] = {
    {LaterRunner::Git, R"(\.git|\.husky|\.githooks|\.git-hooks|\.overcommit)",
        R"(\.git|\.gitconfig|\.pre-commit-config\.ya?ml|\.?lefthook(-local)?\.(ya?ml|toml|json)|\.overcommit\.ya?ml)"
        R"(|\.huskyrc(\..+)?|\.?simple-git-hooks\..+|\.?captainhook\.json)"},
    // Start files of shells and of what else reads commands from a person; what Python runs at each start.
    {LaterRunner::Shell,
        R"(\.oh-my-zsh|\.zsh|\.(bashrc|zshrc|profile|bash_completion)\.d|\.direnv|\.zfunc|\.mise|\.rtx|\.tmux|\.ipython)"
        R"(|\.jupyter)",
        R"(\.envrc|\.direnvrc|\.?autoenv(\.zsh|_leave\.zsh)?|\.in|\.out|\.?(mise|rtx)(\..+)?\.toml)"
        R"(|\.(bash|zsh|csh|tcsh|ksh|mksh|sh|dash|fish|shell)(rc|env)|\.profile|\.bash_\w+|\.zprofile|\.zlogin|\.zlogout)"
        R"(|\.login|\.logout|\.cshdirs|\.inputrc|config\.fish|\.zpreztorc|\.p10k\.zsh|\.aliases|\.tmux\.conf(\.local)?)"
        R"(|\.screenrc|\.pam_environment|\.wgetrc|\.curlrc)"
        R"(|\.(irb|pry|byebug|rdebug|psql|sqlite|duckdb|mysql|mongo|mongosh|python|julia|octave|bc|clisp|sbcl|ecl|utop)rc)"
        R"(|\.(mongo|mongosh)rc\.js|\.juliarc\.jl|\.rprofile|rprofile\.site|\.renviron|\.ghci|\.iex\.exs|\.erlang|\.guile)"
        R"(|\.ocamlinit|\.gnuplot|sitecustomize\.py|usercustomize\.py|pyvenv\.cfg)"},
    {LaterRunner::Editor,
        R"(\.vscode|\.vscode-server|\.idea|\.devcontainer|\.zed|\.fleet|\.vs|\.vim|\.nvim|\.emacs\.d|\.doom\.d)"
        R"(|\.spacemacs\.d|\.theia|\.helix)",
        R"(\.devcontainer\.json|[._](vim|ex|nvim|gvim)rc(\.local)?|\.nvim\.lua|\.lvimrc|\.local\.vimrc|\.nanorc)"
        R"(|\.dir-locals(-2)?\.el|\.emacs(\.el)?|\.spacemacs|\.gdb(early)?init|\.lldbinit.*|\.pdbrc(\.py)?|\.pythonrc(\.py)?)"
        R"(|.*\.code-workspace|\.ycm_extra_conf\.py|\.kateproject(\.local)?)"},
    {LaterRunner::Desktop, R"(\.xinitrc\.d|\.i3|\.fluxbox|\.openbox)",
        R"(\.xinitrc|\.xsession|\.xprofile|\.xsessionrc|\.xserverrc|\.crontab|\.forward|\.procmailrc|\.directory)"
        R"(|\.xbindkeysrc|\.sxhkdrc)"},
    {LaterRunner::PackageManager, R"(\.yarn|\.bundle)",
        R"(\.npmrc|\.yarnrc|\.yarnrc\.ya?ml|\.pnpmfile\.c?js|\.pypirc|\.gemrc|\.condarc)"},
    // What tells another assistant, or a later session of one, what to do.
    {LaterRunner::Assistant,
        R"(\.claude|\.cursor|\.gemini|\.codex|\.windsurf|\.opencode|\.amp|\.kiro|\.roo|\.cline|\.clinerules|\.continue)"
        R"(|\.qwen|\.crush|\.agents?|\.augment|\.goose|\.trae|\.junie|\.factory|\.copilot)",
        R"(\.?mcp\.json|\.claude\.json|\.?opencode\.jsonc?|\.?crush\.json|\.aider(\..+)?\.ya?ml|\.(cursor|windsurf|roo)rules)"
        R"(|\.goosehints|copilot-instructions\.md|(agents?|claude|gemini|qwen|crush)(\.local|\.override)?\.md)"},
    {LaterRunner::BuildServer,
        R"(\.circleci|\.buildkite|\.woodpecker|\.gitea|\.forgejo|\.teamcity|\.semaphore|\.tekton|\.builds|\.azure-pipelines)",
        R"(\.?gitlab-ci(\..+)?\.ya?ml|\.travis\.ya?ml|jenkinsfile(\..+)?|azure-pipelines([.-].+)?\.ya?ml)"
        R"(|\.drone\.(ya?ml|star|jsonnet)|\.woodpecker\.ya?ml|bitbucket-pipelines\.ya?ml|\.?appveyor\.ya?ml)"
        R"(|\.cirrus\.(ya?ml|star)|\.build\.ya?ml|buildspec\.ya?ml|cloudbuild\.ya?ml|codemagic\.ya?ml)"},
};

// Names that say something only together.
constexpr std::pair<const char *, LaterRunner> kPlaces[] = {
    {R"(/\.github/(workflows|actions)/|/\.gitlab/(ci|agents)/)", LaterRunner::BuildServer},
    {R"(/\.github/(instructions|prompts|chatmodes|agents)/|/\.config/(opencode|goose|crush|amp|github-copilot)/)",
        LaterRunner::Assistant},
    {R"(/\.config/git/)", LaterRunner::Git},
    {R"(/\.config/(fish|zsh|bash|nushell|direnv|mise|tmux|sheldon|xonsh|powershell|readline|zellij|atuin)/)",
        LaterRunner::Shell},
    {R"(/\.config/(kitty|alacritty|wezterm|ghostty|foot)/|/\.config/(starship|mise)\.toml$)", LaterRunner::Shell},
    {R"(/\.local/share/(fish|zsh|bash-completion)/|/\.local/bin/|/node_modules/\.bin/)", LaterRunner::Shell},
    // Programs of an environment that is switched on, and what Python runs at each start.
    {R"(/(\.?venv|\.?env|\.?virtualenv)([-._0-9][^/]*)?/bin/|/(site|dist)-packages/[^/]*\.pth$)", LaterRunner::Shell},
    {R"(/\.config/(autostart|autostart-scripts|environment\.d|systemd|plasma-workspace|sway|i3|i3status|hypr|openbox)/)",
        LaterRunner::Desktop},
    {R"(/\.config/(awesome|bspwm|sxhkd|qtile|river|niri|labwc|wayfire|waybar|polybar|rofi|dunst)/)", LaterRunner::Desktop},
    {R"(/\.config/(user-dirs\.dirs|mimeapps\.list|kglobalshortcutsrc|khotkeysrc|kdeglobals|kwinrc)$)",
        LaterRunner::Desktop},
    {R"(/\.local/share/(applications|systemd|dbus-1|kio|kservices5|kwin|plasma|nautilus)/)", LaterRunner::Desktop},
    {R"(/\.cargo/|/\.m2/|/\.gradle/init\.d/|/\.gradle/(init\.gradle(\.kts)?|gradle\.properties)$)",
        LaterRunner::PackageManager},
    {R"(/\.config/(pip|npm|pnpm|yarn|uv|composer)/)", LaterRunner::PackageManager},
    {R"(/\.config/(nvim|vim|helix|zed|emacs|doom|kate|gdb|micro|lvim)/|/\.local/share/(nvim|vim|gdb)/)",
        LaterRunner::Editor},
    {R"(/\.config/(code|code[ -][^/]+|vscodium|cursor|windsurf|positron)/user/)", LaterRunner::Editor},
};
// clang-format on

struct Kind {
    LaterRunner runner;
    QRegularExpression folder; ///< matches a folder's name
    QRegularExpression file;   ///< matches a file's name
};

const QVector<Kind> &kinds()
{
    static const QVector<Kind> all = [] {
        const auto exact = [](const char *names) {
            return QRegularExpression(u"^(%1)$"_s.arg(QLatin1StringView(names)));
        };
        QVector<Kind> made;
        for (const Names &names : kNames)
            made += Kind{names.runner, exact(names.folders), exact(names.files)};
        return made;
    }();
    return all;
}

LaterRunner runnerOfPlace(const QString &path)
{
    static const QVector<std::pair<QRegularExpression, LaterRunner>> places = [] {
        QVector<std::pair<QRegularExpression, LaterRunner>> made;
        for (const auto &[pattern, runner] : kPlaces)
            made.append({QRegularExpression(QLatin1StringView(pattern)), runner});
        return made;
    }();
    for (const auto &[pattern, runner] : places) {
        if (pattern.match(path).hasMatch())
            return runner;
    }
    return LaterRunner::Nobody;
}

// A link of either kind at the project's top may give an ordinary folder or file such a name.
LaterRunner runnerThroughLink(const QString &project, const QString &place)
{
    QStringList names = namesIn(project, kMaxNames);
    names += {u".vscode/tasks.json"_s, u".vscode/settings.json"_s, u".git/config"_s, u".git/hooks"_s,
        u".github/workflows"_s};
    for (const QString &name : std::as_const(names)) {
        const QString path = project + u'/' + name;
        const LaterRunner byName = laterRunnerOf(name);
        if (byName != LaterRunner::Nobody && isSameFile(path, place))
            return byName;
        if (!name.contains(u'/') && !isLinkAt(path))
            continue;
        const std::optional<QString> leadsTo = resolvedPath(path);
        if (!leadsTo || *leadsTo == path || !isAtOrBelow(place, *leadsTo) || *leadsTo == project)
            continue;
        const LaterRunner through = laterRunnerOf(name + place.sliced(leadsTo->size()));
        if (through != LaterRunner::Nobody)
            return through;
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
    return gitRunsOrObeys(project, place) ? LaterRunner::Git : LaterRunner::Nobody;
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

} // namespace Meanwhile::Project
