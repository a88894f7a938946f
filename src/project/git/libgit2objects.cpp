// SPDX-License-Identifier: MIT
#include "project/git/libgit2objects.h"

#include <QDir>
#include <QFile>

#include <git2/sys/odb_backend.h>

#include <cerrno>
#include <cstring>

namespace Meanwhile::Project {

namespace {

constexpr int kFastCompression = 1;

bool addBackend(git_odb *odb, git_odb_backend *backend)
{
    if (git_odb_add_backend(odb, backend, 1) == 0)
        return true;
    backend->free(backend);
    return false;
}

// libgit2 looks for packs where this folder is when the objects are opened, or never.
bool makePackFolder(const QByteArray &folder)
{
    const QString path = QFile::decodeName(folder + "/pack");
    return QDir(path).exists() ||
           (QDir().mkpath(path) &&
               QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
}

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

QByteArray digitsOf(const git_oid &name)
{
    QByteArray digits(GIT_OID_HEXSZ, '\0');
    git_oid_fmt(digits.data(), &name);
    return digits;
}

int addName(const git_oid *name, void *names)
{
    *static_cast<QByteArrayList *>(names) += digitsOf(*name);
    return 0;
}

} // namespace

std::unique_ptr<ObjectStore> LibGit2Objects::open(const QByteArray &folder)
{
    git_odb *made = nullptr;
    if (!makePackFolder(folder) || git_odb_new(&made) != 0)
        return nullptr;
    Odb odb(made);
    git_odb_backend *backend = nullptr;
    // Copies of what a person may have kept to themselves: for them alone.
    if (git_odb_backend_loose(&backend, folder.constData(), kFastCompression, 1, 0700, 0600) != 0 ||
        !addBackend(made, backend))
        return nullptr;
    if (git_odb_backend_pack(&backend, folder.constData()) != 0 || !addBackend(made, backend))
        return nullptr;
    return std::unique_ptr<ObjectStore>(new LibGit2Objects(std::move(odb)));
}

Result<QByteArrayList> LibGit2Objects::namesInPack(const QByteArray &indexFile)
{
    git_odb *made = nullptr;
    if (git_odb_new(&made) != 0)
        return lastFailure();
    const Odb odb(made);
    git_odb_backend *backend = nullptr;
    QByteArrayList names;
    if (git_odb_backend_one_pack(&backend, indexFile.constData()) != 0 || !addBackend(made, backend) ||
        git_odb_foreach(made, addName, &names) != 0)
        return lastFailure();
    return names;
}

Result<QByteArray> LibGit2Objects::write(const QByteArray &content)
{
    git_oid name{};
    if (git_odb_write(&name, m_odb.get(), content.constData(), size_t(content.size()), GIT_OBJECT_BLOB) != 0)
        return lastFailure();
    return digitsOf(name);
}

bool LibGit2Objects::has(const QByteArray &name)
{
    git_oid wanted{};
    return git_oid_fromstrn(&wanted, name.constData(), size_t(name.size())) == 0 &&
           git_odb_exists_ext(m_odb.get(), &wanted, GIT_ODB_LOOKUP_NO_REFRESH) == 1;
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

} // namespace Meanwhile::Project
