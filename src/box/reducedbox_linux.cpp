// SPDX-License-Identifier: MIT
#include "box/filterprogram.h"
#include "box/reducedbox.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace Meanwhile::Box {

namespace {

constexpr int kOldestVersion = 4;
constexpr int kVersionWithDevices = 5;
constexpr int kVersionWithScopes = 6;

// Newer than the headers of the systems that this is built on.
constexpr std::uint64_t kRefer = 1U << 13U;
constexpr std::uint64_t kTruncate = 1U << 14U;
constexpr std::uint64_t kDeviceControl = 1U << 15U;
constexpr std::uint64_t kBindTcp = 1U << 0U;
constexpr std::uint64_t kConnectTcp = 1U << 1U;
constexpr std::uint64_t kScopeAbstractSockets = 1U << 0U;
constexpr std::uint64_t kScopeSignals = 1U << 1U;

struct Handled {
    std::uint64_t files = 0;
    std::uint64_t network = 0;
    std::uint64_t scopes = 0;
};

constexpr std::uint64_t kWriteFile = LANDLOCK_ACCESS_FS_WRITE_FILE | kTruncate;
constexpr std::uint64_t kChangeFolder =
    LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR |
    LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK |
    LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM | kRefer;

constexpr const char *kFolders[] = {"/tmp", "/dev/shm", "/dev/pts"};
constexpr const char *kDevices[] = {
    "/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/tty", "/dev/ptmx"};

bool allow(int rules, const std::string &path, std::uint64_t access)
{
    const int file = ::open(path.c_str(), O_PATH | O_CLOEXEC);
    if (file < 0)
        return true; // what is missing is left out
    landlock_path_beneath_attr rule{};
    rule.allowed_access = access;
    rule.parent_fd = file;
    const long result = ::syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    ::close(file);
    return result == 0;
}

bool allowAll(int rules, const BoxPolicy &policy, std::uint64_t folder, std::uint64_t file)
{
    bool isAllowed = policy.project.empty() || allow(rules, policy.project, folder);
    for (const Binding &binding : policy.writable)
        isAllowed = isAllowed && (binding.source != binding.place || allow(rules, binding.place, folder));
    for (const char *path : kFolders)
        isAllowed = isAllowed && allow(rules, path, folder);
    for (const char *path : kDevices)
        isAllowed = isAllowed && allow(rules, path, file);
    return isAllowed;
}

bool dropRights()
{
    for (int right = 0; ::prctl(PR_CAPBSET_READ, right, 0, 0, 0) >= 0; ++right) {
        if (::prctl(PR_CAPBSET_READ, right, 0, 0, 0) == 1 && ::prctl(PR_CAPBSET_DROP, right, 0, 0, 0) != 0 &&
            ::geteuid() == 0)
            return false;
    }
    __user_cap_header_struct head{_LINUX_CAPABILITY_VERSION_3, 0};
    const __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {};
    return ::prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) == 0 &&
           ::syscall(SYS_capset, &head, none) == 0;
}

} // namespace

int landlockVersion()
{
    const long version = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
    return int(std::max(version, 0L));
}

bool keepSignalsAndSocketsInside()
{
    if (landlockVersion() < kVersionWithScopes)
        return true;
    const Handled handled{0, 0, kScopeAbstractSockets | kScopeSignals};
    const int rules = int(::syscall(SYS_landlock_create_ruleset, &handled, sizeof handled, 0));
    const bool isKept = rules >= 0 && ::syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    if (rules >= 0)
        ::close(rules);
    return isKept;
}

std::unique_ptr<ReducedBox> ReducedBox::make(const BoxPolicy &policy, std::string &problem)
{
    const int version = landlockVersion();
    if (version < kOldestVersion || filterProgram(Kind::Reduced).empty()) {
        problem = "the kernel has no Landlock, or an old one";
        return nullptr;
    }
    Handled handled{kWriteFile | kChangeFolder, kBindTcp | kConnectTcp, 0};
    std::uint64_t file = kWriteFile;
    if (version >= kVersionWithDevices) {
        handled.files |= kDeviceControl;
        file |= kDeviceControl;
    }
    if (version >= kVersionWithScopes)
        handled.scopes = kScopeAbstractSockets | kScopeSignals;
    const int rules = int(::syscall(SYS_landlock_create_ruleset, &handled, sizeof handled, 0));
    std::unique_ptr<ReducedBox> box(new ReducedBox(rules));
    if (rules >= 0 && allowAll(rules, policy, handled.files, file))
        return box;
    problem = "the kernel does not take the rules";
    return nullptr;
}

ReducedBox::~ReducedBox()
{
    if (m_rules >= 0)
        ::close(m_rules);
}

bool ReducedBox::enter() const
{
    const std::span<const sock_filter> filter = filterProgram(Kind::Reduced);
    const sock_fprog program{
        static_cast<unsigned short>(filter.size()), const_cast<sock_filter *>(filter.data())};
    return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && dropRights() &&
           ::syscall(SYS_landlock_restrict_self, m_rules, 0) == 0 &&
           ::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0;
}

} // namespace Meanwhile::Box
