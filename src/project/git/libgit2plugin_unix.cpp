// SPDX-License-Identifier: MIT
#include "base/descriptor.h"
#include "project/git/libgit2objects.h"
#include "project/gitplugin.h"

#include <QFile>

#include <git2.h>

#include <fcntl.h>
#include <sys/stat.h>

namespace Meanwhile::Project {

using namespace Qt::StringLiterals;

namespace {

using Index = std::unique_ptr<git_index, Freed<git_index, git_index_free>>;
using Patch = std::unique_ptr<git_patch, Freed<git_patch, git_patch_free>>;

class LibGit2TrackedFiles final : public TrackedFiles {
public:
    explicit LibGit2TrackedFiles(Index index)
        : m_index(std::move(index))
    {
    }

    bool holds(const QByteArray &path) const override
    {
        return git_index_find(nullptr, m_index.get(), path.constData()) == 0;
    }

    bool holdsBelow(const QByteArray &folder) const override
    {
        const QByteArray prefix = folder.isEmpty() ? folder : folder + '/';
        return git_index_find_prefix(nullptr, m_index.get(), prefix.constData()) == 0;
    }

private:
    Index m_index;
};

// Opened without waiting, so that a pipe in its place hangs nothing, and then read by that very descriptor.
Index openIndex(const QByteArray &file)
{
    const Descriptor opened(::open(file.constData(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    struct stat info {};
    if (!opened.isValid() || fstat(opened.get(), &info) != 0 || !S_ISREG(info.st_mode))
        return {};
    git_index *index = nullptr;
    const QByteArray path = "/proc/self/fd/" + QByteArray::number(opened.get());
    if (git_index_open(&index, path.constData()) != 0)
        return {};
    return Index(index);
}

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
    std::unique_ptr<TrackedFiles> trackedFiles(const QByteArray &indexFile) const override
    {
        Index index = openIndex(indexFile);
        return index ? std::make_unique<LibGit2TrackedFiles>(std::move(index)) : nullptr;
    }
    const Differ &differ() const override { return m_differ; }
    std::unique_ptr<ObjectStore> objects(const QString &folder) const override
    {
        return LibGit2Objects::open(QFile::encodeName(folder));
    }
    Result<QByteArrayList> namesInPack(const QString &indexFile) const override
    {
        return LibGit2Objects::namesInPack(QFile::encodeName(indexFile));
    }

private:
    LibGit2Differ m_differ;
};

} // namespace

} // namespace Meanwhile::Project

// Found by name: see kGitPluginSymbol. Kept until the program ends, so there is nothing to shut down.
extern "C" Q_DECL_EXPORT const Meanwhile::Project::GitPlugin *meanwhileGitPlugin()
{
    if (git_libgit2_init() < 0)
        return nullptr;
    static const Meanwhile::Project::LibGit2Plugin plugin;
    return &plugin;
}
