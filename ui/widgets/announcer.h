// SPDX-License-Identifier: MIT
#pragma once

class QString;
class QWidget;

namespace Meanwhile::Ui {

/// Says to a screen reader what happens where the person is not, without moving the focus there.
///
/// Where nobody listens, nothing is sent. Thread: GUI thread; never blocks.
class Announcer {
public:
    enum class Urgency {
        Polite,    ///< after what is being said
        Assertive, ///< at once
    };

    /// Somebody listens: the words are worth being made.
    static bool isHeard();
    /// As coming from `place`.
    static void say(QWidget &place, const QString &words, Urgency urgency = Urgency::Polite);
    /// What `place` opens and closes is open or closed now; its interface tells the state when asked.
    static void sayExpanded(QWidget &place, bool expanded);
};

} // namespace Meanwhile::Ui
