// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"

#include <QByteArray>

namespace Meanwhile::Project {

/// Port: byte strings under the hash of their content, in one folder, compressed.
///
/// In that folder an object whose name is the 40 digits aabb… is the file aa/bb… (git's loose objects), or
/// one of many in a file pack/pack-….pack with an index pack/pack-….idx beside it, so that the owner of the
/// folder can remove what it no longer needs. Thread: one at a time. Errors: DiskFull,
/// NotFound, Io (also: damaged).
class ObjectStore {
public:
    virtual ~ObjectStore() = default;

    /// The object's name, 40 hexadecimal digits; what is there already is not written again.
    virtual Result<QByteArray> write(const QByteArray &content) = 0;
    /// The content, whose hash was checked.
    virtual Result<QByteArray> read(const QByteArray &name) = 0;
    /// As far as is known; see refresh().
    virtual bool has(const QByteArray &name) = 0;
    /// Somebody else has put objects into the folder.
    virtual void refresh() {}
};

} // namespace Meanwhile::Project
