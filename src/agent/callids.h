// SPDX-License-Identifier: MIT
#pragma once

#include <QSet>
#include <QString>

namespace Meanwhile::Agent {

/// Call ids, each given out once.
///
/// An id is kept when the providers take it and no call before has it; else another is made from it, the same
/// in every run.
class CallIds {
public:
    /// `length`: see Llm::RequestRules::callIdLength.
    QString unique(const QString &given, int length);

private:
    QSet<QString> m_used;
};

} // namespace Meanwhile::Agent
