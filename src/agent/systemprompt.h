// SPDX-License-Identifier: MIT
#pragma once

#include <QDate>
#include <QString>

namespace Meanwhile::Agent {

struct PromptFacts {
    QString projectFolder;
    QString platform; ///< e.g. "Debian GNU/Linux 12"
    QDate today;
};

/// What every conversation begins with: who the model is, how tasks and their results work, whose words
/// count. The same facts give the same bytes.
QString systemPrompt(const PromptFacts &facts);

} // namespace Meanwhile::Agent
