// SPDX-License-Identifier: MIT
#include "base/pathtext.h"

#include "base/hiddentext.h"
#include "base/textlimits.h"

#include <QFile>
#include <QFileInfo>
#include <QList>

#include <algorithm>
#include <climits>
#include <cstdlib>
#include <optional>

namespace Meanwhile {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMaxPathBytes = 4'095; // PATH_MAX with its NUL
constexpr qsizetype kMaxQuotedChars = 120;

char16_t unit(char c)
{
    return uchar(c);
}

char16_t unit(QChar c)
{
    return c.unicode();
}

int hexDigit(char16_t c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// The number of two hexadecimal digits at `at`.
template <typename View>
std::optional<uchar> hexByte(View text, qsizetype at)
{
    const int high = at + 1 < text.size() ? hexDigit(unit(text[at])) : -1;
    const int low = at + 1 < text.size() ? hexDigit(unit(text[at + 1])) : -1;
    return high < 0 || low < 0 ? std::nullopt : std::optional(uchar(high * 16 + low));
}

// What "\xHH" at `at` stands for; nothing where it is no escape but plain characters.
template <typename View>
std::optional<uchar> escapeAt(View text, qsizetype at)
{
    if (at + 4 > text.size() || unit(text[at]) != u'\\' || unit(text[at + 1]) != u'x')
        return std::nullopt;
    const std::optional<uchar> byte = hexByte(text, at + 2);
    const bool isPrintable = byte && *byte >= 0x20 && *byte < 0x7f && *byte != '\\';
    return isPrintable ? std::nullopt : byte;
}

// Bytes of the well-formed UTF-8 character at `at`; 0 where there is none.
qsizetype characterSize(QByteArrayView bytes, qsizetype at)
{
    const uchar lead = uchar(bytes[at]);
    const qsizetype size = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
    const bool isWhole = size > 0 && at + size <= bytes.size() && bytes.sliced(at, size).isValidUtf8();
    return isWhole ? size : 0;
}

QString escaped(QByteArrayView bytes)
{
    QString text;
    for (const char byte : bytes)
        text += u"\\x%1"_s.arg(uint(uchar(byte)), 2, 16, QChar(u'0'));
    return text;
}

QString characterAt(QByteArrayView path, qsizetype at)
{
    const qsizetype size = at < path.size() ? characterSize(path, at) : 0;
    return size > 0 ? QString::fromUtf8(path.sliced(at, size)) : QString();
}

// A joiner or a selector is seen by what it does to its neighbours.
bool isSeen(const QString &before, const QString &character, const QString &after)
{
    const char32_t c = character.toUcs4().first();
    if (c < 0x20 || c == 0x7f)
        return false;
    if (!isHidden(c))
        return true;
    const QString together = before + character + after;
    return !before.isEmpty() && escapeHidden(together) == together;
}

QString quoted(const QString &text)
{
    return escapeHidden(clipMiddle(text, kMaxQuotedChars)).replace(u'\n', u' ');
}

bool isWellFormed(const QString &text)
{
    return QStringView(text).isValidUtf16();
}

tl::unexpected<Error> badAddress(const QString &given, const QString &why)
{
    return failure(ErrorKind::InvalidArgument,
        u"%1 is not an address of a file on this computer: %2. Give a path instead."_s.arg(
            quoted(given), why));
}

// Of "file:///home/me/a%20b"; nothing where it is no such address.
std::optional<Result<QByteArray>> pathOfAddress(const QString &given)
{
    if (!given.startsWith(u"file:/", Qt::CaseInsensitive))
        return std::nullopt;
    QByteArray rest = given.sliced(5).toUtf8();
    if (rest.startsWith("//")) {
        const qsizetype slash = rest.indexOf('/', 2);
        const QByteArray host = rest.mid(2, slash < 0 ? -1 : slash - 2).toLower();
        if (!host.isEmpty() && host != "localhost")
            return badAddress(given, u"it names the computer \"%1\""_s.arg(quoted(QString::fromUtf8(host))));
        if (slash < 0)
            return badAddress(given, u"it has no path"_s);
        rest.remove(0, slash);
    }
    QByteArray path;
    for (qsizetype i = 0; i < rest.size(); ++i) {
        if (rest.at(i) != '%') {
            path += rest.at(i);
            continue;
        }
        const std::optional<uchar> byte = hexByte(QByteArrayView(rest), i + 1);
        if (!byte)
            return badAddress(given, u"a % in it is not followed by two hexadecimal digits"_s);
        path += char(*byte);
        i += 2;
    }
    return path;
}

tl::unexpected<Error> hasNul(QString given)
{
    return failure(ErrorKind::InvalidArgument,
        u"The path %1 has a NUL character in it, which no path can have. Give it without."_s.arg(
            quoted(given.replace(QChar(u'\0'), u"\\0"_s))));
}

Result<void> checked(const QByteArray &bytes, const QString &given)
{
    if (bytes.contains('\0'))
        return hasNul(given);
    if (bytes.size() > kMaxPathBytes)
        return failure(ErrorKind::InvalidArgument,
            u"The path %1 has %2 bytes; the system takes at most %3. Give a shorter one."_s.arg(
                quoted(given), formatCount(bytes.size()), formatCount(kMaxPathBytes)));
    return {};
}

// Printable ASCII without a backslash is itself, and most paths are that.
bool isItself(QByteArrayView path)
{
    return std::all_of(path.begin(), path.end(), [](char c) { return c >= 0x20 && c < 0x7f && c != '\\'; });
}

// Of one name: where it is no UTF-8, what looks like a character of it is chance.
QString nameToText(QByteArrayView path)
{
    const bool isUtf8 = path.isValidUtf8();
    QString text;
    QString before;
    for (qsizetype at = 0; at < path.size();) {
        const qsizetype size = qMax<qsizetype>(characterSize(path, at), 1);
        const QByteArrayView bytes = path.sliced(at, size);
        const QString character = isUtf8 || size == 1 ? characterAt(path, at) : QString();
        const bool isPlain = !character.isEmpty() && !escapeAt(path, at) &&
                             isSeen(before, character, characterAt(path, at + size));
        text += isPlain ? character : escaped(bytes);
        before = isPlain ? character : QString();
        at += size;
    }
    return text;
}

} // namespace

QString pathToText(QByteArrayView path)
{
    if (isItself(path))
        return QString::fromLatin1(path);
    QString text;
    text.reserve(path.size());
    for (qsizetype from = 0; from <= path.size();) {
        const qsizetype slash = path.indexOf('/', from);
        const qsizetype end = slash < 0 ? path.size() : slash;
        text += nameToText(path.sliced(from, end - from));
        if (slash >= 0)
            text += u'/';
        from = end + 1;
    }
    return text;
}

Result<QByteArray> pathFromText(const QString &text)
{
    if (!isWellFormed(text))
        return failure(ErrorKind::InvalidArgument,
            u"The path %1 has half a character in it. Give it as it was listed."_s.arg(quoted(text)));
    QByteArray bytes;
    qsizetype copied = 0;
    for (qsizetype at = text.indexOf(u'\\'); at >= 0; at = text.indexOf(u'\\', at + 1)) {
        const std::optional<uchar> byte = escapeAt(QStringView(text), at);
        if (!byte || at < copied)
            continue;
        bytes += text.sliced(copied, at - copied).toUtf8() + char(*byte);
        copied = at + 4;
    }
    bytes += text.sliced(copied).toUtf8();
    if (const Result<void> good = checked(bytes, text); !good)
        return failure(good.error());
    return bytes;
}

QByteArray joinedPath(const QByteArray &folder, const QByteArray &name)
{
    return folder.isEmpty() ? name : folder + '/' + name;
}

Result<QString> pathFromOutside(const QString &given)
{
    QString text = given;
    if (const auto address = pathOfAddress(given)) {
        if (!*address)
            return failure(address->error());
        if ((*address)->contains('\0'))
            return hasNul(given);
        text = pathToText(**address);
    }
    if (const Result<QByteArray> bytes = pathFromText(text); !bytes)
        return failure(bytes.error());
    return text;
}

Result<QString> folderFromOutside(const QString &given)
{
    QByteArray bytes = given.toUtf8();
    if (const auto address = pathOfAddress(given)) {
        if (!*address)
            return failure(address->error());
        bytes = **address;
    }
    if (const Result<void> good = checked(bytes, given); !good)
        return failure(good.error());
    // What the system's bytes could not be read as arrives as U+FFFD or as half a pair.
    if (!bytes.isValidUtf8() || !isWellFormed(given) ||
        (given.contains(QChar::ReplacementCharacter) && !QFileInfo::exists(QString::fromUtf8(bytes))))
        return failure(ErrorKind::Unsupported,
            u"The folder %1 has a name that is not UTF-8, which cannot be opened here. Rename it, or make a "
            u"symbolic link to it with another name and open that."_s.arg(quoted(QString::fromUtf8(bytes))));
    return QString::fromUtf8(bytes);
}

QByteArray realPath(const QString &path)
{
    const QByteArray given = QFile::encodeName(path);
    char real[PATH_MAX];
    return ::realpath(given.constData(), real) ? QByteArray(real) : given;
}

QString canonicalPath(const QString &path)
{
    const QByteArray real = realPath(path);
    return real.isValidUtf8() ? QFile::decodeName(real) : QFileInfo(path).absoluteFilePath();
}

} // namespace Meanwhile
