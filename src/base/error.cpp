// SPDX-License-Identifier: MIT
#include "base/error.h"

#include <cerrno>
#include <cstring>

namespace Meanwhile {

using namespace Qt::StringLiterals;

QString nameOf(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::InvalidArgument:
        return u"invalid_argument"_s;
    case ErrorKind::NotFound:
        return u"not_found"_s;
    case ErrorKind::PermissionDenied:
        return u"permission_denied"_s;
    case ErrorKind::OutsideProject:
        return u"outside_project"_s;
    case ErrorKind::TooLarge:
        return u"too_large"_s;
    case ErrorKind::BinaryFile:
        return u"binary_file"_s;
    case ErrorKind::Conflict:
        return u"conflict"_s;
    case ErrorKind::DiskFull:
        return u"disk_full"_s;
    case ErrorKind::Io:
        return u"io"_s;
    case ErrorKind::Network:
        return u"network"_s;
    case ErrorKind::Certificate:
        return u"certificate"_s;
    case ErrorKind::Authentication:
        return u"authentication"_s;
    case ErrorKind::UnknownModel:
        return u"unknown_model"_s;
    case ErrorKind::RateLimited:
        return u"rate_limited"_s;
    case ErrorKind::Overloaded:
        return u"overloaded"_s;
    case ErrorKind::BadRequest:
        return u"bad_request"_s;
    case ErrorKind::Protocol:
        return u"protocol"_s;
    case ErrorKind::Timeout:
        return u"timeout"_s;
    case ErrorKind::Cancelled:
        return u"cancelled"_s;
    case ErrorKind::Unsupported:
        return u"unsupported"_s;
    case ErrorKind::Internal:
        return u"internal"_s;
    }
    return u"internal"_s;
}

Error errorFromErrno(int systemErrno, const QString &what)
{
    const QString detail = QString::fromLocal8Bit(std::strerror(systemErrno));
    switch (systemErrno) {
    case ENOENT:
    case ENOTDIR:
        return {ErrorKind::NotFound,
            u"%1 does not exist. Check the path, or list the folder first."_s.arg(what), detail};
    case EACCES:
    case EPERM:
        return {ErrorKind::PermissionDenied,
            u"%1 cannot be opened: permission denied. Change its permissions, then try again."_s.arg(what),
            detail};
    case EROFS: // no permission would help
        return {ErrorKind::Io,
            u"%1 cannot be written: it is on a read-only file system. Write to another place, or make the "
            u"file "
            u"system writable, then try again."_s.arg(what),
            detail};
    case ELOOP:
        return {ErrorKind::InvalidArgument,
            u"%1 is a link that leads in a circle, so there is no file behind it. Name the file itself, or "
            u"replace the link."_s.arg(what),
            detail};
    case ENOSPC:
    case EDQUOT:
        return {ErrorKind::DiskFull,
            u"%1 was not written because the disk is full. Free some space, then try again."_s.arg(what),
            detail};
    case EFBIG:
        return {ErrorKind::TooLarge, u"%1 is too large for this file system."_s.arg(what), detail};
    case EISDIR:
        return {ErrorKind::InvalidArgument, u"%1 is a folder. Name a file."_s.arg(what), detail};
    case ENAMETOOLONG:
        return {ErrorKind::InvalidArgument,
            u"%1 has a name that is longer than the system takes: 255 bytes each, 4,095 for the whole path. "
            u"Choose a shorter one."_s.arg(what),
            detail};
    case EXDEV:
        return {ErrorKind::OutsideProject, u"%1 leads outside the project folder."_s.arg(what), detail};
    default:
        return {ErrorKind::Io, u"%1 could not be used."_s.arg(what) + u' ' + detail + u'.', detail};
    }
}

} // namespace Meanwhile
