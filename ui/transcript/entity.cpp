// SPDX-License-Identifier: MIT
#include "ui/transcript/entity.h"

#include <QHash>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

static QString numbered(QStringView digits)
{
    const bool isHex = digits.startsWith(u'x') || digits.startsWith(u'X');
    bool ok = false;
    const char32_t code = (isHex ? digits.mid(1) : digits).toUInt(&ok, isHex ? 16 : 10);
    const bool isCharacter = ok && code > 0 && code <= QChar::LastValidCodePoint && !QChar::isSurrogate(code);
    return isCharacter ? QString::fromUcs4(&code, 1) : QString(QChar::ReplacementCharacter);
}

QString entityText(const QString &entity)
{
    static const QHash<QString, QString> names{{u"amp"_s, u"&"_s}, {u"lt"_s, u"<"_s}, {u"gt"_s, u">"_s},
        {u"quot"_s, u"\""_s}, {u"apos"_s, u"'"_s}, {u"nbsp"_s, u"\u00a0"_s}, {u"copy"_s, u"©"_s},
        {u"reg"_s, u"®"_s}, {u"trade"_s, u"™"_s}, {u"hellip"_s, u"…"_s}, {u"mdash"_s, u"—"_s},
        {u"ndash"_s, u"–"_s}, {u"larr"_s, u"←"_s}, {u"rarr"_s, u"→"_s}, {u"uarr"_s, u"↑"_s},
        {u"darr"_s, u"↓"_s}, {u"times"_s, u"×"_s}, {u"deg"_s, u"°"_s}, {u"middot"_s, u"·"_s},
        {u"bull"_s, u"•"_s}, {u"le"_s, u"≤"_s}, {u"ge"_s, u"≥"_s}, {u"ne"_s, u"≠"_s}};
    const QStringView inner = QStringView(entity).sliced(1, entity.size() - 2);
    if (inner.startsWith(u'#'))
        return numbered(inner.mid(1));
    return names.value(inner.toString(), entity);
}

} // namespace Meanwhile::Ui
