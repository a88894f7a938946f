// SPDX-License-Identifier: MIT
#include "models/recordrows.h"

#include "conversation/ending.h"
#include "models/transcriptmodel.h"
#include "models/visibletext.h"

namespace Meanwhile::Models {

using namespace Qt::StringLiterals;
using Kind = TranscriptRow::Kind;
using Remedy = TranscriptRow::Remedy;

static constexpr qsizetype kWordsChars = 48;

static Remedy remedyFor(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Authentication:
    case ErrorKind::UnknownModel:
        return Remedy::OpenSettingsOrRetry;
    case ErrorKind::BadRequest:
    case ErrorKind::InvalidArgument:
    case ErrorKind::TooLarge:
    case ErrorKind::Unsupported:
    case ErrorKind::Cancelled:
        return Remedy::None;
    default:
        return Remedy::Retry;
    }
}

static QString omittedText(const Conversation::OmissionBlock &omission)
{
    if (omission.what == Conversation::OmissionBlock::What::OutputsBefore)
        return TranscriptModel::tr(
            "Older outputs of tools are left out for the model from here on, to make room.");
    if (omission.what == Conversation::OmissionBlock::What::LongTexts)
        return TranscriptModel::tr(
            "Long arguments of calls, and long messages before your last one, are left "
            "out for the model from here on, to make room.");
    const QString text = TranscriptModel::tr(
        "The provider refused a part of the conversation. The conversation continues without that part.");
    return omission.reason.isEmpty()
               ? text
               : text + u' ' + TranscriptModel::tr("The provider said: %1").arg(omission.reason);
}

RecordRows::RecordRows(RowList &rows, WaitingRow &waiting, const MessageRows &messages)
    : m_rows(rows)
    , m_waiting(waiting)
    , m_messages(messages)
{
}

// What the model is sent changes with a record; what was said stays on the screen.
void RecordRows::addRecord(const Conversation::Message &record, Source source)
{
    for (const Conversation::ContentBlock &block : record.content) {
        const bool isOfTurn = !std::holds_alternative<Conversation::RestoreBlock>(block);
        if (source == Source::Stored && isOfTurn)
            dropRemedies(); // as the beginning of that turn did
        if (std::holds_alternative<Conversation::CompactionBlock>(block)) {
            m_rows.addNotice(TranscriptModel::tr(
                "From here on, the model works with a summary of the conversation above and with your own "
                "messages word for word. You can still read all of it here."));
        } else if (const auto *restore = std::get_if<Conversation::RestoreBlock>(&block)) {
            const WaitingRow::TaskWait wait = m_waiting.taskWait();
            m_rows.append(makeRow(Kind::Restored, restore->undo, restoredText(*restore)));
            m_waiting.waitForTasks(wait);
        } else if (const auto *omission = std::get_if<Conversation::OmissionBlock>(&block)) {
            m_rows.addNotice(omittedText(*omission));
        } else if (const auto *failed = std::get_if<Conversation::FailureBlock>(&block)) {
            if (source == Source::Stored)
                addFailure(failed->kind, failed->words);
        } else if (const auto *end = std::get_if<Conversation::EndBlock>(&block)) {
            if (end->why == Conversation::EndBlock::Why::Stopped)
                addStopped();
        }
    }
    addEnding(record);
}

void RecordRows::closeAnswer(const Conversation::Message &message, Source source)
{
    const bool isBroken = message.completeness == Conversation::Completeness::Broken;
    m_isPartialKept = message.completeness == Conversation::Completeness::Stopped;
    if (isBroken)
        m_rows.addNotice(TranscriptModel::tr("The reply was cut off here."));
    if (!isBroken || source == Source::Live)
        addEnding(message);
}

void RecordRows::beginTurn()
{
    m_isPartialKept = m_isStopShown = false;
}

void RecordRows::sayStopped()
{
    if (!m_isStopShown)
        addStopped();
}

void RecordRows::addStopped()
{
    m_rows.addNotice(m_isPartialKept ? TranscriptModel::tr("Stopped. The partial answer above was kept.")
                                     : TranscriptModel::tr("Stopped."));
    m_isPartialKept = false;
    m_isStopShown = true;
}

void RecordRows::addFailure(ErrorKind kind, const QString &words)
{
    TranscriptRow row = makeRow(Kind::Error, {}, words);
    row.remedy = remedyFor(kind);
    m_rows.append(std::move(row));
}

void RecordRows::addEnding(const Conversation::Message &message)
{
    const auto ending = Conversation::endingOf(message);
    if (!ending)
        return;
    TranscriptRow row = makeRow(ending->isFailure ? Kind::Error : Kind::Notice, {}, ending->words);
    if (ending->canContinue)
        row.remedy = TranscriptRow::Remedy::GoOn;
    m_rows.append(std::move(row));
}

void RecordRows::dropRemedies()
{
    using enum TranscriptRow::Remedy;
    for (int i = m_rows.bodyEnd() - 1; i >= m_messages.answerFrom(); --i) {
        TranscriptRow &row = m_rows.at(i);
        const Remedy left = row.remedy == Retry || row.remedy == GoOn ? None
                            : row.remedy == OpenSettingsOrRetry       ? OpenSettings
                                                                      : row.remedy;
        if (row.kind == Kind::Error && left != row.remedy) {
            row.remedy = left;
            m_rows.changed(i);
        }
    }
}

QString RecordRows::restoredText(const Conversation::RestoreBlock &restore) const
{
    QString said;
    for (int i = 0; i < m_rows.size(); ++i) {
        const TranscriptRow &row = m_rows.at(i);
        if (row.kind == Kind::Person && row.id == restore.before) {
            said = row.text;
            break;
        }
    }
    const bool isOne = restore.files == 1;
    QString text;
    if (restore.before.isEmpty()) {
        text = isOne ? TranscriptModel::tr("The restore was undone: 1 file is back.")
                     : TranscriptModel::tr("The restore was undone: %1 files are back.").arg(restore.files);
    } else if (said.trimmed().isEmpty()) {
        text = isOne ? TranscriptModel::tr("Restored 1 file to its state before an earlier message.")
                     : TranscriptModel::tr("Restored %1 files to their state before an earlier message.")
                           .arg(restore.files);
    } else {
        const QString words = visibleLine(said, kWordsChars);
        text = isOne ? TranscriptModel::tr("Restored 1 file to its state before “%1”.").arg(words)
                     : TranscriptModel::tr("Restored %1 files to their state before “%2”.")
                           .arg(QString::number(restore.files), words);
    }
    if (restore.leftAlone > 0)
        text +=
            u' ' + (restore.leftAlone == 1
                           ? TranscriptModel::tr("1 file could not be restored.")
                           : TranscriptModel::tr("%1 files could not be restored.").arg(restore.leftAlone));
    return text;
}

} // namespace Meanwhile::Models
