// SPDX-License-Identifier: MIT
#include "conversation/olderresults.h"

#include <QHash>
#include <QRegularExpression>

namespace Meanwhile::Conversation {

using namespace Qt::StringLiterals;

static void tieOlderResult(ToolResultBlock &result, const QString &tool)
{
    static const QRegularExpression kGoesOn(
        u"\\A(?:Background task|The command is still running and continues as background task|Interrupted: "
        u"the program ended [^\\n]*The command was task) ([0-9a-f]{8})\\b"_s);
    if (tool != u"bash"_s && tool != u"background_run"_s)
        return;
    if (tool == u"bash"_s && result.toldNews.size() == 1) {
        result.taskId = result.toldNews.first().taskId;
    } else if (const auto match = kGoesOn.match(result.text); match.hasMatch()) {
        result.taskId = match.captured(1);
        result.continues = true;
    }
}

void tieOlderResults(QVector<Message> &messages)
{
    QHash<QString, QString> tools;
    for (Message &message : messages) {
        for (const ToolCallBlock &call : toolCalls(message))
            tools.insert(call.id, call.name);
        if (message.role != Role::User)
            continue;
        for (ContentBlock &block : message.content) {
            auto *result = std::get_if<ToolResultBlock>(&block);
            if (result && result->taskId.isEmpty())
                tieOlderResult(*result, tools.value(result->callId));
        }
    }
}

} // namespace Meanwhile::Conversation
