// SPDX-License-Identifier: MIT
#pragma once

struct stat;

namespace Meanwhile {

/// Gives `fresh` the owner, extended attributes (access control lists and labels among them) and mode of
/// `original`, and takes away what it inherited from its folder beyond them. False when the system does not
/// allow one of it: then `fresh` must not take the original's place.
bool carryAttributes(int original, const struct stat &originalInfo, int fresh);

/// True when any write would take a privilege from the file: set-user-id, set-group-id, capabilities.
bool losesPrivilegesByWriting(int fd, const struct stat &info);

} // namespace Meanwhile
