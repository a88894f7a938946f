// SPDX-License-Identifier: MIT
#include "architecture/sourcefile.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>

#include <algorithm>

namespace Meanwhile::Architecture {

using namespace Qt::StringLiterals;

namespace {

/// Length of the literal that begins at `from`, or 0 when none does.
qsizetype literalLength(const QString &text, qsizetype from)
{
    const QChar first = text.at(from);
    if (first == u'R' && text.mid(from + 1, 1) == u"\"") {
        const qsizetype open = text.indexOf(u'(', from);
        const QString close = u')' + text.mid(from + 2, open - from - 2) + u'"';
        const qsizetype end = open < 0 ? -1 : text.indexOf(close, open);
        return end < 0 ? 0 : end + close.size() - from;
    }
    // An apostrophe between digits separates them: 16'000.
    if (first != u'"' && (first != u'\'' || (from > 0 && text.at(from - 1).isDigit())))
        return 0;
    for (qsizetype i = from + 1; i < text.size() && text.at(i) != u'\n'; ++i) {
        if (text.at(i) == u'\\')
            ++i;
        else if (text.at(i) == first)
            return i + 1 - from;
    }
    return 0;
}

} // namespace

QString withoutComments(const QString &text)
{
    QString code;
    code.reserve(text.size());
    qsizetype i = 0;
    while (i < text.size()) {
        const QStringView rest = QStringView(text).mid(i);
        if (rest.startsWith(u"//")) {
            const qsizetype end = rest.indexOf(u'\n');
            i = end < 0 ? text.size() : i + end;
        } else if (rest.startsWith(u"/*")) {
            const qsizetype end = rest.indexOf(u"*/"_s);
            const qsizetype length = end < 0 ? rest.size() : end + 2;
            code += QString(rest.first(length).count(u'\n'), u'\n');
            i += length;
        } else {
            const qsizetype length = std::max<qsizetype>(1, literalLength(text, i));
            code += rest.first(length);
            i += length;
        }
    }
    return code;
}

SourceFile SourceFile::read(const QString &top, const QString &path)
{
    QFile file(top + u'/' + path);
    if (!file.open(QIODevice::ReadOnly))
        return {path, {}, {}};
    QString text = QString::fromUtf8(file.readAll());
    if (text.endsWith(u'\n'))
        text.chop(1);
    return {path, text.split(u'\n'), withoutComments(text).split(u'\n')};
}

QString SourceFile::room() const
{
    const QStringList parts = path.split(u'/');
    if (parts.first() == u"src" && parts.size() > 2)
        return parts.at(1);
    return parts.first() == u"ui" ? u"ui/"_s + parts.at(1) : QString();
}

QStringList SourceFile::includes() const
{
    static const QRegularExpression include(u"^\\s*#\\s*include\\s*(<[^>]+>|\"[^\"]+\")"_s);
    QStringList found;
    for (const QString &line : code) {
        const QRegularExpressionMatch match = include.match(line);
        if (match.hasMatch())
            found += match.captured(1);
    }
    return found;
}

QVector<Function> SourceFile::functions() const
{
    QVector<Function> found;
    for (qsizetype i = 0; i < code.size(); ++i) {
        const QString &line = code.at(i);
        if (line.trimmed() != u"{")
            continue;
        const QString end = line.chopped(1) + u'}';
        qsizetype last = i + 1;
        while (last < code.size() && !code.at(last).startsWith(end))
            ++last;
        found.append({int(i + 1), int(last - i - 1)});
        i = last;
    }
    return found;
}

QStringList SourceFile::classes() const
{
    static const QRegularExpression declaration(u"^class\\s+(\\w+)(\\s+final)?(\\s*:.*)?\\s*\\{"_s);
    QStringList found;
    for (const QString &line : code) {
        const QRegularExpressionMatch match = declaration.match(line);
        if (match.hasMatch())
            found += match.captured(1);
    }
    return found;
}

QVector<SourceFile> readTree(const QString &top, const QStringList &folders)
{
    QStringList paths;
    for (const QString &folder : folders) {
        QDirIterator files(
            top + u'/' + folder, {u"*.h"_s, u"*.cpp"_s}, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext())
            paths += QDir(top).relativeFilePath(files.next());
    }
    std::sort(paths.begin(), paths.end());
    QVector<SourceFile> tree;
    for (const QString &path : paths)
        tree += SourceFile::read(top, path);
    return tree;
}

} // namespace Meanwhile::Architecture
