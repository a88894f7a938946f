// SPDX-License-Identifier: MIT
#include "models/visibletext.h"

#include "base/hiddentext.h"

#include <QList>

namespace Meanwhile::Models {

using namespace Qt::StringLiterals;

static bool isUnseen(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    default:
        return isDrawnBlank(c);
    }
}

static QString show(const QString &text, qsizetype maxChars, bool keepLineEnds)
{
    qsizetype length = std::min(text.size(), maxChars);
    if (length > 0 && length < text.size() && text.at(length - 1).isHighSurrogate())
        --length;
    QString shown;
    shown.reserve(length + 1);
    for (const char32_t c : QStringView(text).first(length).toUcs4()) {
        if (c == U'\n')
            shown += keepLineEnds ? u"\n"_s : u" ↵ "_s;
        else if (c == U'\t')
            shown += u' ';
        else if (isUnseen(c) && c != U'\r')
            shown += writtenOut(c);
        else if (c != U'\r')
            shown += QChar::fromUcs4(c);
    }
    if (length < text.size())
        shown += u'…';
    return shown;
}

QString visibleLine(const QString &text, qsizetype maxChars)
{
    return show(text.trimmed(), maxChars, false);
}

QString visibleCommand(const QString &text, qsizetype maxChars)
{
    QString shown;
    bool turns = false;
    for (const char32_t c : visibleLine(text, maxChars).toUcs4()) {
        turns |= isFromRightToLeft(c);
        if (mayBeUnseen(c))
            shown += writtenOut(c);
        else
            shown += QChar::fromUcs4(c);
    }
    // An override, ours and the only one, and its end: what comes first stands left.
    return turns ? QChar(u'\u202d') + shown + QChar(u'\u202c') : shown;
}

QString visibleLines(const QString &text, qsizetype maxChars)
{
    return show(text, maxChars, true);
}

QString plainToolTip(const QString &text)
{
    return u"<p style='white-space:pre-wrap'>%1</p>"_s.arg(visibleLines(text).toHtmlEscaped());
}

} // namespace Meanwhile::Models
