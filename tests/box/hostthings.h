// SPDX-License-Identifier: MIT
#pragma once

#include "boxworld.h"

#include <QVector>

namespace Meanwhile::Testing {

/// What a host has outside of any box: a process of the person's, listeners of every kind, shared memory.
/// Sets variables of the world that name them.
class HostThings {
public:
    explicit HostThings(BoxWorld &world);
    HostThings(const HostThings &) = delete;
    HostThings &operator=(const HostThings &) = delete;
    ~HostThings();

    bool isWhole() const { return m_problem.isEmpty(); }
    QString problem() const { return m_problem; }
    /// What an attempt without a box may have changed.
    void restore();

private:
    void listenAtPort();
    void listenAt(const QString &path);
    void listenAbstract(const QString &name);
    void shareMemory(const QString &mark);
    void makeSuperuserProgram();
    void expect(bool isSo, const char *what);
    void startVictim();

    BoxWorld &m_world;
    QProcess m_victim;
    QProcess m_supervisor;
    QVector<int> m_sockets;
    QStringList m_files;
    int m_memory = -1;
    QString m_problem;
};

} // namespace Meanwhile::Testing
