// SPDX-License-Identifier: MIT
#include "tools/textedit.h"

#include "tools/nearestlines.h"
#include "tools/textencoding.h"

#include <QStringList>

#include <algorithm>
#include <string_view>
#include <vector>

namespace Meanwhile::Tools {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMaxLinesNamed = 10;

struct Match {
    size_t begin = 0;
    size_t end = 0;
    bool hasBreak = false;
    bool hasCrLf = false;
};

// Char is char for 8-bit encodings and char16_t for UTF-16, so that positions are positions in the file.
template <typename Char>
class Finder {
public:
    using View = std::basic_string_view<Char>;

    Finder(View content, View pattern)
        : m_content(content)
    {
        for (size_t from = 0;;) {
            const size_t lineEnd = pattern.find(Char('\n'), from);
            m_segments.push_back(pattern.substr(from, lineEnd == View::npos ? lineEnd : lineEnd - from));
            if (lineEnd == View::npos)
                break;
            from = lineEnd + 1;
        }
    }

    std::vector<Match> all() const
    {
        std::vector<Match> matches;
        for (size_t from = 0;;) {
            const size_t begin = candidate(from);
            if (begin == View::npos)
                return matches;
            Match match{begin, begin};
            if (matchesAt(match))
                matches.push_back(match);
            from = match.end > begin ? match.end : begin + 1;
        }
    }

private:
    size_t candidate(size_t from) const
    {
        if (!m_segments.front().empty())
            return m_content.find(m_segments.front(), from);
        const size_t lineEnd = m_content.find(Char('\n'), from);
        const bool afterCr = lineEnd != View::npos && lineEnd > from && m_content[lineEnd - 1] == Char('\r');
        return afterCr ? lineEnd - 1 : lineEnd;
    }

    bool matchesAt(Match &match) const
    {
        size_t at = match.begin;
        for (size_t i = 0; i < m_segments.size(); ++i) {
            if (i > 0) {
                const bool crLf = m_content.substr(at, 2) == View(kCrLf, 2);
                if (!crLf && m_content.substr(at, 1) != View(kCrLf + 1, 1))
                    return false;
                at += crLf ? 2 : 1;
                match.hasBreak = true;
                match.hasCrLf = match.hasCrLf || crLf;
            }
            if (m_content.substr(at, m_segments[i].size()) != m_segments[i])
                return false;
            at += m_segments[i].size();
        }
        match.end = at;
        return true;
    }

    static constexpr Char kCrLf[2] = {Char('\r'), Char('\n')};
    View m_content;
    std::vector<View> m_segments;
};

QString withBreaks(QString text, bool crLf)
{
    if (!crLf)
        return text;
    return text.replace(u"\r\n"_s, u"\n"_s).replace(u"\n"_s, u"\r\n"_s);
}

// One way to take the file's bytes as text, and the edit in those terms.
struct Reading {
    TextEncoding encoding = TextEncoding::Utf8;
    qsizetype unitBytes = 1;
    QString wide; ///< the text, with UTF-16 only
    std::vector<Match> matches;
};

Reading readAs(TextEncoding encoding, const QByteArray &file, const QString &pattern)
{
    Reading reading{encoding, 1, {}, {}};
    if (encoding == TextEncoding::Utf16Le || encoding == TextEncoding::Utf16Be) {
        reading.unitBytes = 2;
        const qsizetype whole = file.size() - file.size() % 2;
        reading.wide = decode(QByteArrayView(file).first(whole), encoding);
        const auto view = [](const QString &text) {
            return std::u16string_view(reinterpret_cast<const char16_t *>(text.utf16()), size_t(text.size()));
        };
        reading.matches = Finder<char16_t>(view(reading.wide), view(pattern)).all();
        return reading;
    }
    const std::optional<QByteArray> bytes = encode(pattern, encoding);
    if (!bytes)
        return reading;
    const QByteArrayView content = QByteArrayView(file).sliced(bomSize(encoding));
    reading.matches = Finder<char>(std::string_view(content.data(), size_t(content.size())),
        std::string_view(bytes->constData(), size_t(bytes->size())))
                          .all();
    return reading;
}

bool isAscii(const QString &text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() < 0x80; });
}

