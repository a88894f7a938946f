// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <QVector>

#include <variant>

namespace Meanwhile::Conversation {

struct TextBlock {
    QString text;

    bool operator==(const TextBlock &) const = default;
};

/// The model's reasoning. `raw` is the whole block as the provider sent it (compact JSON, signature included)
/// and goes back unchanged; `text` is what a person may read, possibly empty.
struct ThinkingBlock {
    QString text;
    QByteArray raw;

    bool operator==(const ThinkingBlock &) const = default;
};

/// A complete call of a tool. `input` is the arguments as the provider sent them: normally one JSON object in
/// UTF-8, but kept as received when it is not. `raw` is the whole block where it holds more than these three.
struct ToolCallBlock {
    QString id;
    QString name;
    QByteArray input;
    QByteArray raw;

    bool operator==(const ToolCallBlock &) const = default;
};

struct ImageBlock {
    QString mediaType; ///< image/png, image/jpeg, image/gif or image/webp
    QByteArray bytes;  ///< the file's bytes, not base64
    QString name = {}; ///< what the person or the model calls it, e.g. a path; never sent with the image

    bool operator==(const ImageBlock &) const = default;
};

struct ToolResultBlock {
    QString callId;
    QString text;
    bool isError = false;
    QVector<ImageBlock> images;
    /// Tasks whose end this answer was the first to tell; kept for the outbox, never sent.
    QStringList taskIds = {};

    bool operator==(const ToolResultBlock &) const = default;
};

/// Finished tasks told to the model: the whole <background-results> element, and which tasks it speaks of.
struct NotificationBlock {
    QStringList taskIds;
    QString text;

    bool operator==(const NotificationBlock &) const = default;
};

/// Anything a provider sent that this program does not understand; goes back unchanged.
struct OpaqueBlock {
    QString type;
    QByteArray raw;

    bool operator==(const OpaqueBlock &) const = default;
};

using ContentBlock = std::variant<TextBlock, ThinkingBlock, ToolCallBlock, ToolResultBlock, ImageBlock,
    NotificationBlock, OpaqueBlock>;

} // namespace Meanwhile::Conversation
