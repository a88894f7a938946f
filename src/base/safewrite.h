// SPDX-License-Identifier: MIT
#pragma once

#include "base/filestamp.h"
#include "base/result.h"

#include <QByteArray>

#include <optional>
#include <variant>

namespace Meanwhile {

struct AnyFile {
    bool operator==(const AnyFile &) const = default;
};
struct NoFile {
    bool operator==(const NoFile &) const = default;
};
/// What the caller believes to be there: whatever it is, nothing, or the file that it has read.
using ExpectedFile = std::variant<AnyFile, NoFile, FileVersion>;

/// What becomes of a file's other hard links.
enum class HardLinks {
    Keep, ///< all are one file, with the new content
    Part, ///< they keep the old one
};

/// Replaces a whole file: afterwards it holds all of the new bytes or, on any error, all of the old ones, and
/// both are on the disk, not only in its cache.
///
/// A new file is written beside the old one, gets its owner, attributes (access control lists among them) and
/// mode, and takes its place. Where that cannot be, because the file has further hard links or its owner or
/// attributes cannot be given away, it is rewritten in place. The old bytes then wait in a second file until
/// the new ones are on the disk; should even putting them back fail, that file stays and the error names it.
/// Thread: any, but it waits for the disk: call it off the GUI thread.
/// Errors: Conflict: not the file that was expected. DiskFull, PermissionDenied, Io, Unsupported, …: the
/// message says what became of the file and what to do next.
class SafeWrite {
public:
    /// Writes `name` in the folder open as `folderFd`, which stays open as long as this lives. `name` has no
    /// slash. A symbolic link, pipe, device or folder of that name is refused.
    /// `mode`: of the file afterwards; nullopt: as it was, and as other programs would make a new one.
    SafeWrite(int folderFd, QByteArray name, ExpectedFile expected = AnyFile{},
        std::optional<quint32> mode = std::nullopt, HardLinks links = HardLinks::Keep);

    /// The stamp of what was written.
    Result<FileStamp> write(const QByteArray &bytes) const;

private:
    struct Existing;

    Result<FileStamp> replace(const QByteArray &bytes, const Existing *existing) const;
    Result<FileStamp> rewriteUnlessParting(const QByteArray &bytes, const Existing &existing) const;
    Result<FileStamp> rewriteInPlace(const QByteArray &bytes, const Existing &existing) const;
    Result<FileStamp> overwrite(const QByteArray &bytes, const Existing &existing) const;
    Result<void> checkExpected(const Existing &existing) const;
    int takePlace(const QByteArray &temporary) const;

    tl::unexpected<Error> notWritten(int code) const;
    tl::unexpected<Error> refused(ErrorKind kind, const char *text) const;
    tl::unexpected<Error> conflict() const;

    int m_folder;
    QByteArray m_name;
    ExpectedFile m_expected;
    std::optional<quint32> m_mode;
    HardLinks m_links;
};

} // namespace Meanwhile