// A file that is not all UTF-8 may still be so where it counts: the reading that finds the text is right.
Reading bestReading(const QByteArray &file, const QString &pattern)
{
    const TextEncoding detected = detectEncoding(file);
    if (detected == TextEncoding::Latin1 && !isAscii(pattern)) {
        Reading utf8 = readAs(TextEncoding::Utf8, file, pattern);
        if (!utf8.matches.empty())
            return utf8;
    }
    return readAs(detected, file, pattern);
}

QVector<qsizetype> lineNumbers(const QByteArray &file, const Reading &reading)
{
    QVector<qsizetype> lines;
    qsizetype line = 1;
    qsizetype at = 0;
    for (const Match &match : reading.matches) {
        const qsizetype to = qsizetype(match.begin);
        line += reading.unitBytes == 2
                    ? QStringView(reading.wide).sliced(at, to - at).count(u'\n')
                    : QByteArrayView(file).sliced(bomSize(reading.encoding) + at, to - at).count('\n');
        lines += line;
        at = to;
    }
    return lines;
}

QString listed(const QVector<qsizetype> &lines)
{
    QStringList words;
    for (qsizetype i = 0; i < qMin(lines.size(), kMaxLinesNamed); ++i)
        words += QString::number(lines.at(i));
    return words.join(u", "_s) + (lines.size() > kMaxLinesNamed ? u", …"_s : QString());
}

Result<EditedText> replaced(const QByteArray &file, const Reading &reading, const QString &newText)
{
    const qsizetype bom = bomSize(reading.encoding);
    const bool crLfFile = reading.unitBytes == 2
                              ? reading.wide.count(u"\r\n"_s) * 2 > reading.wide.count(u'\n')
                              : file.count("\r\n") * 2 > file.count('\n');
    EditedText edited;
    edited.lines = lineNumbers(file, reading);
    qsizetype copied = 0;
    for (const Match &match : reading.matches) {
        const bool crLf = match.hasBreak ? match.hasCrLf : crLfFile;
        const std::optional<QByteArray> bytes = encode(withBreaks(newText, crLf), reading.encoding);
        if (!bytes)
            return failure(ErrorKind::Unsupported,
                u"The file is not UTF-8, and its 8-bit encoding has no room for some characters of new_text. "
                u"Use "
                u"only Latin-1 characters, or convert the file first (iconv)."_s);
        const qsizetype begin = bom + qsizetype(match.begin) * reading.unitBytes;
        edited.bytes += QByteArrayView(file).sliced(copied, begin - copied);
        edited.bytes += *bytes;
        copied = bom + qsizetype(match.end) * reading.unitBytes;
    }
    edited.bytes += QByteArrayView(file).sliced(copied);
    return edited;
}

} // namespace

Result<EditedText> applyEdit(const QByteArray &file, const TextEdit &edit, const QString &path)
{
    if (edit.oldText.isEmpty())
        return failure(ErrorKind::InvalidArgument,
            u"old_text is empty. Give the exact text to replace, or use write_file to write the whole file."_s);
    const QString pattern = QString(edit.oldText).replace(u"\r\n"_s, u"\n"_s);
    if (edit.oldText == edit.newText)
        return failure(ErrorKind::InvalidArgument,
            u"old_text and new_text are the same, so there is nothing to change."_s);
    const Reading reading = bestReading(file, pattern);
    if (reading.matches.empty())
        return failure(ErrorKind::NotFound, u"old_text was not found in %1. %2"_s.arg(path,
                                                nearestLines(decode(file, detectEncoding(file)), pattern)));
    if (reading.matches.size() > 1 && !edit.replaceAll)
        return failure(
            ErrorKind::InvalidArgument, u"old_text is not unique in %1: it begins at lines %2. Add "
                                        u"neighbouring lines until it is, or set "
                                        u"replace_all."_s.arg(path, listed(lineNumbers(file, reading))));
    return replaced(file, reading, edit.newText);
}

} // namespace Meanwhile::Tools
