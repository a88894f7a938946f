// SPDX-License-Identifier: MIT
#include "tools/git/libgit2objects.h"

#include <git2/sys/odb_backend.h>

#include <cerrno>
#include <cstring>

namespace Meanwhile::Tools {

namespace {

constexpr int kFastCompression = 1;

// libgit2 tells the system's errors by their words alone.
tl::unexpected<Error> lastFailure()
{
    const git_error *error = git_error_last();
    const QByteArray words = error && error->message ? error->message : "unknown error";
    for (const int code : {ENOSPC, EDQUOT}) {
        if (words.contains(std::strerror(code)))
            return failure(ErrorKind::DiskFull,
                QStringLiteral("The disk is full. Free some space, then try again."),
                QString::fromUtf8(words));
    }
    return failure(ErrorKind::Io,
        QStringLiteral("A saved copy could not be used. Check the disk, then try again."),
        QString::fromUtf8(words));
}

} // namespace

std::unique_ptr<ObjectStore> LibGit2Objects::open(const QByteArray &folder, bool isSynced)
{
    git_odb *made = nullptr;
    if (git_odb_new(&made) != 0)
        return nullptr;
    Odb odb(made);
    git_odb_backend *backend = nullptr;
    // Copies of what a person may have kept to themselves: for them alone.
    if (git_odb_backend_loose(&backend, folder.constData(), kFastCompression, isSynced, 0700, 0600) != 0)
        return nullptr;
    if (git_odb_add_backend(odb.get(), backend, 1) != 0) {
        backend->free(backend);
        return nullptr;
    }
    return std::unique_ptr<ObjectStore>(new LibGit2Objects(std::move(odb)));
}

Result<QByteArray> LibGit2Objects::write(const QByteArray &content)
{
    git_oid name{};
    if (git_odb_write(&name, m_odb.get(), content.constData(), size_t(content.size()), GIT_OBJECT_BLOB) != 0)
        return lastFailure();
    QByteArray digits(GIT_OID_HEXSZ, '\0');
    git_oid_fmt(digits.data(), &name);
    return digits;
}

Result<QByteArray> LibGit2Objects::read(const QByteArray &name)
{
    git_oid wanted{};
    git_odb_object *object = nullptr;
    if (git_oid_fromstrn(&wanted, name.constData(), size_t(name.size())) != 0 ||
        git_odb_read(&object, m_odb.get(), &wanted) != 0)
        return lastFailure();
    const QByteArray content(
        static_cast<const char *>(git_odb_object_data(object)), qsizetype(git_odb_object_size(object)));
    git_odb_object_free(object);
    return content;
}

} // namespace Meanwhile::Tools
