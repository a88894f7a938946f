// SPDX-License-Identifier: MIT
#include "conversation/ending.h"
#include "models/transcriptmodelprivate.h"
#include "models/visibletext.h"

#include <algorithm>

// What is a fact about the conversation and said by nobody.

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
    const QString text =
        TranscriptModel::tr("The provider refused a part of the conversation. It goes on without that part.");
    return omission.reason.isEmpty()
               ? text
               : text + u' ' + TranscriptModel::tr("The provider said: %1").arg(omission.reason);
}

// What the model is sent changes with a record; what was said stays on the screen.
void TranscriptModel::Private::addRecord(const Conversation::Message &record, Source source)
{
    for (const Conversation::ContentBlock &block : record.content) {
        const bool isOfTurn = !std::holds_alternative<Conversation::RestoreBlock>(block);
        if (source == Source::Stored && isOfTurn)
            dropRemedies(answerFrom); // as the beginning of that turn did
        if (std::holds_alternative<Conversation::CompactionBlock>(block)) {
            addNotice(tr("From here on the model has a summary of what is above, with your "
                         "words as you wrote them. All of it stays readable here."));
        } else if (const auto *restore = std::get_if<Conversation::RestoreBlock>(&block)) {
            const auto [waited, served] = std::pair(waitingFor, serving);
            appendBody(makeRow(Kind::Restored, restore->undo, restoredText(*restore)));
            waitForTasks(waited, served, waitsAfterStop);
        } else if (const auto *omission = std::get_if<Conversation::OmissionBlock>(&block)) {
            addNotice(omittedText(*omission));
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

void TranscriptModel::Private::addStopped()
{
    addNotice(partialKept ? tr("Stopped. The partial answer above was kept.") : tr("Stopped."));
    partialKept = false;
    stopShown = true;
}

void TranscriptModel::Private::addBroken()
{
    addNotice(tr("The reply was cut off here."));
}

void TranscriptModel::Private::addFailure(ErrorKind kind, const QString &words)
{
    TranscriptRow row = makeRow(Kind::Error, {}, words);
    row.remedy = remedyFor(kind);
    appendBody(std::move(row));
}

void TranscriptModel::Private::addEnding(const Conversation::Message &message)
{
    const auto ending = Conversation::endingOf(message);
    if (!ending)
        return;
    TranscriptRow row = makeRow(ending->isFailure ? Kind::Error : Kind::Notice, {}, ending->words);
    if (ending->canContinue)
        row.remedy = TranscriptRow::Remedy::GoOn;
    appendBody(std::move(row));
}

void TranscriptModel::Private::dropRemedies(int from)
{
    using enum TranscriptRow::Remedy;
    for (int i = bodyEnd() - 1; i >= from; --i) {
        TranscriptRow &row = entries.at(size_t(i)).row;
        const Remedy left = row.remedy == Retry || row.remedy == GoOn ? None
                            : row.remedy == OpenSettingsOrRetry       ? OpenSettings
                                                                      : row.remedy;
        if (row.kind == Kind::Error && left != row.remedy) {
            row.remedy = left;
            changed(i);
        }
    }
}

QString TranscriptModel::Private::restoredText(const Conversation::RestoreBlock &restore) const
{
    const auto said = std::find_if(entries.begin(), entries.end(),
        [&](const Entry &entry) { return entry.row.kind == Kind::Person && entry.row.id == restore.before; });
    const bool isOne = restore.files == 1;
    QString text;
    if (restore.before.isEmpty()) {
        text = isOne ? tr("The restore was undone: 1 file is back.")
                     : tr("The restore was undone: %1 files are back.").arg(restore.files);
    } else if (said == entries.end() || said->row.text.trimmed().isEmpty()) {
        text = isOne ? tr("Restored 1 file to its state before an earlier message.")
                     : tr("Restored %1 files to their state before an earlier message.").arg(restore.files);
    } else {
        const QString words = visibleLine(said->row.text, kWordsChars);
        text = isOne ? tr("Restored 1 file to its state before “%1”.").arg(words)
                     : tr("Restored %1 files to their state before “%2”.")
                           .arg(QString::number(restore.files), words);
    }
    if (restore.leftAlone > 0)
        text +=
            u' ' + (restore.leftAlone == 1 ? tr("1 file could not be restored.")
                                           : tr("%1 files could not be restored.").arg(restore.leftAlone));
    return text;
}

} // namespace Meanwhile::Models
