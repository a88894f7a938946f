// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/history.h"

namespace Meanwhile::Conversation {

/// What a session is called beside its messages.
struct ExportHead {
    QString id;
    QString title; ///< may be empty
    QString project;
};

// Thread: any; a long session takes a while, so not the GUI thread.

/// The session as a document for people, in UTF-8: who says what, the tools' calls with their results folded,
/// and notes in place of images and of what only a provider can read.
///
/// No text reaches beyond its place: fences are longer than any in it, the person's words and what does not
/// end what it begins stand in a quote. What a tool was given or has answered is clipped to
/// kMaxExportedToolChars each.
QByteArray toMarkdown(const History &history, const ExportHead &head);
inline constexpr qsizetype kMaxExportedToolChars = 10'000;

/// All there is, images included, in the form in which messages are stored: {"format": "meanwhile.session",
/// "version": 1, …, "messages": […]}. The same history gives the same bytes.
QByteArray toJsonText(const History &history, const ExportHead &head);

/// A file's name for what is called so, without its ending: no separators, nothing hidden, not too long.
QString fileNameFor(const QString &title);

} // namespace Meanwhile::Conversation
