// SPDX-License-Identifier: MIT
#pragma once

namespace Meanwhile::Models {
class TranscriptModel;
}

namespace Meanwhile::Testing {

/// A conversation that shows every kind of row, by the events that make them.
void playSampleConversation(Models::TranscriptModel &model);

/// `count` rows of mixed kinds and sizes.
void playLongConversation(Models::TranscriptModel &model, int count);

} // namespace Meanwhile::Testing
