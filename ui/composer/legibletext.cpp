// SPDX-License-Identifier: MIT
#include "ui/composer/legibletext.h"

#include "base/hiddentext.h"

#include <QStringList>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

// Letters by their category, yet drawn as nothing.
static bool isBlankLetter(char32_t c)
{
    return c == 0x115f || c == 0x1160 || c == 0x3164 || c == 0xffa0 || c == 0x2800;
}

static bool isInvisible(char32_t c)
{
    if (isHidden(c) && c != u'\n')
        return true;
    switch (QChar::category(c)) {
    case QChar::Other_Control:
        return c != u'\t';
    case QChar::Separator_Space:
        return c != u' ';
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    default:
        // Variation selectors are marks that change or hide what stands before them.
        return isBlankLetter(c) || (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xe0100 && c <= 0xe01ef);
    }
}

static bool isRightToLeft(char32_t c)
{
    const QChar::Direction direction = QChar::direction(c);
    return direction == QChar::DirR || direction == QChar::DirAL || direction == QChar::DirAN;
}

static QString legibleLine(const QString &line)
{
    QString shown;
    shown.reserve(line.size());
    qsizetype lineStart = 0;
    bool turned = false;
    for (qsizetype i = 0; i < line.size(); ++i) {
        char32_t c = line[i].unicode();
        if (line[i].isHighSurrogate() && i + 1 < line.size() && line[i + 1].isLowSurrogate()) {
            c = QChar::surrogateToUcs4(line[i], line[i + 1]);
            ++i;
        }
        turned = turned || isRightToLeft(c);
        if (isInvisible(c))
            shown += u"⟦U+%1⟧"_s.arg(QString::number(uint(c), 16).toUpper(), 4, u'0');
        else
            shown += QChar::fromUcs4(c);
        if (shown.size() - lineStart >= kMaxShownLine && i + 1 < line.size()) {
            shown += u'\n';
            lineStart = shown.size();
            shown += kContinued;
        }
    }
    if (turned) {
        // A left-to-right override, ours and the only one: what comes first stands left.
        shown.prepend(QChar(0x202d));
        shown.replace(u"\n"_s, u"\n\u202d"_s);
    }
    return shown;
}

QString legibleText(const QString &text)
{
    QStringList lines = text.split(u'\n');
    for (QString &line : lines)
        line = legibleLine(line);
    return lines.join(u'\n');
}

} // namespace Meanwhile::Ui
