// SPDX-License-Identifier: MIT
#pragma once

#include "tools/filetool.h"
#include "tools/folderlisting.h"

#include <QElapsedTimer>

#include <chrono>
#include <functional>

namespace Meanwhile::Tools {

/// Walks a folder of the project and what is below it: leaves out .git and what is ignored, follows no links,
/// and ends early when it takes too long, meets too much, or is cancelled.
///
/// Used by one thread, off the GUI thread.
class FileWalk {
public:
    static constexpr qsizetype kMaxEntries = 200'000;
    static constexpr int kMaxDepth = 100;

    /// `start` is the path as the model gave it; empty for the project folder.
    FileWalk(const FileToolParts &parts, const QString &start, const Reach &reach, CancelFlag cancelled,
        std::chrono::milliseconds maxTime);

    /// Paths are relative to the start.
    using Wants = std::function<bool(const QString &path, const FolderEntry &entry)>;
    using Visit = std::function<void(const QString &path, const FolderEntry &entry)>;
    /// Visits what `wants` says yes to and no rule ignores; to ask the rules is what takes the time.
    /// `isDeep` false: only what is directly in the start.
    /// Errors: of the start itself; folders below that cannot be read are passed over.
    Result<void> run(bool isDeep, const Wants &wants, const Visit &visit);

    /// False when something was not looked at.
    bool isComplete() const { return m_isComplete; }

private:
    void walk(const Descriptor &folder, const QString &path, int depth);
    bool isIgnored(const QByteArray &path, const FolderEntry &entry);
    bool mayGoOn();
    void openRules();

    FileToolParts m_parts;
    QString m_start;
    Reach m_reach;
    CancelFlag m_cancelled;
    Wants m_wants;
    Visit m_visit;
    std::chrono::milliseconds m_maxTime;
    std::unique_ptr<IgnoreRules> m_rules;
    QByteArray m_rulesPrefix; ///< from where the rules begin to the start
    QElapsedTimer m_elapsed;
    QStringList m_closed; ///< resolved; belongs to no project
    qsizetype m_entries = 0;
    bool m_isDeep = true;
    bool m_isComplete = true;
};

/// `path` below `start`, as the model may give it back.
QString joined(const QString &start, const QString &path);

} // namespace Meanwhile::Tools
