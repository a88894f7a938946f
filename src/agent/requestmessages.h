// SPDX-License-Identifier: MIT
#pragma once

#include "agent/callids.h"
#include "agent/imagebudget.h"
#include "conversation/message.h"

#include <QHash>

namespace Meanwhile::Agent {

/// What later records say about the messages of a history.
struct Amendments {
    QString lead;                      ///< stands before the first message
    qsizetype outputsBefore = 0;       ///< what tools answered in messages before this index is left out
    qsizetype longArgumentsBefore = 0; ///< long arguments of calls likewise
    qsizetype longWordsBefore = 0;     ///< and long words of the person
    /// By message id: which blocks (-1: all) the provider refused.
    QHash<QString, QVector<Conversation::OmissionBlock>> refused;
};

/// The messages of a request, derived from those of a history one after another.
///
/// Invariants, for any messages whatever: roles alternate, beginning with the user's (an answer that paused
/// may be followed by its continuation); every call is answered in the very next message, in order, and
/// nothing else is; call ids are unique; nothing is empty. Each is settled when its message is added and does
/// not change with later ones: the messages only grow. What has to be said to keep roles alternating, or in
/// place of something that cannot be sent, is a sentence in brackets.
class RequestMessages {
public:
    RequestMessages(Llm::RequestRules rules, QString model, Amendments amendments);

    /// `index` is the message's place in the history. Records and broken answers add nothing.
    void add(const Conversation::Message &message, qsizetype index);
    const QVector<Conversation::Message> &messages() const { return m_messages; }
    /// What must stand after the messages for a provider to answer; it is there for one request only. Empty
    /// for a history that ends with what the user side says.
    QVector<Conversation::Message> tail() const;

    /// An image that was sent before must go: everything has to be added again, after restart().
    bool mustRestart() const { return m_images.isOver(); }
    void restart();

    /// Where a block of messages() comes from.
    struct Source {
        QString messageId;         ///< in the history; empty for what was made up
        QVector<qsizetype> blocks; ///< for each block its index there; -1 for what was made up
    };
    const Source &source(qsizetype message) const { return m_sources.at(message); }

private:
    struct Draft {
        Conversation::Message message;
        Source source;

        void add(Conversation::ContentBlock block, qsizetype from);
        void say(const QString &text, qsizetype from);
    };
    struct OpenCall {
        QString given;
        QString sent;
        QString note; // about arguments that could not be sent
    };

    void addAnswer(const Conversation::Message &message);
    void addAnswerBlock(Draft &draft, const Conversation::Message &message, qsizetype block);
    void addCall(Draft &draft, Conversation::ToolCallBlock call, bool isForeign, qsizetype block);
    void addUser(const Conversation::Message &message, qsizetype index);
    QVector<bool> addResults(Draft &draft, const Conversation::Message &message, qsizetype index);
    void addOrphan(Draft &draft, const Conversation::ToolResultBlock &result, qsizetype block);
    void addWords(
        Draft &draft, const Conversation::Message &message, qsizetype index, const QVector<bool> &isTaken);
    Conversation::ToolResultBlock sendable(
        Conversation::ToolResultBlock result, const Conversation::OmissionBlock *refusal, qsizetype index);
    const Conversation::OmissionBlock *refusal(const Conversation::Message &message, qsizetype block) const;

    Draft draftFor(const Conversation::Message &message) const;
    Draft madeUp(Conversation::Role role, const QString &id, const QString &text) const;
    Draft unanswered(const QString &id) const;
    void append(Draft draft);
    bool endsIn(Conversation::Role role) const;
    bool isPaused() const;

    Llm::RequestRules m_rules;
    QString m_model;
    Amendments m_amendments;
    QString m_lead;
    ImageBudget m_images;
    CallIds m_ids;
    qsizetype m_index = 0;    // of the message being added
    QVector<OpenCall> m_open; // of the last answer
    QVector<Conversation::Message> m_messages;
    QVector<Source> m_sources;
};

} // namespace Meanwhile::Agent
