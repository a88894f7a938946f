// SPDX-License-Identifier: MIT
#include "models/transcriptrow.h"

#include <QCoreApplication>

namespace Meanwhile::Models {

using namespace Qt::StringLiterals;

static QString tr(const char *text)
{
    return QCoreApplication::translate("Meanwhile::Models", text);
}

QString imagesText(qsizetype count)
{
    if (count == 0)
        return {};
    return count == 1 ? tr("(with 1 image)") : tr("(with %1 images)").arg(count);
}

QString summaryText(const TranscriptRow &row)
{
    if (row.elapsed.isEmpty())
        return row.summary;
    return row.summary + (row.tone == Tone::Done ? u" "_s : u" · "_s) + row.elapsed;
}

QString plainText(const TranscriptRow &row)
{
    switch (row.kind) {
    case TranscriptRow::Kind::Person:
        return (tr("You: %1").arg(row.text) + u' ' + imagesText(row.images.size())).trimmed();
    case TranscriptRow::Kind::Queued:
        return row.isHeld ? tr("You, held until you send it: %1").arg(row.text)
                          : tr("You, waiting for the next request: %1").arg(row.text);
    case TranscriptRow::Kind::Thinking:
        return tr("Thinking: %1").arg(row.text);
    case TranscriptRow::Kind::Error:
        return tr("Error: %1").arg(row.text);
    case TranscriptRow::Kind::ToolCall: {
        QStringList words{row.verb, row.subject};
        words.removeAll(QString());
        QStringList parts{words.join(u' '), row.outsideTip, summaryText(row)};
        parts.removeAll(QString());
        return parts.join(u", "_s);
    }
    case TranscriptRow::Kind::Retry:
    case TranscriptRow::Kind::Answer:
    case TranscriptRow::Kind::Delivered:
    case TranscriptRow::Kind::Notice:
    case TranscriptRow::Kind::Restored:
        break;
    }
    return row.text;
}

} // namespace Meanwhile::Models
