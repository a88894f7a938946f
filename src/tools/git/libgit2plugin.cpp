// SPDX-License-Identifier: MIT
#include "tools/git/libgit2objects.h"
#include "tools/gitplugin.h"

#include <QFile>
#include <QFileInfo>

#include <git2.h>
#include <git2/sys/repository.h>

namespace Meanwhile::Tools {

using namespace Qt::StringLiterals;

namespace {

template <typename T, void (*Free)(T *)>
struct Freed {
    void operator()(T *object) const { Free(object); }
};
using Repository = std::unique_ptr<git_repository, Freed<git_repository, git_repository_free>>;
using Config = std::unique_ptr<git_config, Freed<git_config, git_config_free>>;
using Odb = std::unique_ptr<git_odb, Freed<git_odb, git_odb_free>>;
using Patch = std::unique_ptr<git_patch, Freed<git_patch, git_patch_free>>;

Repository openRepository(const QByteArray &folder)
{
    git_repository *repository = nullptr;
    if (git_repository_open_ext(&repository, folder.constData(), 0, nullptr) != 0)
        return {};
    Repository opened(repository);
    return git_repository_workdir(repository) ? std::move(opened) : Repository();
}

// .gitignore counts in a folder that is no repository yet, too: a repository without a store, in memory only.
Repository pretendRepository(const QByteArray &folder)
{
    git_odb *odb = nullptr;
    git_config *config = nullptr;
    git_repository *repository = nullptr;
    if (git_odb_new(&odb) != 0)
        return {};
    const Odb ownedOdb(odb);
    if (git_config_new(&config) != 0)
        return {};
    const Config ownedConfig(config);
    if (git_repository_wrap_odb(&repository, odb) != 0)
        return {};
    Repository opened(repository);
    if (git_repository_set_config(repository, config) != 0 ||
        git_repository_set_workdir(repository, folder.constData(), 0) != 0)
        return {};
    return opened;
}

class LibGit2Rules final : public IgnoreRules {
public:
    LibGit2Rules(Repository repository, QByteArray prefix)
        : m_repository(std::move(repository))
        , m_prefix(std::move(prefix))
    {
    }

    bool isIgnored(const QString &path, bool isFolder) override
    {
        int ignored = 0;
        const QByteArray name = m_prefix + QFile::encodeName(path) + (isFolder ? "/" : "");
        return git_ignore_path_is_ignored(&ignored, m_repository.get(), name.constData()) == 0 &&
               ignored != 0;
    }

private:
    Repository m_repository;
    QByteArray m_prefix; ///< from the repository's top to the listed folder
};

class LibGit2Differ final : public Differ {
public:
    QString unified(const QString &path, const QByteArray &before, const QByteArray &after) const override
    {
        git_diff_options options;
        if (git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION) != 0)
            return {};
        options.context_lines = 3;
        options.flags |= GIT_DIFF_FORCE_TEXT;
        const QByteArray name = path.toUtf8();
        git_patch *patch = nullptr;
        if (git_patch_from_buffers(&patch, before.constData(), size_t(before.size()), name.constData(),
                after.constData(), size_t(after.size()), name.constData(), &options) != 0)
            return {};
        const Patch owned(patch);
        git_buf text = GIT_BUF_INIT_CONST(nullptr, 0);
        if (git_patch_to_buf(&text, patch) != 0)
            return {};
        const QString diff = QString::fromUtf8(text.ptr, qsizetype(text.size));
        git_buf_dispose(&text);
        // The two lines of object names before it mean nothing to a reader.
        const qsizetype start = diff.indexOf(u"--- "_s);
        return start < 0 ? QString() : diff.sliced(start);
    }
};

class LibGit2Plugin final : public GitPlugin {
public:
    std::unique_ptr<IgnoreRules> ignoreRules(const QString &folder) const override
    {
        const QString canonical = QFileInfo(folder).canonicalFilePath();
        const QByteArray path = QFile::encodeName(canonical);
        Repository repository = openRepository(path);
        if (!repository)
            repository = pretendRepository(path);
        if (!repository)
            return nullptr;
        const QString top = QFile::decodeName(git_repository_workdir(repository.get())); // ends with a slash
        const QString below = canonical.startsWith(top) ? canonical.sliced(top.size()) + u'/' : QString();
        return std::make_unique<LibGit2Rules>(std::move(repository), QFile::encodeName(below));
    }
    const Differ &differ() const override { return m_differ; }
    std::unique_ptr<ObjectStore> objects(const QString &folder, bool isSynced) const override
    {
        return LibGit2Objects::open(QFile::encodeName(folder), isSynced);
    }

private:
    LibGit2Differ m_differ;
};

} // namespace

} // namespace Meanwhile::Tools

// Found by name: see kGitPluginSymbol. Kept until the program ends, so there is nothing to shut down.
extern "C" Q_DECL_EXPORT const Meanwhile::Tools::GitPlugin *meanwhileGitPlugin()
{
    if (git_libgit2_init() < 0)
        return nullptr;
    static const Meanwhile::Tools::LibGit2Plugin plugin;
    return &plugin;
}
