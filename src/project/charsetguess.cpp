// SPDX-License-Identifier: MIT
#include "project/charsetguess.h"

#include "project/charsetconverter.h"

#include <QList>

#include <algorithm>
#include <cctype>
#include <memory>
#include <optional>
#include <uchardet.h>

namespace Meanwhile::Project {

namespace {

constexpr qsizetype kMaxSampleBytes = 64 * 1024;
constexpr qsizetype kShortSampleBytes = 2 * 1024;
constexpr int kRepeats = 8;
constexpr double kMostly = 0.9;
constexpr int kMaxJudged = 500;     ///< characters that are not ASCII
constexpr int kManyCharacters = 16; ///< of two bytes; no other encoding of such reads so many as well
constexpr int kManyLetters = 6;     ///< of a script that is not Latin
constexpr int kManyAccents = 40;    ///< after which uchardet tells Latin encodings apart

bool isHigh(char c)
{
    return uchar(c) >= 0x80;
}

// Lines that say something about the encoding.
QByteArray sampleOf(QByteArrayView bytes)
{
    QByteArray sample;
    for (qsizetype from = 0; from < bytes.size() && sample.size() < kMaxSampleBytes;) {
        const qsizetype lineEnd = bytes.indexOf('\n', from);
        const qsizetype end = lineEnd < 0 ? bytes.size() : lineEnd + 1;
        const QByteArrayView line = bytes.sliced(from, qMin(end - from, kMaxSampleBytes));
        if (std::any_of(line.begin(), line.end(), isHigh))
            sample += line;
        from = end;
    }
    return sample;
}

// A few characters are below what uchardet trusts itself with; seen more often, their kind is plain to it.
QByteArray recognised(QByteArray sample)
{
    if (!sample.endsWith('\n'))
        sample += '\n';
    if (sample.size() < kShortSampleBytes)
        sample = sample.repeated(kRepeats);
    const std::unique_ptr<uchardet, decltype(&uchardet_delete)> detector(uchardet_new(), &uchardet_delete);
    uchardet_handle_data(detector.get(), sample.constData(), size_t(sample.size()));
    uchardet_data_end(detector.get());
    return uchardet_get_charset(detector.get());
}

enum class Family { Korean, ShiftJis, EucJp, Chinese, Taiwanese, OneByte };

Family familyOf(const QByteArray &charset)
{
    if (charset == "EUC-KR" || charset == "UHC")
        return Family::Korean;
    if (charset == "CP932")
        return Family::ShiftJis;
    if (charset.startsWith("EUC-JP"))
        return Family::EucJp;
    if (charset == "GB18030")
        return Family::Chinese;
    return charset.startsWith("BIG5") || charset == "EUC-TW" ? Family::Taiwanese : Family::OneByte;
}

// The narrowest first: what is written must stay readable for whoever reads no more than that.
QList<QByteArray> charsetsFor(const QByteArray &name)
{
    if (name == "UHC" || name == "EUC-KR")
        return {"EUC-KR", "UHC"};
    if (name == "SHIFT_JIS")
        return {"CP932"};
    if (name == "EUC-JP")
        return {"EUC-JP", "EUC-JP-MS"};
    if (name == "BIG5")
        return {"BIG5", "BIG5-HKSCS"};
    if (name.isEmpty() || name == "ASCII" || name.startsWith("UTF-") || name.startsWith("ISO-2022"))
        return {};
    return {name};
}

// Nothing where a byte is no character or would not come back.
std::optional<QString> decodedWhole(QByteArrayView bytes, const QByteArray &charset, bool isWhole)
{
    CharsetDecoder decoder(charset);
    QString text = decoder.decode(bytes);
    const qsizetype waiting = isWhole ? decoder.finish().size() : 0;
    if (decoder.hasError() || waiting > 0)
        return std::nullopt;
    const std::optional<QByteArray> back = encodeCharset(text, charset);
    if (!back || !bytes.startsWith(*back) || (isWhole && back->size() != bytes.size()))
        return std::nullopt;
    return text;
}

bool isCjkSign(char32_t c)
{
    return (c >= 0x3000 && c <= 0x303f) || (c >= 0xff01 && c <= 0xff5e) || (c >= 0x2010 && c <= 0x2027) ||
           c == 0xb7 || (c >= 0x2190 && c <= 0x2193) || (c >= 0x25a0 && c <= 0x25ef) || c == 0x2605;
}

bool isKana(char32_t c)
{
    return c >= 0x3041 && c <= 0x30fe;
}

// The part of a character set that texts are mostly made of: rows sorted by use come first in each of them.
bool isCommonHan(char32_t c, Family family)
{
    if (QChar::script(c) != QChar::Script_Han)
        return false;
    if (family != Family::Chinese && family != Family::Taiwanese)
        return true;
    const QString character = QString::fromUcs4(&c, 1);
    const auto bytes = encodeCharset(character, family == Family::Chinese ? "GBK" : "BIG5");
    const uchar lead = bytes && bytes->size() == 2 ? uchar(bytes->front()) : 0;
    return family == Family::Chinese ? lead >= 0xb0 && lead <= 0xd7 && uchar(bytes->back()) >= 0xa1
                                     : lead >= 0xa4 && lead <= 0xc6;
}

struct Reading {
    int characters = 0; ///< not ASCII
    double plausible = 0;
};

// How far a text in the encoding of two bytes a character is what people write in its language.
Reading readWide(const QString &text, Family family)
{
    int good = 0;
    int kana = 0;
    int all = 0;
    for (const char32_t c : text.toUcs4()) {
        if (c < 0x80)
            continue;
        if (++all > kMaxJudged)
            break;
        kana += isKana(c) ? 1 : 0;
        if (isCjkSign(c))
            ++good;
        else if (family == Family::Korean)
            good += (c >= 0xac00 && c <= 0xd7a3) || (c >= 0x3131 && c <= 0x318e) ? 1 : 0;
        else if (family == Family::ShiftJis || family == Family::EucJp)
            good += isKana(c) || isCommonHan(c, family) ? 1 : 0;
        else
            good += isCommonHan(c, family) ? 1 : 0;
    }
    const bool isJapanese = family == Family::ShiftJis || family == Family::EucJp;
    if (isJapanese && kana * 10 < all)
        good = qMin(good, all / 2); // hardly a sentence does without
    return {all, all == 0 ? 0 : double(good) / all};
}

// Letters of one script to a word, and capitals at its beginning or throughout.
Reading readNarrow(const QString &text)
{
    int good = 0;
    int all = 0;
    QChar before(u' ');
    for (const QChar c : text) {
        if (c.unicode() >= 0x80) {
            ++all;
            const bool isWord = before.isLetter() && c.isLetter();
            const bool mixes = isWord && c.script() != before.script();
            const bool rises = isWord && c.isUpper() && before.isLower();
            const bool splits = !c.isLetter() && !c.isMark() && before.isLetter() &&
                                before.unicode() >= 0x80 && !c.isPunct() && !c.isSpace();
            good += mixes || rises || splits || c.category() == QChar::Other_Control ? 0 : 1;
        }
        before = c;
    }
    return {all, all == 0 ? 0 : double(good) / all};
}

bool isAsciiLetter(char c)
{
    return !isHigh(c) && std::isalpha(uchar(c));
}

// In Western languages a letter with an accent stands among plain ones, hardly ever two of them.
bool isWestern(QByteArrayView bytes)
{
    static const QByteArray kSigns(
        "\x80\x85\x91\x92\x93\x94\x96\x97\x99\xa0\xa1\xa3\xa7\xa9\xab\xae\xb0\xb2\xb3\xb7\xbb\xbd\xbf");
    int all = 0;
    int good = 0;
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        if (!isHigh(bytes[i]))
            continue;
        ++all;
        const uchar c = uchar(bytes[i]);
        const char before = i > 0 ? bytes[i - 1] : ' ';
        const char after = i + 1 < bytes.size() ? bytes[i + 1] : ' ';
        const bool isLetter = (c >= 0xc0 && c != 0xd7 && c != 0xf7) || c == 0x8c || c == 0x9c || c == 0x8a ||
                              c == 0x9a || c == 0x8e || c == 0x9e;
        const bool isCapital = isLetter && (c < 0xdf || c == 0x8c || c == 0x8a || c == 0x8e);
        const bool rises = isCapital && isAsciiLetter(before) && std::islower(uchar(before));
        if (isLetter)
            good += (isAsciiLetter(before) || isAsciiLetter(after)) && !rises ? 1 : 0;
        else
            good += kSigns.contains(char(c)) && !(isHigh(before) && isHigh(after)) &&
                            (c == 0x92 || !isAsciiLetter(before) || !isAsciiLetter(after))
                        ? 1
                        : 0;
    }
    return good >= all * kMostly;
}

int accentsIn(QByteArrayView bytes)
{
    return int(std::count_if(bytes.begin(), bytes.end(), isHigh));
}

// Would the sample read as well in another encoding of two bytes a character? The hint rules out those that
// lack it, if it is in the language of the guess.
bool hasRival(QByteArrayView sample, Family family, const QString &hint)
{
    const bool isHintTelling = readWide(hint, family).plausible >= kMostly;
    for (const char *charset : {"UHC", "CP932", "EUC-JP", "GB18030", "BIG5"}) {
        const Family other = familyOf(charset);
        if (other == family)
            continue;
        // GB18030 has room for everything, but nobody writes Korean in it.
        const bool takesHint = encodeCharset(hint, other == Family::Chinese ? "GBK" : charset) &&
                               readWide(hint, other).plausible >= kMostly;
        if (isHintTelling && !takesHint)
            continue;
        const std::optional<QString> text = decodedWhole(sample, charset, false);
        if (text && readWide(*text, other).plausible >= kMostly)
            return true;
    }
    return false;
}

// What no other language looks like when it is read so: in Chinese one character of three would be Hanja, in
// Shift-JIS kana would be rare syllables.
bool isKorean(QByteArrayView sample)
{
    const std::optional<QString> text = decodedWhole(sample, "UHC", false);
    if (!text)
        return false;
    int all = 0;
    int syllables = 0;
    int common = 0;
    for (const QChar c : *text) {
        if (c.unicode() < 0x80)
            continue;
        if (++all > kMaxJudged)
            break;
        const bool isSyllable = c >= QChar(0xac00) && c <= QChar(0xd7a3);
        syllables += isSyllable ? 1 : 0;
        common += isSyllable && encodeCharset(c, "EUC-KR") ? 1 : 0;
    }
    return syllables >= kManyCharacters / 2 && syllables >= all * 0.75 && common >= syllables * 0.75 &&
           readWide(*text, Family::Korean).plausible >= 0.97;
}

std::optional<CharsetGuess> asWestern(QByteArrayView bytes, const QByteArray &name, bool isWhole)
{
    if (!isWestern(bytes))
        return std::nullopt;
    const bool isLatin1 =
        std::all_of(bytes.begin(), bytes.end(), [](char c) { return !isHigh(c) || uchar(c) >= 0xa0; });
    const QByteArray charset = isLatin1 ? "ISO-8859-1" : "WINDOWS-1252";
    if (!decodedWhole(bytes, charset, isWhole))
        return std::nullopt;
    static const QList<QByteArray> kOtherLatin{
        "WINDOWS-1250", "WINDOWS-1254", "WINDOWS-1257", "ISO-8859-2", "ISO-8859-9", "ISO-8859-13"};
    const bool isOther = accentsIn(bytes) >= kManyAccents && kOtherLatin.contains(name);
    if (isOther && decodedWhole(bytes, name, isWhole))
        return CharsetGuess{name, false};
    return CharsetGuess{charset, true};
}

bool isCertain(QByteArrayView sample, const QString &text, Family family, const QString &hint)
{
    if (family == Family::OneByte) {
        const Reading reading = readNarrow(text);
        const bool isLatin = std::any_of(text.begin(), text.end(),
            [](QChar c) { return c.unicode() >= 0x80 && c.script() == QChar::Script_Latin; });
        return reading.plausible >= kMostly && reading.characters >= (isLatin ? kManyAccents : kManyLetters);
    }
    const Reading reading = readWide(text, family);
    return reading.plausible >= kMostly &&
           (reading.characters >= kManyCharacters || !hasRival(sample, family, hint));
}

} // namespace

CharsetGuess guessCharset(QByteArrayView bytes, bool isWhole, const QString &hint)
{
    const QByteArray sample = sampleOf(bytes);
    const QByteArray name = recognised(sample);
    if (const auto western = asWestern(bytes, name, isWhole))
        return *western;
    const bool isSurelyKorean = isKorean(sample);
    for (const QByteArray &charset : charsetsFor(isSurelyKorean ? QByteArray("UHC") : name)) {
        const std::optional<QString> text = decodedWhole(bytes, charset, isWhole);
        if (text)
            return {charset, isSurelyKorean || isCertain(sample, *text, familyOf(charset), hint)};
    }
    return {};
}

} // namespace Meanwhile::Project
