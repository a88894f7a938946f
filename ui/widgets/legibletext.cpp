// SPDX-License-Identifier: MIT
#include "ui/widgets/legibletext.h"

#include "base/hiddentext.h"

#include <QStringList>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

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
        turned = turned || isFromRightToLeft(c);
        if (mayBeUnseen(c))
            shown += writtenOut(c);
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
