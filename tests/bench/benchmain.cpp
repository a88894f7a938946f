// SPDX-License-Identifier: MIT
// Every figure beside its floor and its aim, from outside, with a scripted model on 127.0.0.1:
//
//   bench_meanwhile --programs FOLDER --floors FOLDER [--only startup,turns,…]
//
// Exit status 1 when a figure falls short. A busy machine makes all of them larger: run it again before you
// believe one line.
#include "bench/figures.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>

#include <cstdio>

using namespace Meanwhile::Bench;
using namespace Qt::StringLiterals;

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    const QCommandLineOption programs(u"programs"_s, u"Where meanwhile is."_s, u"folder"_s);
    const QCommandLineOption floors(u"floors"_s, u"Where the floor programs are."_s, u"folder"_s);
    const QCommandLineOption only(u"only"_s, u"Measure these alone."_s, u"names"_s);
    parser.addOptions({programs, floors, only});
    parser.addHelpOption();
    parser.process(app);

    Places places;
    places.programs = QDir(parser.value(programs)).absolutePath();
    places.floors = QDir(parser.value(floors)).absolutePath();
    const QStringList chosen = parser.value(only).split(u',', Qt::SkipEmptyParts);
    const QVector<QPair<QString, QVector<Figure> (*)(const Places &)>> subjects{
        {u"startup"_s, measureStartup},
        {u"turns"_s, measureTurns},
        {u"taskends"_s, measureTaskEnds},
        {u"makespan"_s, measureMakespan},
        {u"flood"_s, measureFlood},
        {u"parsing"_s, measureParsing},
        {u"requests"_s, measureRequests},
        {u"window"_s, measureWindow},
        {u"streaming"_s, measureStreaming},
        {u"slowdisk"_s, measureSlowDisk},
        {u"longsession"_s, measureLongSession},
        {u"manytasks"_s, measureManyTasks},
        {u"manysessions"_s, measureManySessions},
        {u"search"_s, measureSearch},
    };
    bool isAllMet = true;
    printHead();
    for (const auto &[name, measure] : subjects) {
        if (!chosen.isEmpty() && !chosen.contains(name))
            continue;
        for (const Figure &figure : measure(places)) {
            print(figure);
            isAllMet = isAllMet && figure.isMet();
        }
    }
    return isAllMet ? 0 : 1;
}
