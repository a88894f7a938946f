// SPDX-License-Identifier: MIT
#include "conversation/exporttext.h"

#include "base/overloaded.h"
#include "base/textlimits.h"
#include "conversation/messagejson.h"

#include <QCoreApplication>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>

namespace Meanwhile::Conversation {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMaxSummaryChars = 80;
constexpr qsizetype kMaxNameBytes = 120;

QString tr(const char *text)
{
    return QCoreApplication::translate("Meanwhile::Conversation", text);
}

qsizetype longestRun(const QString &text, QChar c)
{
    qsizetype longest = 0;
    qsizetype run = 0;
    for (const QChar one : text) {
        run = one == c ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    return longest;
}

QString fenced(const QString &text, const QString &language = {})
{
    const QString fence(std::max<qsizetype>(3, longestRun(text, u'`') + 1), u'`');
    return fence + language + u'\n' + text + (text.endsWith(u'\n') ? u""_s : u"\n"_s) + fence + u"\n\n"_s;
}

/// Lines end here where they end in Markdown.
QStringList linesOf(const QString &text)
{
    QString lines = text.trimmed();
    lines.replace(u"\r\n"_s, u"\n"_s).replace(u'\r', u'\n');
    return lines.split(u'\n');
}

/// Marks each line, so that the text cannot leave the quote.
QString quoted(const QString &text)
{
    return u"> "_s + linesOf(text).join(u"\n> "_s) + u"\n\n"_s;
}

/// The line's first word, where it is at least three of the same backticks or tildes.
QString fenceOf(const QString &line)
{
    const QChar mark = line.isEmpty() ? QChar() : line.front();
    if (mark != u'`' && mark != u'~')
        return {};
    const auto end = std::find_if_not(line.begin(), line.end(), [mark](QChar c) { return c == mark; });
    const QString fence = line.first(end - line.begin());
    const bool isCodeInLine = mark == u'`' && line.indexOf(mark, fence.size()) >= 0;
    return fence.size() < 3 || isCodeInLine ? QString() : fence;
}

bool hasFence(const QString &line)
{
    return line.contains(u"```"_s) || line.contains(u"~~~"_s);
}

/// Each run of backticks in the line has its like behind it; what a run does that reaches into the next line,
/// or stands behind a backslash, is not looked into.
bool endsItsCode(const QString &line)
{
    static const QRegularExpression run(u"`+"_s);
    QString open;
    for (auto found = run.globalMatch(line); found.hasNext();) {
        const QString ticks = found.next().captured();
        open = open.isEmpty() ? ticks : open == ticks ? QString() : open;
    }
    return open.isEmpty() && !line.contains(u"\\`"_s);
}

/// A line outside of fences with the heads of the export above its own, and without tags: nothing that was
/// said looks like another's turn or folds away what follows. Code within the line stays as it is.
QString belowHeads(const QString &line, bool isUnderText)
{
    static const QRegularExpression head(
        u"^( {0,3}(?:(?:>|[-*+]|[0-9]{1,9}[.)])[ \\t]*)*)(#{1,6})(?=[ \\t]|$)"_s);
    static const QRegularExpression underline(u"^ {0,3}(=+|-+)[ \\t]*$"_s);
    if (isUnderText && underline.match(line).hasMatch())
        return u'\\' + line.trimmed();
    QString shown;
    QString code; // the backticks that opened it
    for (qsizetype at = 0; at < line.size();) {
        const QChar c = line.at(at);
        qsizetype end = at + 1;
        if (c == u'`') {
            while (end < line.size() && line.at(end) == c)
                ++end;
            const QString run = line.sliced(at, end - at);
            code = code.isEmpty() ? run : code == run ? QString() : code;
        } else if (c == u'<' && code.isEmpty() && end < line.size() &&
                   (line.at(end).isLetter() || u"/!?"_s.contains(line.at(end)))) {
            shown += u'\\';
        }
        shown += QStringView(line).sliced(at, end - at);
        at = end;
    }
    const QRegularExpressionMatch found = head.match(shown);
    if (found.hasMatch()) {
        const qsizetype level = std::min<qsizetype>(6, found.capturedLength(2) + 2);
        shown.replace(found.capturedStart(2), found.capturedLength(2), QString(level, u'#'));
    }
    return shown;
}

/// Prose as it is, where all that it begins it plainly also ends, and a quote otherwise: what a fence within
/// a list or behind blanks does, readers do not agree on. A tag at the beginning of a line, as "<!--", is
/// shown instead of obeyed.
QString prose(const QString &text)
{
    static const QRegularExpression tag(u"^[ \\t]*<"_s);
    QStringList lines = linesOf(text);
    QString open;
    bool isTextAbove = false;
    for (QString &line : lines) {
        const QString fence = fenceOf(line);
        if (fence.isEmpty() && (hasFence(line) || (open.isEmpty() && !endsItsCode(line))))
            return quoted(text);
        if (!open.isEmpty()) {
            const bool isBare = line.size() == fence.size();
            if (isBare && fence.startsWith(open))
                open.clear();
            else if (!isBare && !fence.isEmpty())
                return quoted(text);
        } else if (!fence.isEmpty()) {
            open = fence;
        } else if (!line.startsWith(u'<') && tag.match(line).hasMatch()) {
            return quoted(text);
        } else {
            const bool isUnderText = isTextAbove;
            isTextAbove = !line.trimmed().isEmpty();
            line = belowHeads(line, isUnderText);
            continue;
        }
        isTextAbove = false;
    }
    return open.isEmpty() ? lines.join(u'\n') + u"\n\n"_s : quoted(text);
}

/// One line in which nothing means anything to Markdown.
QString plain(const QString &text)
{
    QString line;
    for (const QChar c : text.simplified()) {
        if (u"\\`*_[]<>#|&~"_s.contains(c))
            line += u'\\';
        line += c;
    }
    return line;
}

QString note(const QString &text)
{
    return u'*' + plain(text) + u"*\n\n"_s;
}

QString folded(const QString &summary, const QString &inside)
{
    const QString line = summary.simplified();
    const QString shown = line.size() > kMaxSummaryChars ? line.left(kMaxSummaryChars - 1) + u'…' : line;
    return u"<details>\n<summary>"_s + shown.toHtmlEscaped() + u"</summary>\n\n"_s + inside +
           u"</details>\n\n"_s;
}

QString imageNote(const ImageBlock &image)
{
    const QString size = formatBytes(image.bytes.size());
    return note(image.name.isEmpty() ? tr("Image (%1, %2)").arg(image.mediaType, size)
                                     : tr("Image %1 (%2, %3)").arg(image.name, image.mediaType, size));
}

QString resultText(const ToolResultBlock &result)
{
    QString text = result.isError ? note(tr("It failed:")) : QString();
    if (!result.text.isEmpty())
        text += fenced(clipMiddle(result.text, kMaxExportedToolChars));
    for (const ImageBlock &image : result.images)
        text += imageNote(image);
    return text.isEmpty() ? note(tr("Nothing came back")) : text;
}

QString callText(const ToolCallBlock &call, const ToolResultBlock *result)
{
    QJsonParseError error;
    const QJsonDocument input = QJsonDocument::fromJson(call.input, &error);
    const bool isJson = error.error == QJsonParseError::NoError;
    const QString given = isJson ? QString::fromUtf8(input.toJson()) : cleanText(call.input);
    QStringList words{call.name};
    const QJsonObject arguments = input.object();
    for (const QString &key : {u"command"_s, u"path"_s, u"pattern"_s}) {
        if (arguments.contains(key))
            words += arguments.value(key).toString();
    }
    return folded(
        words.join(u' '), fenced(clipMiddle(given, kMaxExportedToolChars), isJson ? u"json"_s : QString()) +
                              (result ? resultText(*result) : note(tr("No result"))));
}

QString newsText(const NewsBlock &block)
{
    const qsizetype count = block.news.size();
    return folded(
        count == 1 ? tr("1 result sent to the model") : tr("%1 results sent to the model").arg(count),
        fenced(clipMiddle(block.text, kMaxExportedToolChars)));
}

QString omissionText(const OmissionBlock &block)
{
    const QString what =
        block.what == OmissionBlock::What::Block
            ? tr("From here on the model is not sent something that the provider refused")
        : block.what == OmissionBlock::What::LongTexts
            ? tr("From here on the model is not sent long arguments and long messages that came earlier")
            : tr("From here on the model is not sent what tools answered earlier");
    return note(block.reason.isEmpty() ? what : u"%1: %2"_s.arg(what, block.reason));
}

QString restoreText(const RestoreBlock &block)
{
    return note(block.before.isEmpty()
                    ? tr("A restore was undone; files: %1").arg(block.files)
                    : tr("Files were restored to how they were before an earlier message; files: %1")
                          .arg(block.files));
}

class MarkdownText {
    Q_DECLARE_TR_FUNCTIONS(Meanwhile::Conversation::MarkdownText)

public:
    explicit MarkdownText(const History &history)
        : m_messages(history.messages())
    {
    }

    QString body()
    {
        QString text;
        for (qsizetype at = 0; at < m_messages.size(); ++at)
            text += message(at);
        return text;
    }

private:
    /// A call's result is in the message right after it.
    QHash<QString, const ToolResultBlock *> resultsIn(qsizetype at) const
    {
        QHash<QString, const ToolResultBlock *> results;
        if (at < 0 || at >= m_messages.size())
            return results;
        for (const ContentBlock &block : m_messages.at(at).content) {
            if (const auto *result = std::get_if<ToolResultBlock>(&block))
                results.insert(result->callId, result);
        }
        return results;
    }

    QString block(const ContentBlock &block, const Message &message)
    {
        const bool isPerson = message.role == Role::User;
        return std::visit(
            Overloaded{
                [&](const TextBlock &b) {
                    if (b.text.trimmed().isEmpty())
                        return QString();
                    return isPerson ? quoted(b.text) : prose(b.text);
                },
                [](const ThinkingBlock &b) {
                    return b.text.isEmpty() ? QString() : folded(tr("Thinking"), quoted(b.text));
                },
                [this](const ToolCallBlock &b) { return callText(b, m_results.value(b.id)); },
                [this](const ToolResultBlock &b) {
                    return m_shownCalls.contains(b.callId) ? QString() : resultText(b);
                },
                [](const ImageBlock &b) { return imageNote(b); },
                [](const NewsBlock &b) { return b.news.isEmpty() ? QString() : newsText(b); },
                [](const OpaqueBlock &b) {
                    return note(tr("Something that only the provider can read (%1)").arg(b.type));
                },
                [](const CompactionBlock &b) {
                    return folded(
                        tr("From here on the model has this summary of what came before"), quoted(b.summary));
                },
                [](const OmissionBlock &b) { return omissionText(b); },
                [](const RestoreBlock &b) { return restoreText(b); },
                [](const EndBlock &b) { // the answer's own ending says why
                    return b.why == EndBlock::Why::Stopped ? note(tr("Stopped")) : QString();
                },
                [](const FailureBlock &b) { return note(b.words); },
            },
            block);
    }

    /// Text from the program itself for the model.
    static QString programsWords(const Message &message)
    {
        QString text;
        for (const ContentBlock &block : message.content) {
            if (const auto *news = std::get_if<NewsBlock>(&block); news && news->news.isEmpty())
                text += note(news->text);
        }
        return text;
    }

    static QString heading(const Message &message, Role role)
    {
        QString who = tr("Note");
        if (role == Role::User)
            who = tr("You");
        else if (role == Role::Assistant)
            who = message.model.isEmpty() ? tr("Model") : plain(message.model);
        const QString when = message.time.toUTC().toString(u"yyyy-MM-dd HH:mm 'UTC'"_s);
        return u"## "_s + who + (when.isEmpty() ? QString() : u" · "_s + when) + u"\n\n"_s;
    }

    QString message(qsizetype at)
    {
        const Message &message = m_messages.at(at);
        m_results = resultsIn(at + 1);
        QString text;
        for (const ContentBlock &one : message.content)
            text += block(one, message);
        if (message.completeness == Completeness::Stopped)
            text += note(tr("Stopped here"));
        else if (message.completeness == Completeness::Broken)
            text += note(tr("The connection broke here; the model has not seen this part"));
        m_shownCalls.clear();
        for (const ToolCallBlock &call : toolCalls(message))
            m_shownCalls += call.id;
        const QString words = programsWords(message);
        return (words.isEmpty() ? QString() : heading(message, Role::Record) + words) +
               (text.isEmpty() ? QString() : heading(message, message.role) + text);
    }

    const QVector<Message> &m_messages;
    QHash<QString, const ToolResultBlock *> m_results; ///< of the message's calls
    QStringList m_shownCalls;                          ///< of the message before it
};

} // namespace

QByteArray toMarkdown(const History &history, const ExportHead &head)
{
    const QString title = head.title.simplified();
    QString text = u"# "_s + plain(title.isEmpty() ? tr("Session") : title) + u"\n\n"_s;
    if (!head.project.isEmpty())
        text += note(tr("Project: %1").arg(head.project));
    return (text + MarkdownText(history).body()).trimmed().toUtf8() + '\n';
}

QByteArray toJsonText(const History &history, const ExportHead &head)
{
    QJsonArray messages;
    for (const Message &message : history.messages())
        messages.append(toJson(message));
    return QJsonDocument(
        QJsonObject{{u"format"_s, u"meanwhile.session"_s}, {u"version"_s, 1}, {u"id"_s, head.id},
            {u"title"_s, head.title}, {u"project"_s, head.project}, {u"messages"_s, messages}})
        .toJson();
}

QString fileNameFor(const QString &title)
{
    QString name = title.simplified();
    name.removeIf(
        [](QChar c) { return c.category() == QChar::Other_Control || u"/\\:*?\"<>|"_s.contains(c); });
    while (name.startsWith(u'.'))
        name.remove(0, 1);
    while (name.toUtf8().size() > kMaxNameBytes)
        name.chop(name.size() > 1 && name.back().isLowSurrogate() ? 2 : 1);
    name = name.simplified();
    return name.isEmpty() ? tr("Session") : name;
}

} // namespace Meanwhile::Conversation
