// SPDX-License-Identifier: MIT
#pragma once

#include "ui/taskpanel/logtail.h"

#include <QFuture>
#include <QObject>

namespace Meanwhile::Ui {

/// Feeds a log to its view: reads and parses on QtConcurrent, one read at a time, and reports the result on
/// the GUI thread. It has no timer: whoever knows that a log grew calls poll().
///
/// Late results of a source that was changed are dropped.
class LogFeed : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// Starts over with this log; null: none.
    void setSource(std::shared_ptr<LogSource> source);
    /// Reads what is new. Called during a read, it reads again afterwards.
    void poll();
    void requestEarlier(qint64 beforeOffset);
    /// The lines around the one that begins there, wherever that is.
    void requestPart(qint64 aroundOffset);
    /// Reads the end again, as at first.
    void restart();

signals:
    void updated(const Meanwhile::Ui::LogUpdate &update);
    void earlierRead(const QVector<Meanwhile::Ui::LogLine> &lines);
    void partRead(const Meanwhile::Ui::LogPart &part);

private:
    void startNext();
    template <typename T>
    void deliver(const QFuture<T> &future, void (LogFeed::*signal)(const T &));

    std::shared_ptr<LogTail> m_tail;
    quint64 m_generation = 0;
    bool m_reading = false;
    bool m_wantsNew = false;
    bool m_wantsRestart = false;
    qint64 m_wantsBefore = -1;
    qint64 m_wantsAround = -1;
};

} // namespace Meanwhile::Ui
