// SPDX-License-Identifier: MIT
#pragma once

#include "ui/taskpanel/logsearch.h"

#include <QObject>

#include <memory>
#include <optional>

namespace Meanwhile::Ui {

/// Searches one log at a time on QtConcurrent; a new search ends the one before it.
///
/// Thread: GUI thread. Late results of another log or another text are dropped.
class LogFinder : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;
    ~LogFinder() override;

    /// Nobody else may read from this one; null: none.
    void setSource(std::shared_ptr<LogSource> source);
    void search(const QString &text);
    void cancel();

signals:
    void found(const Meanwhile::Ui::LogMatches &matches);

private:
    void start();

    std::shared_ptr<LogSource> m_source;
    std::shared_ptr<std::atomic_bool> m_isCancelled; ///< of the search under way; null: none is
    std::optional<QString> m_wanted;                 ///< to be searched as soon as that has ended
};

} // namespace Meanwhile::Ui
