// SPDX-License-Identifier: MIT
#pragma once

#include "tools/filetool.h"

#include <chrono>

namespace Meanwhile::Tools {

/// A file as it is before a change.
struct CurrentFile {
    QByteArray bytes;               ///< empty when it does not exist or is larger than kMaxChangeBytes
    std::optional<FileStamp> stamp; ///< nullopt: there is no such file
    bool isTooLarge = false;
};

/// Files up to this size are read before they are changed.
inline constexpr qint64 kMaxChangeBytes = 50'000'000;

/// What a tool that writes needs; held by its worker.
struct FileChange {
    std::shared_ptr<const Project::ProjectFiles> files;
    std::shared_ptr<Project::GitModule> git;
    std::shared_ptr<Project::SeenFiles> seen;
    std::shared_ptr<Tasks::WriteLog> writes;
    QString path; ///< as the model gave it
    Project::Reach reach = Project::Reach::InsideProject;
    std::chrono::milliseconds maxLinkSearch = std::chrono::seconds(3);

    FileChange(const FileToolParts &parts, QString path, const Project::Reach &reach);

    Result<CurrentFile> current() const;
    /// Conflict when the model saw another content than this, or the file changes meanwhile.
    Result<void> checkSeen(const CurrentFile &before) const;
    /// What else there is to say of it, for the model; mostly nothing. A file that has a further name outside
    /// the project (a hard link), or may have one, is parted from it, so that nothing outside changes.
    Result<QString> write(const CurrentFile &before, const QByteArray &bytes) const;
    /// For people; empty where what is there is no text, or where it is too much. A byte of zero is written
    /// out.
    QString diff(const QByteArray &before, const QByteArray &after) const;
    /// The intent's preview, and why it is not the whole change.
    void show(Intent &intent, const CurrentFile &before, const QByteArray &after) const;
};

/// The intent to write, with the diff from `newBytes(current)`. Where that fails, nobody has to be asked
/// about the call: it cannot be made. `shows`: what the call answers may show the model what is in the file.
Intent writeIntent(
    FileChange change, bool shows, const std::function<Result<QByteArray>(const CurrentFile &)> &newBytes);

} // namespace Meanwhile::Tools
