// SPDX-License-Identifier: MIT
#include "app/commandline.h"

#include "app/session.h"
#include "base/trustedsettings.h"

#include <QCommandLineParser>
#include <QCoreApplication>

namespace Meanwhile::App {

using namespace Qt::StringLiterals;

namespace {

const QStringList kBuiltIn{u"anthropic"_s, u"openai"_s, u"demo"_s};

QString tr(const char *text)
{
    return QCoreApplication::translate("Meanwhile::App", text);
}

const QStringList kBoxes{u"on"_s, u"off"_s, u"require"_s};
const QStringList kFormats{u"text"_s, u"json"_s, u"stream-json"_s};

void addOptions(QCommandLineParser &parser)
{
    parser.setSingleDashWordOptionMode(QCommandLineParser::ParseAsLongOptions);
    parser.addOptions({
        {u"send"_s,
            tr("Open the window and send this at once. Without FOLDER it is put into the message field of "
               "the last "
               "session."),
            u"PROMPT"_s},
        {{u"p"_s, u"print"_s},
            tr("No window: run one prompt and print the answer (\"-\" reads standard input)."), u"PROMPT"_s},
        {u"output-format"_s, tr("With -p: text, json or stream-json."), u"FORMAT"_s},
        {u"provider"_s,
            tr("anthropic, openai, demo, or one of your own by its name in Settings; by default what has a "
               "key, "
               "else demo."),
            u"PROVIDER"_s},
        {u"model"_s, tr("The model's id, as the provider names it."), u"ID"_s},
        {u"base-url"_s, tr("Another address for the provider."), u"URL"_s},
        {u"permission-mode"_s, tr("box, ask, edits, auto or plan. With -p, what would ask is refused."),
            u"MODE"_s},
        {u"box"_s,
            tr("With -p: on, off or require. Off: commands run with all that you may do. Require: nothing "
               "runs where no box can be built."),
            u"WHEN"_s},
        {u"continue"_s, tr("Continue the newest session of this folder.")},
        {u"resume"_s, tr("Continue this session."), u"ID"_s},
        {u"no-wait"_s, tr("With -p: end with the turn, also while tasks still run.")},
        {u"max-turns"_s, tr("With -p: at most so many requests to the model."), u"N"_s},
        {{u"h"_s, u"help"_s}, tr("Show this help.")},
        {{u"v"_s, u"version"_s}, tr("Show the version.")},
    });
    parser.addPositionalArgument(
        u"FOLDER"_s, tr("The project folder; by default the current one with -p."), u"[FOLDER]"_s);
}

tl::unexpected<Error> wrong(const QString &what)
{
    return failure(ErrorKind::InvalidArgument, what + u' ' + tr("See meanwhile --help."));
}

// Options that contradict each other are an error.
Result<void> checkTogether(const QCommandLineParser &parser, const CommandLine &line)
{
    // Other options may be repeated, and the last one counts; a repeated prompt would be lost.
    for (const QString &option : {u"send"_s, u"print"_s, u"resume"_s}) {
        if (parser.values(option).size() > 1)
            return wrong(tr("--%1 is given more than once.").arg(option));
    }
    if (parser.isSet(u"resume"_s) && line.resumeId.isEmpty())
        return wrong(tr("--resume needs the id of a session."));
    if (line.continueNewest && !line.resumeId.isEmpty())
        return wrong(tr("Give either --continue or --resume."));
    for (const QString &option : {u"output-format"_s, u"box"_s, u"no-wait"_s, u"max-turns"_s}) {
        if (!line.print && parser.isSet(option))
            return wrong(tr("--%1 is for a run without a window; give -p as well.").arg(option));
    }
    if (line.print && !line.send.isEmpty())
        return wrong(tr("--send opens a window and -p opens none; give one of them."));
    return {};
}

} // namespace

Result<QString> providerNamed(const QString &name, const Settings &settings)
{
    QStringList names = kBuiltIn;
    if (names.contains(name))
        return name;
    for (const CustomProvider &own : settings.customProviders) {
        if (own.name.compare(name, Qt::CaseInsensitive) == 0)
            return own.id;
        names += own.name;
    }
    return wrong(tr("There is no provider “%1”. These exist: %2.").arg(name, names.join(u", "_s)));
}

Result<CommandLine> CommandLine::parse(const QStringList &arguments)
{
    QCommandLineParser parser;
    addOptions(parser);
    if (!parser.parse(arguments))
        return wrong(parser.errorText());

    CommandLine line;
    line.showHelp = parser.isSet(u"help"_s);
    line.showVersion = parser.isSet(u"version"_s);
    if (line.showHelp || line.showVersion)
        return line;
    const QStringList folders = parser.positionalArguments();
    if (folders.size() > 1)
        return wrong(
            tr("Only one folder can be opened, but these were given: %1.").arg(folders.join(u", "_s)));
    if (!folders.isEmpty()) {
        if (folders.first().isEmpty())
            return wrong(tr("The name of the folder is empty. Leave it out for the current folder."));
        const Result<QString> folder = givenFolder(folders.first());
        if (!folder)
            return failure(folder.error());
        line.folder = *folder;
    }
    line.send = parser.value(u"send"_s);
    if (parser.isSet(u"print"_s))
        line.print = parser.value(u"print"_s);
    const QString format = parser.isSet(u"output-format"_s) ? parser.value(u"output-format"_s) : u"text"_s;
    if (!kFormats.contains(format))
        return wrong(tr("There is no output format “%1”; text, json and stream-json exist.").arg(format));
    line.format = OutputFormat(kFormats.indexOf(format));
    line.provider = parser.value(u"provider"_s);
    line.model = parser.value(u"model"_s);
    line.baseUrl = parser.value(u"base-url"_s);
    if (parser.isSet(u"permission-mode"_s)) {
        line.mode = Permissions::modeFromString(parser.value(u"permission-mode"_s));
        if (!line.mode)
            return wrong(tr("There is no permission mode “%1”; box, ask, edits, auto and plan exist.")
                             .arg(parser.value(u"permission-mode"_s)));
    }
    const QString box = parser.isSet(u"box"_s) ? parser.value(u"box"_s) : u"on"_s;
    if (!kBoxes.contains(box))
        return wrong(tr("--box takes on, off or require, not “%1”.").arg(box));
    line.box = Box(kBoxes.indexOf(box));
    line.continueNewest = parser.isSet(u"continue"_s);
    line.resumeId = parser.value(u"resume"_s);
    line.wait = !parser.isSet(u"no-wait"_s);
    if (parser.isSet(u"max-turns"_s)) {
        bool ok = false;
        line.maxRequests = parser.value(u"max-turns"_s).toInt(&ok);
        if (!ok || line.maxRequests < 1)
            return wrong(
                tr("--max-turns takes a whole number from 1, not “%1”.").arg(parser.value(u"max-turns"_s)));
    }
    if (const Result<void> fits = checkTogether(parser, line); !fits)
        return failure(fits.error());
    return line;
}

Result<CommandLine> CommandLine::resolved(const StatePaths &paths) const
{
    CommandLine line = *this;
    if (provider.isEmpty() || kBuiltIn.contains(provider))
        return line; // without reading the settings, which the program does anyway
    const Result<QString> id = providerNamed(provider, TrustedSettings::load(paths).settings);
    if (!id)
        return failure(id.error());
    line.provider = *id;
    return line;
}

QString CommandLine::helpText()
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        tr("Meanwhile, a coding agent that keeps working while its commands run."));
    addOptions(parser);
    return parser.helpText();
}

} // namespace Meanwhile::App
