// SPDX-License-Identifier: MIT
#include "app/window/forkpoint.h"

#include <QStringList>

namespace Meanwhile::App {

QString forkPoint(const Conversation::History &history, const QString &rowId)
{
    const auto calls = [](const Conversation::Message &message) {
        QStringList ids;
        for (const Conversation::ContentBlock &block : message.content) {
            if (const auto *call = std::get_if<Conversation::ToolCallBlock>(&block))
                ids += call->id;
        }
        return ids;
    };
    const QVector<Conversation::Message> &messages = history.messages();
    for (qsizetype i = 0; i < messages.size(); ++i) {
        const QStringList made = calls(messages.at(i));
        if (messages.at(i).id != rowId && !made.contains(rowId))
            continue;
        const bool goesOn = !made.isEmpty() && i + 1 < messages.size();
        return messages.at(goesOn ? i + 1 : i).id;
    }
    return {};
}

} // namespace Meanwhile::App
