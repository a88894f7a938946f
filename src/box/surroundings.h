// SPDX-License-Identifier: MIT
#pragma once

#include "box/boxpolicy.h"

#include <map>

namespace Meanwhile::Box {

enum class FileKind {
    Missing,
    Folder,
    File,
    Other ///< a link, socket, device or pipe
};

/// Whatever namespace it is in, the superuser may write here: by its number alone, without any right.
inline constexpr const char *kSwitches[] = {"/proc/sys", "/proc/sysrq-trigger", "/proc/irq", "/proc/bus",
    "/proc/acpi", "/proc/asound", "/proc/driver", "/proc/dynamic_debug", "/proc/fs", "/proc/mtrr",
    "/proc/scsi"};

/// What a box depends on besides its policy, as it is at one moment.
struct Surroundings {
    std::map<std::string, FileKind> kinds; ///< of the paths that the policy names, and of kSwitches where the
                                           ///< superuser builds the box; no link is followed
    std::vector<std::string> sockets;      ///< in the file system, with a listener or not; absolute, without
                                           ///< links, in order

    FileKind kindOf(const std::string &path) const;
    bool operator==(const Surroundings &) const = default;
};

/// Empty where it cannot be read.
std::string readWholeFile(const char *path);

/// Looks at the file system and at /proc/net/unix; blocks for that. Sockets that this person could not
/// connect to are left out. What lies in the project or in a writable folder counts as Other when a link
/// leads there, since a command may have made the link.
Surroundings surroundingsOf(const BoxPolicy &policy);

} // namespace Meanwhile::Box
