// SPDX-License-Identifier: MIT
#pragma once

#include "bench/run.h"
#include "bench/table.h"

namespace Meanwhile::Bench {

// Each measures one subject and its floor in turns, so that both meet the same weather, and prints its lines.
QVector<Figure> measureStartup(const Places &places);
QVector<Figure> measureTurns(const Places &places);
QVector<Figure> measureTaskEnds(const Places &places);
QVector<Figure> measureMakespan(const Places &places);
QVector<Figure> measureFlood(const Places &places);
QVector<Figure> measureParsing(const Places &places);
QVector<Figure> measureRequests(const Places &places);
QVector<Figure> measureWindow(const Places &places);
QVector<Figure> measureStreaming(const Places &places);
QVector<Figure> measureSlowDisk(const Places &places);
QVector<Figure> measureLongSession(const Places &places);
QVector<Figure> measureManyTasks(const Places &places);
QVector<Figure> measureManySessions(const Places &places);
QVector<Figure> measureSearch(const Places &places);

} // namespace Meanwhile::Bench
