// SPDX-License-Identifier: MIT
#pragma once

#include "base/descriptor.h"
#include "base/result.h"

#include <QString>

#include <functional>
#include <memory>
#include <mutex>

namespace Meanwhile::Project {

/// The project folder as it was when it was opened, which every tool and command looks at before it is used.
///
/// A folder is known by what it is, not by its name alone: once another one, or none, is at its path, nothing
/// is read, written or run until the same one is back or reopen() was called.
/// Thread: any; each call is one or two system calls.
/// Errors: Conflict, with words for the model and for the person alike.
class ProjectRoot {
public:
    using Descriptors = std::shared_ptr<const Descriptor>;

    explicit ProjectRoot(const QString &folder);

    QString folder() const { return m_folder; }
    /// The open folder (O_PATH), while it still is what its path leads to.
    Result<Descriptors> hold() const;
    Result<void> check() const;
    /// What is at the path now is the project from here on: the person opened it again.
    void reopen();
    /// Told once each time the folder is found to be gone, on the thread that found it.
    void setLostHandler(std::function<void(const Error &)> handler);

private:
    Descriptors currentOrFirst() const;
    void tellLost(const Error &error) const;

    QString m_folder;
    mutable std::mutex m_mutex;
    mutable Descriptors m_opened;
    mutable bool m_isLost = false;
    std::function<void(const Error &)> m_lostHandler;
};

} // namespace Meanwhile::Project
