// SPDX-License-Identifier: MIT
#pragma once

#include "project/filewalk.h"
#include "project/gitruns.h"
#include "project/ripgrep.h"
#include "tools/filetool.h"

#include <QStringList>

namespace Meanwhile::Tools {

/// One call of search_files: names the files of a folder to ripgrep, and puts what it found into an answer.
///
/// The answer says "no line matches" of what was looked at, and names what was not.
/// Used by one thread, off the GUI thread.
class FileSearch {
public:
    struct Request {
        QString regex;
        QString start; ///< a file or folder; empty: the project
        QString glob;
        Project::Reach reach;
        QStringList allowedSecrets; ///< ToolCall::allowedSecrets
    };

    FileSearch(const FileToolParts &parts, Request request, Project::CancelFlag cancelled);

    ToolOutcome run();

private:
    ToolOutcome searchFile(const Project::SearchPattern &pattern, const Project::OpenedFile &file);
    ToolOutcome searchFolder(const Project::SearchPattern &pattern);
    bool isKeptBack(const QString &path) const;
    QByteArrayList searchExactly(const Project::SearchPattern &pattern, const Descriptor &folder);
    void searchLegacy(
        const Project::SearchPattern &pattern, const QByteArrayList &files, const Descriptor &folder);
    QByteArrayList maybeLegacy(const Project::SearchPattern &pattern) const;
    void addUnread(const QStringList &files);
    void leaveOutOthers();
    void leaveOutClosed(const Descriptor &folder);
    void takeFrom(const Project::Ripgrep &search, Project::Ripgrep::End end);
    void sortByAge(const Descriptor &folder);
    bool hasMoreLines() const; ///< in a file than were asked for
    ToolOutcome outcome() const;
    QString notes(qsizetype shown) const;

    FileToolParts m_parts;
    Request m_request;
    Project::CancelFlag m_cancelled;
    QDeadlineTimer m_deadline;
    Project::GitSettingsFiles m_gitSettings;
    QString m_canonicalStart;
    QByteArrayList m_files; ///< that are searched
    QVector<Project::FoundLine> m_lines;
    QStringList m_secret;
    QStringList m_unread;
    QByteArrayList m_binary;
    Project::FileWalk::LeftOut m_leftOut;
    Project::Ripgrep::End m_end = Project::Ripgrep::End::Complete;
    bool m_isFolder = true;
    bool m_hasLineBreak = false;
    QString m_problem;
};

} // namespace Meanwhile::Tools
