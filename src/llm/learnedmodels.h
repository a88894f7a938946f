// SPDX-License-Identifier: MIT
#pragma once

#include "llm/modelinfo.h"

#include <QMap>
#include <QUrl>
#include <QVector>

namespace Meanwhile::Llm {

/// What providers have said of their models in their own lists, by address: what the catalogue cannot know of
/// a gateway or of a server on this computer.
///
/// A value; load() and save() are the file `models.json` in StatePaths::state, so that what was once listed
/// is known at the next start without asking. A missing or damaged file is an empty one.
class LearnedModels {
public:
    /// Takes over this list and keeps what an earlier one said about models that are still in it. False when
    /// nothing changed.
    bool learn(const QUrl &address, const QVector<ModelInfo> &models);
    /// Fields that no list has given are unknown.
    ModelFacts factsFor(const QUrl &address, const QString &model) const;

    static LearnedModels load(const QString &stateFolder);
    /// Blocks for one small file: call it off the GUI thread.
    void save(const QString &stateFolder) const;

    bool operator==(const LearnedModels &) const = default;

private:
    QMap<QString, QMap<QString, ModelFacts>> m_facts; ///< by address, by id
};

} // namespace Meanwhile::Llm
