// SPDX-License-Identifier: MIT
#pragma once

#include <QHash>
#include <QString>
#include <QStringList>
#include <QVector>

namespace Meanwhile::Architecture {

/// The table of rules.txt, which says what each line means.
struct Rules {
    struct Topic {
        QString name;
        QStringList patterns;
        QStringList places; ///< path prefixes; empty: nowhere
    };
    struct Limit {
        QString what; ///< header, source or function
        QString path;
        int lines = 0;
    };

    QHash<QString, QStringList> rooms; ///< room -> names it may use
    QVector<Topic> topics;
    QVector<Limit> limits;
    QStringList namedBySubject; ///< headers that need not be named after a class
    QStringList mistakes;       ///< lines that say nothing

    static Rules read(const QString &path);
    /// The limit whose path is the longest start of `file`; 0 when there is none.
    int limit(const QString &what, const QString &file) const;
    /// Every room that `room` reaches by its edges, itself only when there is a cycle.
    QStringList reachable(const QString &room) const;
};

} // namespace Meanwhile::Architecture
