// SPDX-License-Identifier: MIT
#include "base/hiddentext.h"

#include <QList>
#include <QRegularExpression>

#include <algorithm>

namespace Meanwhile {

using namespace Qt::StringLiterals;

namespace {

constexpr char32_t kZeroWidthNonJoiner = 0x200c;
constexpr char32_t kZeroWidthJoiner = 0x200d;
constexpr char32_t kBlackFlag = 0x1f3f4;
constexpr char32_t kCancelTag = 0xe007f;
constexpr qsizetype kMaxAlike = 3; // more of one kind are counted
constexpr int kMaxCounted = 100'000;

constexpr char32_t kBlankBraille = 0x2800; // drawings in braille are made with it

bool isSelector(char32_t c)
{
    return (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xe0100 && c <= 0xe01ef);
}

// Arabic, Syriac and Kaithi signs that enclose numbers are format characters that can be seen.
bool isSeenFormat(char32_t c)
{
    return (c >= 0x0600 && c <= 0x0605) || c == 0x06dd || c == 0x070f || c == 0x0890 || c == 0x0891 ||
           c == 0x08e2 || c == 0x110bd || c == 0x110cd;
}

bool isTag(char32_t c)
{
    return (c >= 0xe0030 && c <= 0xe0039) || (c >= 0xe0061 && c <= 0xe007a);
}

bool isPictograph(char32_t c)
{
    return c == 0xfe0f || (c >= 0x1f3fb && c <= 0x1f3ff) || QChar::category(c) == QChar::Symbol_Other;
}

// Scripts whose letters take other shapes beside each other, which joiners steer.
bool isJoining(char32_t c)
{
    switch (QChar::script(c)) {
    case QChar::Script_Unknown:
    case QChar::Script_Inherited:
    case QChar::Script_Common:
    case QChar::Script_Latin:
    case QChar::Script_Greek:
    case QChar::Script_Cyrillic:
    case QChar::Script_Armenian:
    case QChar::Script_Hebrew:
    case QChar::Script_Georgian:
    case QChar::Script_Hangul:
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
    case QChar::Script_Bopomofo:
    case QChar::Script_Han:
        return false;
    default:
        return QChar::isLetter(c) || QChar::isMark(c);
    }
}

using Text = QList<char32_t>;

bool isJoinerAtWork(const Text &text, qsizetype at)
{
    if (at == 0 || at + 1 >= text.size() || isHidden(text.at(at + 1)))
        return false;
    const char32_t before = text.at(at - 1);
    return isJoining(before) ||
           (text.at(at) == kZeroWidthJoiner && isPictograph(before) && isPictograph(text.at(at + 1)));
}

bool isSelectorAtWork(const Text &text, qsizetype at)
{
    if (at == 0)
        return false;
    const char32_t before = text.at(at - 1);
    const char32_t selector = text.at(at);
    const bool isHan = QChar::script(before) == QChar::Script_Han;
    if (selector >= 0xe0100)
        return isHan;
    if (selector == 0xfe0e || selector == 0xfe0f)
        return QChar::category(before) == QChar::Symbol_Other || QChar::isDigit(before) || before == U'#' ||
               before == U'*' || before == 0x203c || before == 0x2049 || before == 0x3030 ||
               before == 0x303d || QChar::category(before) == QChar::Symbol_Math;
    return isHan || QChar::category(before) == QChar::Symbol_Math;
}

// The characters of a flag's tags that begin at `at`; 0 where there is no such flag.
qsizetype flagTags(const Text &text, qsizetype at)
{
    if (at == 0 || text.at(at - 1) != kBlackFlag)
        return 0;
    qsizetype end = at;
    while (end < text.size() && isTag(text.at(end)))
        ++end;
    const bool isFlag = end - at >= 3 && end - at <= 6 && end < text.size() && text.at(end) == kCancelTag;
    return isFlag ? end - at + 1 : 0;
}

bool isSeenHere(const Text &text, qsizetype at)
{
    const char32_t c = text.at(at);
    if (c == kZeroWidthJoiner || c == kZeroWidthNonJoiner)
        return isJoinerAtWork(text, at);
    return isSelector(c) ? isSelectorAtWork(text, at) : !isHidden(c);
}

// As QString::toUcs4(), but half a pair stays what it is, so that it can be shown.
Text ucs4(const QString &text)
{
    Text units;
    units.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (c.isHighSurrogate() && i + 1 < text.size() && text.at(i + 1).isLowSurrogate())
            units += QChar::surrogateToUcs4(c, text.at(++i));
        else
            units += c.unicode();
    }
    return units;
}

QString codeOf(char32_t c)
{
    return u"U+%1"_s.arg(QString::number(uint(c), 16).toUpper(), 4, u'0');
}

QString writtenOut(char32_t c, qsizetype count)
{
    if (count > kMaxAlike)
        return u"⟦%1×%2⟧"_s.arg(codeOf(c)).arg(count);
    return Meanwhile::writtenOut(c).repeated(count);
}

// Also where something stands between its letters that may be taken for nothing.
const QRegularExpression &element(bool isEscaped)
{
    static const QString name = [] {
        QString letters(u'b'); // what may stand before it is said below: twice would take quadratic time
        for (const QChar c : u"ackground"_s)
            letters += u"\\s*"_s + c;
        letters += u"[\\s_\\-\u2010-\u2015]*"_s;
        for (const QChar c : u"results"_s)
            letters += c + u"\\s*"_s;
        return u"(?=[\\s/!?]*"_s + letters + u')';
    }();
    static const QRegularExpression plain(u'<' + name, QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression escaped(u"&lt;"_s + name, QRegularExpression::CaseInsensitiveOption);
    return isEscaped ? escaped : plain;
}

} // namespace

bool isDrawnBlank(char32_t c)
{
    return c == 0x034f || c == 0x115f || c == 0x1160 || c == 0x17b4 || c == 0x17b5 || c == 0x3164 ||
           c == 0xffa0 || (c >= 0x180b && c <= 0x180f) || c == kBlankBraille || c == 0xfffc || c == 0x1d159;
}

bool isHidden(char32_t c)
{
    if (c < 0x7f)
        return c < 0x20 && c != U'\t' && c != U'\n' && c != U'\r';
    if ((isDrawnBlank(c) && c != kBlankBraille) || isSelector(c) || (c >= 0xe0000 && c <= 0xe0fff))
        return true;
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Surrogate:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    case QChar::Other_Format:
        return !isSeenFormat(c);
    default:
        return false;
    }
}

