// SPDX-License-Identifier: MIT
#pragma once

#include "runner/seal.h"

#include <QByteArray>
#include <QString>

namespace Meanwhile::Tasks {

/// What this program knows its own tasks' folders by. A supervisor seals what it keeps with a key made of
/// this secret and of the task's folder; what another program has put there, or has copied from another task,
/// does not fit. A value.
///
/// The limit: the secret lies beside what it protects, for whoever runs as the same person and looks for it.
class SealSecret {
public:
    /// One of its own: what other runs of the program have sealed does not fit.
    static SealSecret random();
    /// The one in this folder's `seal.key`, made if there is none, also when two programs do that at once;
    /// one of its own where that cannot be. Blocks for one small file.
    static SealSecret inFolder(const QString &stateFolder);

    /// Writes the file again where it was removed meanwhile, so that this run's results are known to the next
    /// one. Blocks for one small file.
    void keep() const;

    /// For the task in `…/session/id`; the folder above may move.
    Runner::SealKey keyFor(const QString &taskFolder) const;
    /// As a supervisor is told it.
    static QByteArray digitsOf(const Runner::SealKey &key);

private:
    explicit SealSecret(QByteArray bytes, QString stateFolder = {});

    QByteArray m_bytes;
    QString m_stateFolder; ///< empty: of its own
};

} // namespace Meanwhile::Tasks
