// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <chrono>
#include <optional>

namespace Meanwhile {

/// Decides how an error is worded and whether trying again can help.
enum class ErrorKind {
    InvalidArgument,
    NotFound,
    PermissionDenied,
    OutsideProject,
    TooLarge,
    BinaryFile,
    Conflict,
    DiskFull,
    Io,
    Network,
    Certificate,
    Authentication,
    UnknownModel,
    RateLimited,
    Overloaded,
    BadRequest,
    Protocol,
    Timeout,
    Cancelled,
    Unsupported,
    Internal,
};

/// A failure as a value.
///
/// message: for people, one or two sentences, says what to do next.
/// detail: for logs and bug reports, e.g. the system's or the server's own words; may be empty.
/// httpStatus: of the answer that says so; 0 where none came.
/// retryAfter: how long the server asks to be left alone.
struct Error {
    ErrorKind kind = ErrorKind::Internal;
    QString message;
    QString detail;
    int httpStatus = 0;
    std::optional<std::chrono::milliseconds> retryAfter = {};

    bool operator==(const Error &) const = default;
};

/// The kind as it appears in stream-json and in logs, e.g. "disk_full".
QString nameOf(ErrorKind kind);

/// The error for a failed system call. `what` names the object, e.g. "notes.txt"; the text says what to do
/// next.
Error errorFromErrno(int systemErrno, const QString &what);

} // namespace Meanwhile
