// SPDX-License-Identifier: MIT
#include "tools/textedit.h"

#include "base/hiddentext.h"
#include "project/textencoding.h"
#include "tools/nearestlines.h"

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

using Kind = Project::TextEncoding::Kind;

// Where positions in the text are positions in the file, in units.
qsizetype unitBytesOf(const Project::TextEncoding &encoding)
{
    switch (encoding.kind) {
    case Kind::Utf8:
    case Kind::Unknown:
        return 1;
    case Kind::Utf16Le:
    case Kind::Utf16Be:
        return 2;
    case Kind::Utf32Le:
    case Kind::Utf32Be:
    case Kind::Legacy:
        break;
    }
    return 0; // a character's bytes are counted
}

// One way to take the file's bytes as text, and the edit in those terms.
struct Reading {
    Project::TextEncoding encoding;
    qsizetype unitBytes = 1;
    QString wide; ///< the text, where a unit is not a byte
    std::vector<Match> matches;
};

Reading readAs(const Project::TextEncoding &encoding, const QByteArray &file, const QString &pattern)
{
    Reading reading{encoding, unitBytesOf(encoding), {}, {}};
    if (reading.unitBytes != 1) {
        const qsizetype whole = file.size() - (reading.unitBytes == 2 ? file.size() % 2 : 0);
        reading.wide = Project::decode(QByteArrayView(file).first(whole), encoding);
        const auto view = [](const QString &text) {
            return std::u16string_view(reinterpret_cast<const char16_t *>(text.utf16()), size_t(text.size()));
        };
        reading.matches = Finder<char16_t>(view(reading.wide), view(pattern)).all();
        return reading;
    }
    const std::optional<QByteArray> bytes = Project::encode(pattern, encoding);
    if (!bytes)
        return reading;
    const QByteArrayView content = QByteArrayView(file).sliced(Project::bomSize(encoding));
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
Reading bestReading(const QByteArray &file, const Project::TextEncoding &detected, const QString &pattern)
{
    if ((detected.kind == Kind::Legacy || detected.kind == Kind::Unknown) && !isAscii(pattern)) {
        Reading utf8 = readAs({}, file, pattern);
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
        line +=
            reading.unitBytes != 1
                ? QStringView(reading.wide).sliced(at, to - at).count(u'\n')
                : QByteArrayView(file).sliced(Project::bomSize(reading.encoding) + at, to - at).count('\n');
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

tl::unexpected<Error> notWritable(
    const Project::TextEncoding &encoding, const QString &newText, const QString &path)
{
    const QString name = Project::nameOf(encoding);
    const QString convert = u"convert the file with a command first (iconv -f %1 -t UTF-8)"_s.arg(
        encoding.charset.isEmpty() ? u"ENCODING"_s : QString::fromLatin1(encoding.charset));
    const QString lacking = Project::lackingCharacter(newText, encoding);
    if (encoding.kind == Kind::Unknown)
        return failure(ErrorKind::Unsupported,
            u"%1 is not UTF-8 and its encoding could not be told, so only ASCII can be written into it, and "
            u"new_text has %2. Use ASCII, or, if you know the encoding, %3."_s.arg(path, lacking, convert));
    if (!lacking.isEmpty())
        return failure(ErrorKind::Unsupported,
            u"%1 is in %2, which has no %3, so it was left alone. Use other characters in new_text, or %4, "
            u"which "
            u"changes it for everything that reads it."_s.arg(path, name, lacking, convert));
    return failure(ErrorKind::Unsupported,
        u"%1 is not UTF-8. It may be %2, but it has too little text to be sure, so only ASCII can be written "
        u"into "
        u"it. Use ASCII in new_text, or, if it is %2, %3."_s.arg(path, name, convert));
}

// Of the text from unit `from` to unit `to`, as it stands in the file from byte `at` on; -1 where it does
// not.
qsizetype bytesBetween(
    const QByteArray &file, const Reading &reading, qsizetype at, qsizetype from, qsizetype to)
{
    if (reading.unitBytes != 0)
        return (to - from) * reading.unitBytes;
    const std::optional<QByteArray> bytes =
        Project::encode(reading.wide.sliced(from, to - from), reading.encoding);
    const bool isThere = bytes && QByteArrayView(file).sliced(at).startsWith(*bytes);
    return isThere ? bytes->size() : -1;
}

bool hasCrLf(const QByteArray &file, const Reading &reading)
{
    return reading.unitBytes != 1 ? reading.wide.count(u"\r\n"_s) * 2 > reading.wide.count(u'\n')
                                  : file.count("\r\n") * 2 > file.count('\n');
}

Result<EditedText> replaced(
    const QByteArray &file, const Reading &reading, const QString &newText, const QString &path)
{
    if (!isAscii(newText) && !reading.encoding.isCertain)
        return notWritable(reading.encoding, newText, path);
    const bool crLfFile = hasCrLf(file, reading);
    EditedText edited;
    edited.lines = lineNumbers(file, reading);
    qsizetype copied = Project::bomSize(reading.encoding);
    edited.bytes = file.first(copied);
    qsizetype unit = 0;
    for (const Match &match : reading.matches) {
        const bool crLf = match.hasBreak ? match.hasCrLf : crLfFile;
        const std::optional<QByteArray> bytes = Project::encode(withBreaks(newText, crLf), reading.encoding);
        if (!bytes)
            return notWritable(reading.encoding, newText, path);
        const qsizetype kept = bytesBetween(file, reading, copied, unit, qsizetype(match.begin));
        const qsizetype gone = kept < 0 ? -1
                                        : bytesBetween(file, reading, copied + kept, qsizetype(match.begin),
                                              qsizetype(match.end));
        if (gone < 0)
            return failure(ErrorKind::Unsupported,
                u"old_text in %1 begins or ends within a character of %2. Take more or less text."_s.arg(
                    path, Project::nameOf(reading.encoding)));
        edited.bytes += QByteArrayView(file).sliced(copied, kept);
        edited.bytes += *bytes;
        copied += kept + gone;
        unit = qsizetype(match.end);
    }
    edited.bytes += QByteArrayView(file).sliced(copied);
    return edited;
}

// read_file writes out what cannot be seen; given back like that, it is meant as it is in the file.
TextEdit asInFile(const TextEdit &edit)
{
    return {unescapeHidden(edit.oldText), unescapeHidden(edit.newText), edit.replaceAll};
}

} // namespace

Result<EditedText> applyEdit(const QByteArray &file, const TextEdit &edit, const QString &path)
{
    if (edit.oldText.isEmpty())
        return failure(ErrorKind::InvalidArgument,
            u"old_text is empty. Give the exact text to replace, or use write_file to write the whole file."_s);
    if (edit.oldText == edit.newText)
        return failure(ErrorKind::InvalidArgument,
            u"old_text and new_text are the same, so there is nothing to change."_s);
    const auto pattern = [](const TextEdit &of) { return QString(of.oldText).replace(u"\r\n"_s, u"\n"_s); };
    const Project::TextEncoding encoding = Project::detectEncoding(file, true, edit.newText);
    Reading reading = bestReading(file, encoding, pattern(edit));
    QString newText = edit.newText;
    if (const TextEdit meant = asInFile(edit); reading.matches.empty() && meant.oldText != edit.oldText) {
        reading = bestReading(file, encoding, pattern(meant));
        newText = meant.newText;
    }
    if (reading.matches.empty())
        return failure(
            ErrorKind::NotFound, u"old_text was not found in %1. %2"_s.arg(
                                     path, nearestLines(Project::decode(file, encoding), pattern(edit))));
    if (reading.matches.size() > 1 && !edit.replaceAll)
        return failure(
            ErrorKind::InvalidArgument, u"old_text is not unique in %1: it begins at lines %2. Add "
                                        u"neighbouring lines until it is, or set "
                                        u"replace_all."_s.arg(path, listed(lineNumbers(file, reading))));
    return replaced(file, reading, newText, path);
}

} // namespace Meanwhile::Tools