bool mayBeUnseen(char32_t c)
{
    if (c == U'\t' || c == U'\n')
        return false;
    switch (QChar::category(c)) {
    case QChar::Separator_Space:
        return c != U' ';
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
        return true;
    default:
        return isHidden(c) || isDrawnBlank(c);
    }
}

bool isFromRightToLeft(char32_t c)
{
    const QChar::Direction direction = QChar::direction(c);
    return direction == QChar::DirR || direction == QChar::DirAL || direction == QChar::DirAN;
}

QString writtenOut(char32_t c)
{
    return u"⟦%1⟧"_s.arg(codeOf(c));
}

QString escapeHidden(const QString &text)
{
    const bool isPlain = std::all_of(
        text.begin(), text.end(), [](QChar c) { return c < QChar(0x7f) && !isHidden(c.unicode()); });
    QString shown;
    if (isPlain) {
        shown = text;
    } else {
        const Text all = ucs4(text);
        shown.reserve(text.size() + 16);
        for (qsizetype at = 0; at < all.size();) {
            const char32_t c = all.at(at);
            qsizetype end = at + 1;
            if (const qsizetype tags = flagTags(all, at); tags > 0) {
                shown += QString::fromUcs4(all.constData() + at, tags);
                end = at + tags;
            } else if (isSeenHere(all, at)) {
                shown += QChar::fromUcs4(c);
            } else {
                while (end < all.size() && all.at(end) == c)
                    ++end;
                shown += writtenOut(c, end - at);
            }
            at = end;
        }
    }
    if (shown.contains(u'<'))
        shown.replace(element(false), u"&lt;"_s);
    return shown;
}

QString unescapeHidden(const QString &text)
{
    static const QRegularExpression written(u"⟦U\\+([0-9A-F]{4,6})(?:×([0-9]{1,6}))?⟧"_s);
    QString plain;
    qsizetype copied = 0;
    for (QRegularExpressionMatchIterator i = written.globalMatch(text); i.hasNext();) {
        const QRegularExpressionMatch match = i.next();
        const char32_t c = match.capturedView(1).toUInt(nullptr, 16);
        const int count = match.hasCaptured(2) ? match.capturedView(2).toInt() : 1;
        if (c > 0x10ffff || !isHidden(c) || count < 1 || count > kMaxCounted)
            continue;
        plain += QStringView(text).sliced(copied, match.capturedStart() - copied);
        const QString one = c < 0x10000 ? QString(QChar(char16_t(c))) : QString::fromUcs4(&c, 1);
        plain += one.repeated(count);
        copied = match.capturedEnd();
    }
    plain += QStringView(text).sliced(copied);
    return plain.replace(element(true), u"<"_s);
}

} // namespace Meanwhile
