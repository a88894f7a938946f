// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Confines commands: what a box holds, how bubblewrap builds it, and the process that stands inside.
namespace Meanwhile::Box {

enum class Kind {
    Full,   ///< namespaces, built by bubblewrap
    Reduced ///< Landlock and the filter alone: what is written is confined, what is read is not
};

enum class Network {
    Off, ///< an empty network namespace: loopback of its own and nothing else
    Host ///< that of the computer; with its abstract sockets, where the kernel has no Landlock of version 6
};

struct Binding {
    std::string source; ///< outside
    std::string place;  ///< in the box

    bool operator==(const Binding &) const = default;
};

/// What the commands of a project see and write in their box. Paths are absolute, without links, "." or "..".
/// What is missing when a box is built is left out. All that is not named here is visible and read-only.
struct BoxPolicy {
    Kind kind = Kind::Full;
    Network network = Network::Off;
    std::string project;                     ///< writable; empty: none
    std::string temporary;                   ///< at /tmp and /var/tmp; empty: memory that ends with the box
    std::vector<Binding> writable;           ///< folders besides the project
    std::vector<std::string> hidden;         ///< folders that are empty and read-only in the box
    std::vector<std::string> shown;          ///< read-only in hidden folders
    std::vector<Binding> links;              ///< symbolic links, source is where they lead; made where their
                                             ///< place is hidden
    std::vector<std::string> secrets;        ///< files and folders that are empty wherever they lie
    std::vector<std::string> pinned;         ///< writable folders that cannot be renamed or removed
    std::vector<std::string> protectedNames; ///< read-only inside of what is writable
    std::vector<std::string> sockets;        ///< may be connected to; all other visible ones are covered

    bool operator==(const BoxPolicy &) const = default;
};

/// One text for each policy, without zero bytes: it can be a word of a job, and two policies are the same
/// when their texts are.
std::string textOf(const BoxPolicy &policy);
/// Nothing unless the text is exactly what textOf() makes of a policy whose paths are in order.
std::optional<BoxPolicy> parsePolicy(std::string_view text);

/// Whether a policy may hold this path: absolute, and without empty names, "." and "..".
bool isOrdinaryPath(std::string_view path);
/// Whether `path` is `folder` or lies in it. Both in the form that policies have.
bool isWithin(std::string_view path, std::string_view folder);

} // namespace Meanwhile::Box
