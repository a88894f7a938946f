// SPDX-License-Identifier: MIT
#include "bench/table.h"

#include <algorithm>
#include <cstdio>

namespace Meanwhile::Bench {

using namespace Qt::StringLiterals;

namespace {

QString number(std::optional<double> value)
{
    if (!value)
        return u"-"_s;
    return QString::number(*value, 'f', *value >= 1'000 ? 0 : *value >= 100 ? 1 : 2);
}

QString aimOf(const Figure &figure)
{
    QStringList parts;
    if (figure.maxRatio)
        parts += u"≤ %1×"_s.arg(*figure.maxRatio);
    if (figure.maxValue)
        parts += u"≤ "_s + number(figure.maxValue) + u' ' + figure.unit;
    return parts.join(u", "_s);
}

void line(const QStringList &cells)
{
    std::printf("%s %s %s %s  %s %s\n", qPrintable(cells.at(0).leftJustified(52)),
        qPrintable(cells.at(1).rightJustified(14)), qPrintable(cells.at(2).rightJustified(10)),
        qPrintable(cells.at(3).rightJustified(7)), qPrintable(cells.at(4).leftJustified(16)),
        qPrintable(cells.at(5)));
    std::fflush(stdout);
}

} // namespace

bool Figure::isMet() const
{
    if (!value || (maxRatio && !floor))
        return false;
    return (!maxRatio || *value <= *maxRatio * *floor) && (!maxValue || *value <= *maxValue);
}

double median(QVector<double> values)
{
    if (values.isEmpty())
        return 0;
    std::sort(values.begin(), values.end());
    const qsizetype middle = values.size() / 2;
    return values.size() % 2 ? values.at(middle) : (values.at(middle - 1) + values.at(middle)) / 2;
}

void printHead()
{
    line({u"figure"_s, u"measured"_s, u"floor"_s, u"ratio"_s, u"aim"_s, QString()});
}

void print(const Figure &figure)
{
    const std::optional<double> ratio = figure.value && figure.floor && *figure.floor > 0
                                            ? std::optional(*figure.value / *figure.floor)
                                            : std::nullopt;
    const QString verdict = figure.isMet() ? u"ok"_s : u"SHORT"_s;
    line({figure.what, number(figure.value) + u' ' + figure.unit, number(figure.floor), number(ratio),
        aimOf(figure), figure.note.isEmpty() ? verdict : verdict + u" ("_s + figure.note + u')'});
}

} // namespace Meanwhile::Bench
