// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <memory>

namespace Meanwhile::Project {

/// Raised when long work on a worker thread is to end; the worker looks at it often.
using CancelFlag = std::shared_ptr<std::atomic_bool>;

} // namespace Meanwhile::Project
