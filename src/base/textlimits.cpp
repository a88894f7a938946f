// SPDX-License-Identifier: MIT
#include "base/textlimits.h"

#include <QLocale>

#include <algorithm>

namespace Meanwhile {

using namespace Qt::StringLiterals;

QString clipMiddle(const QString &text, qsizetype maxChars)
{
    if (text.size() <= maxChars)
        return text;
    qsizetype head = maxChars / 2;
    qsizetype tail = text.size() - (maxChars - head);
    if (head > 0 && text.at(head - 1).isHighSurrogate())
        --head;
    if (tail < text.size() && text.at(tail).isLowSurrogate())
        ++tail;
    return text.first(head) + u"\n[… %1 characters left out …]\n"_s.arg(tail - head) + text.sliced(tail);
}

QString cleanText(QByteArrayView bytes)
{
    QString text = QString::fromUtf8(bytes);
    const auto unwanted = [](QChar c) {
        const char16_t u = c.unicode();
        return (u < 0x20 && u != '\n' && u != '\t' && u != '\r') || u == 0x7f;
    };
    text.removeIf(unwanted);
    return text;
}

QString formatBytes(qint64 bytes)
{
    if (bytes < 1000)
        return u"%1 B"_s.arg(bytes);
    double value = double(bytes);
    for (const auto *unit : {"KB", "MB", "GB", "TB"}) {
        value /= 1000;
        if (value < 999.5 || qstrcmp(unit, "TB") == 0)
            return u"%1 %2"_s.arg(QString::number(value, 'f', value < 9.95 ? 1 : 0), QLatin1StringView(unit));
    }
    return {};
}

QString formatCount(qint64 number)
{
    return QLocale(QLocale::English, QLocale::UnitedStates).toString(number);
}

QString formatDuration(qint64 milliseconds)
{
    const qint64 seconds = milliseconds / 1000;
    if (seconds < 60)
        return u"%1 s"_s.arg(seconds);
    if (seconds < 3600)
        return u"%1 min %2 s"_s.arg(seconds / 60).arg(seconds % 60);
    return u"%1 h %2 min"_s.arg(seconds / 3600).arg(seconds / 60 % 60);
}

QString formatElapsed(std::chrono::milliseconds elapsed)
{
    const qint64 seconds = std::max<qint64>(0, elapsed.count() / 1000);
    const auto two = [](qint64 n) { return QString::number(n).rightJustified(2, u'0'); };
    const qint64 minutes = seconds / 60 % 60;
    if (seconds < 3600)
        return u"%1:%2"_s.arg(QString::number(minutes), two(seconds % 60));
    return u"%1:%2:%3"_s.arg(QString::number(seconds / 3600), two(minutes), two(seconds % 60));
}

} // namespace Meanwhile
