// SPDX-License-Identifier: MIT
#pragma once

#include "tasks/sealsecret.h"
#include "tasks/task.h"

#include <QByteArray>
#include <QList>

namespace Meanwhile::Testing {

inline QByteArray sealDigits(quint64 seal)
{
    char digits[Runner::kSealDigits];
    Runner::writeSeal(seal, digits);
    return QByteArray(digits, sizeof digits);
}

/// These lines of a `status` as a supervisor with this key keeps them.
inline QByteArray sealedStatus(const QByteArray &text, const Runner::SealKey &key)
{
    QByteArray sealed;
    const QList<QByteArray> lines = text.trimmed().split('\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QByteArray &line = lines.at(i);
        const quint64 seal = Runner::sealOfStatusLine(key, quint64(i), line.constData(), size_t(line.size()));
        sealed += line + " seal=" + sealDigits(seal) + '\n';
    }
    return sealed;
}

/// A `job` as a supervisor with this key keeps it.
inline QByteArray sealedJob(
    const QByteArray &command, const Tasks::ProcessIdentity &supervisor, const Runner::SealKey &key)
{
    const QByteArray boot = QString(supervisor.bootId).remove(u'-').toLatin1().leftJustified(32, '0', true);
    const QByteArray who =
        QByteArray::number(supervisor.pid) + ' ' + QByteArray::number(supervisor.startTicks) + ' ' + boot;
    QByteArray words;
    for (const QByteArray &word :
        {QByteArray("--cwd"), QByteArray("/"), QByteArray("--supervisor"), who, QByteArray("--"), command})
        words += word + '\0';
    const quint64 seal = Runner::sealOfJob(key, words.constData(), size_t(words.size()));
    return "--seal" + QByteArray(1, '\0') + sealDigits(seal) + '\0' + words;
}

} // namespace Meanwhile::Testing
