// SPDX-License-Identifier: MIT
#pragma once

#include "checkpoints/diskcheckpointstore.h"

#include <QMap>
#include <QTemporaryDir>

namespace Meanwhile::Testing {

/// A project folder, a state folder beside it, and the checkpoints over both.
class ProjectBench {
public:
    explicit ProjectBench(const Checkpoints::ScanLimits &limits = {});

    QString path(const QString &name = {}) const;
    QString statePath(const QString &name = {}) const;
    void put(const QString &name, const QByteArray &bytes, quint32 mode = 0644) const;
    void link(const QByteArray &target, const QString &name) const;
    void remove(const QString &name) const;
    QByteArray contentOf(const QString &name) const;
    uint modeOf(const QString &name) const;
    /// Every path below the project with its mode and its content or target; names below these are left out.
    QMap<QByteArray, QByteArray> everything(const QStringList &but = {}) const;
    void git(const QStringList &arguments, const QString &folder = {}) const;

    /// As if the program had been started again.
    void startAgain();
    Checkpoints::Checkpoint take(const QString &label = {});
    Checkpoints::FileChanges changes(const QString &from, const QString &to = {});
    Checkpoints::Restored restore(const QString &id, const QByteArrayList &only = {});

    static bool never() { return false; }

private:
    QTemporaryDir m_root;
    Checkpoints::ScanLimits m_limits;

public:
    std::unique_ptr<Checkpoints::DiskCheckpointStore> folder;
};

} // namespace Meanwhile::Testing
