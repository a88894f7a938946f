// SPDX-License-Identifier: MIT
#pragma once

#include <QHash>
#include <QStringView>

namespace Meanwhile::Project {

/// How like other texts are to one text: Dice's coefficient over pairs of characters, case ignored.
class Likeness {
public:
    explicit Likeness(QStringView wanted);

    /// 0 nothing in common … 1 the same pairs. Looks at the first 200 characters only.
    double to(QStringView other) const;

private:
    QHash<quint32, int> m_pairs;
    int m_count = 0;
};

} // namespace Meanwhile::Project
