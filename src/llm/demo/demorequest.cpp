// SPDX-License-Identifier: MIT
#include "llm/demo/demorequest.h"

#include <QRegularExpression>

namespace Meanwhile::Llm {

using namespace Qt::StringLiterals;

namespace {

const auto kOptions =
    QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption;

bool has(const QString &text, const QString &pattern)
{
    return QRegularExpression(pattern, kOptions).match(text).hasMatch();
}

struct Quoted {
    QString text;
    qsizetype at = 0;
};

QVector<Quoted> quotedParts(const QString &words)
{
    static const QRegularExpression kQuotes(
        uR"re("([^"]+)"|“([^”]+)”|«([^»]+)»|`([^`]+)`|「([^」]+)」|'([^']+)')re"_s);
    QVector<Quoted> parts;
    for (auto it = kQuotes.globalMatch(words); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        parts.append({match.captured(match.lastCapturedIndex()).trimmed(), match.capturedStart()});
    }
    return parts;
}

DemoRequest::Language languageOf(const QString &words)
{
    if (has(words, u"[\\x{ac00}-\\x{d7a3}]"_s))
        return DemoRequest::Language::Korean;
    if (has(words, u"\\b(ejecuta|corre|lanza|inicia|crea|lee|muestra|segundo plano|tareas|archivo)\\b"_s))
        return DemoRequest::Language::Spanish;
    return DemoRequest::Language::English;
}

// The command of a sentence without quotes: what stands between the verb and the rest.
QString bareCommand(const QString &words)
{
    static const QString kPatterns[] = {
        uR"(\b(?:run|execute|start)\s+(.+?)(?:\s+in the background|\s+and\s|\s+while\s|\s*,|\s*[.!]?\s*$))"_s,
        uR"(\b(?:ejecuta|corre|lanza|inicia)\s+(.+?)(?:\s+en segundo plano|\s+y\s|\s+mientras\s|\s*,|\s*[.!]?\s*$))"_s,
        uR"((?:백그라운드(?:에서|로)\s+)?(\S+?)(?:을|를)?\s+(?:백그라운드(?:에서|로)\s+)?(?:실행|돌려|시작))"_s,
    };
    for (const QString &pattern : kPatterns) {
        const QRegularExpressionMatch match = QRegularExpression(pattern, kOptions).match(words);
        if (match.hasMatch())
            return match.captured(1).trimmed();
    }
    return {};
}

QString fileName(const QString &words)
{
    static const QRegularExpression kFile(
        uR"([\w./-]*\w\.\w{1,8}\b|\b(?:Makefile|Dockerfile|LICENSE|README)\b)"_s);
    return kFile.match(words).captured();
}

QString withoutQuotes(const QString &words, const QVector<Quoted> &quoted)
{
    QString rest = words;
    for (const Quoted &part : quoted)
        rest.replace(part.text, QString());
    return rest;
}

} // namespace

DemoRequest DemoRequest::parse(const QString &words)
{
    DemoRequest request;
    request.language = languageOf(words);
    const QVector<Quoted> quoted = quotedParts(words);
    const QString rest = withoutQuotes(words, quoted);

    const bool background = has(rest, u"background|segundo plano|백그라운드|뒤에서"_s);
    const bool runs =
        has(rest, u"\\b(run|execute|start|launch)\\b|ejecuta|corre|lanza|inicia|실행|돌려|시작"_s);
    const QRegularExpressionMatch create =
        QRegularExpression(u"\\b(create|write|make)\\b|\\bcrea\\b|escribe|만들|생성|작성"_s, kOptions)
            .match(words);
    const bool reads = has(rest, u"\\b(read|show|open)\\b|\\blee\\b|muestra|abre|읽|보여"_s);
    const bool goesOn =
        has(rest, u"keep (working|going)|other things|carry on|sigue|otras cosas|계속|다른"_s);

    // In Korean the command stands before its verb, in English and Spanish the created file's text after
    // "create".
    for (const Quoted &part : quoted) {
        const bool belongsToFile =
            create.hasMatch() && request.language != Language::Korean && part.at > create.capturedStart();
        if (!belongsToFile)
            request.commands.append(part.text);
        else if (fileName(part.text) == part.text && request.file.isEmpty())
            request.file = part.text;
        else
            request.text = part.text;
    }
    if (request.language == Language::Korean && create.hasMatch() && request.commands.size() > 1)
        request.text = request.commands.takeLast();

    if (runs && request.commands.isEmpty()) {
        const QString command = bareCommand(words);
        if (!command.isEmpty())
            request.commands.append(command);
    }
    if (request.file.isEmpty())
        request.file = fileName(rest);

    if (runs && !request.commands.isEmpty()) {
        if (create.hasMatch())
            request.kind = Kind::RunAndCreate;
        else if (request.commands.size() > 1)
            request.kind = Kind::RunSeveral;
        else
            request.kind = background || goesOn ? Kind::RunAndGoOn : Kind::RunOne;
    } else if (reads && !(request.file.isEmpty() && quoted.isEmpty())) {
        request.kind = Kind::Read;
        if (request.file.isEmpty())
            request.file = quoted.first().text;
        request.commands.clear();
    }
    if (request.kind == Kind::RunAndCreate && request.file.isEmpty())
        request.file = u"meanwhile.txt"_s;
    return request;
}

} // namespace Meanwhile::Llm
