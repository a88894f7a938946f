// SPDX-License-Identifier: MIT
#include "tools/readfiletool.h"

#include "base/textlimits.h"
#include "images/imagefitter.h"
#include "project/nearnames.h"
#include "project/textencoding.h"
#include "tools/personwording.h"
#include "tools/textexcerpt.h"

#include <QCryptographicHash>

#include <cerrno>

namespace Meanwhile::Tools {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kChunkBytes = 64 * 1024;
constexpr qint64 kMaxScanBytes = 2'000'000'000; // further lines are not counted
constexpr qint64 kMaxHashBytes = 16 * 1024 * 1024;
constexpr qsizetype kMaxSniffBytes = 4 * 1024 * 1024; // that tell the encoding
constexpr qsizetype kRoomForNote = 200;

struct Request {
    QString path;
    Project::Reach reach = Project::Reach::InsideProject;
    qint64 offset = 1;
    qint64 limit = ReadFileTool::kDefaultLines;
};

ToolOutcome imageOutcome(const Project::OpenedFile &file, const Request &request, Images::ImageFitter &fitter)
{
    if (file.stamp.sizeBytes > Images::kMaxFileBytes)
        return ToolOutcome::error(
            u"%1 is an image of %2; at most %3 can be opened. Make a smaller copy with a command and read that."_s
                .arg(request.path, formatBytes(file.stamp.sizeBytes), formatBytes(Images::kMaxFileBytes)));
    if (!rewindFile(file.descriptor))
        return ToolOutcome::error(errorFromErrno(errno, request.path).message);
    const Result<QByteArray> bytes = Project::readAll(file.descriptor, Images::kMaxFileBytes, request.path);
    if (!bytes)
        return ToolOutcome::error(bytes.error().message);
    const Result<Images::FittedImage> image = fitter.fit(*bytes);
    if (!image)
        return ToolOutcome::error(
            u"%1 cannot be shown: %2. Make a copy that can, with a command, and read that."_s.arg(
                request.path, image.error().message));
    const auto inPixels = [](QSize size) { return u"%1×%2"_s.arg(size.width()).arg(size.height()); };
    const QString size =
        image->size == image->originalSize
            ? inPixels(image->size)
            : u"%1, scaled down from %2"_s.arg(inPixels(image->size), inPixels(image->originalSize));
    ToolOutcome outcome;
    outcome.text =
        u"%1: %2, %3, %4"_s.arg(request.path, image->mediaType, size, formatBytes(image->bytes.size()));
    outcome.summary = inPixels(image->originalSize);
    outcome.images = {{image->mediaType, image->bytes, request.path}};
    return outcome;
}

// A drawing in SVG says more as the text that it is.
bool isPicture(QByteArrayView first)
{
    const auto header = Images::readImageHeader(first);
    return header && header->mediaType != u"image/svg+xml";
}

// Feeds the whole file to an excerpt, and its bytes to a hash.
class Scan {
public:
    Scan(const Project::OpenedFile &file, const Request &request)
        : m_file(file)
        , m_excerpt(request.offset, request.limit, kMaxToolTextChars - kRoomForNote)
    {
    }

    /// 0 or an errno. `first` is what has been read of the file already.
    int run(QByteArray first)
    {
        // The encoding is told by as much of the file as fits.
        while (!m_isWhole && first.size() < kMaxSniffBytes) {
            if (const int code = readOn(first); code != 0)
                return code;
        }
        m_encoding = Project::detectEncoding(first, m_isWhole);
        if (m_encoding.kind != Project::TextEncoding::Kind::Utf8 &&
            m_encoding.kind != Project::TextEncoding::Kind::Unknown)
            m_decoder.emplace(m_encoding);
        m_hash.addData(first);
        m_bytes = first.size();
        feed(QByteArrayView(first).sliced(Project::bomSize(m_encoding)));
        while (!m_isWhole && m_bytes < kMaxScanBytes) {
            QByteArray chunk;
            if (const int code = readOn(chunk); code != 0)
                return code;
            m_bytes += chunk.size();
            if (m_bytes <= kMaxHashBytes)
                m_hash.addData(chunk);
            feed(chunk);
        }
        if (m_isWhole && m_decoder)
            m_excerpt.feed(m_decoder->finish().toUtf8());
        if (m_isWhole)
            m_excerpt.finish();
        return 0;
    }

    const TextExcerpt &excerpt() const { return m_excerpt; }
    const Project::TextEncoding &encoding() const { return m_encoding; }
    bool isWhole() const { return m_isWhole; }
    QByteArray hash() const { return m_isWhole && m_bytes <= kMaxHashBytes ? m_hash.result() : QByteArray(); }

private:
    int readOn(QByteArray &bytes)
    {
        const qsizetype before = bytes.size();
        if (!readSome(m_file.descriptor, bytes, kChunkBytes))
            return errno;
        m_isWhole = bytes.size() == before;
        return 0;
    }

    void feed(QByteArrayView bytes)
    {
        if (m_decoder)
            m_excerpt.feed(m_decoder->decode(bytes).toUtf8());
        else
            m_excerpt.feed(bytes);
    }

    const Project::OpenedFile &m_file;
    TextExcerpt m_excerpt;
    QCryptographicHash m_hash{QCryptographicHash::Sha1};
    Project::TextEncoding m_encoding;
    std::optional<Project::TextDecoder> m_decoder;
    qint64 m_bytes = 0;
    bool m_isWhole = false;
};

// Empty for UTF-8, which needs no words.
QString encodingNote(const Project::TextEncoding &encoding)
{
    if (encoding.kind == Project::TextEncoding::Kind::Utf8)
        return {};
    if (encoding.kind == Project::TextEncoding::Kind::Unknown)
        return u"[Not UTF-8, and its encoding could not be told: other bytes than ASCII are shown as Latin-1.]"_s;
    if (!encoding.isCertain)
        return u"[Not UTF-8. Read as %1, which is a guess from little text.]"_s.arg(
            Project::nameOf(encoding));
    return u"[Encoding: %1. edit_file and write_file keep it.]"_s.arg(Project::nameOf(encoding));
}

ToolOutcome textOutcome(const Scan &scan, const Request &request)
{
    const TextExcerpt &excerpt = scan.excerpt();
    const QString total =
        (scan.isWhole() ? QString() : u"more than "_s) + QString::number(excerpt.totalLines());
    ToolOutcome outcome;
    if (excerpt.totalLines() == 0)
        outcome.text = u"(%1 is empty.)"_s.arg(request.path);
    else if (excerpt.lastLine() == 0)
        return ToolOutcome::error(u"%1 has %2 lines, so there is nothing from line %3 on."_s.arg(
            request.path, total, QString::number(request.offset)));
    else if (request.offset > 1 || excerpt.lastLine() < excerpt.totalLines() || !scan.isWhole())
        outcome.text =
            excerpt.text() + u"[Lines %1 to %2 of %3.%4]"_s.arg(request.offset)
                                 .arg(excerpt.lastLine())
                                 .arg(total, excerpt.lastLine() < excerpt.totalLines()
                                                 ? u" Read on with offset=%1."_s.arg(excerpt.lastLine() + 1)
                                                 : QString());
    else
        outcome.text = excerpt.text();
    if (const QString note = encodingNote(scan.encoding()); !note.isEmpty() && excerpt.lastLine() > 0)
        outcome.text += (outcome.text.endsWith(u'\n') ? u""_s : u"\n"_s) + note;
    const qint64 shown = excerpt.lastLine() == 0 ? 0 : excerpt.lastLine() - request.offset + 1;
    outcome.summary = linesForPerson(shown);
    return outcome;
}

ToolOutcome read(const Project::ProjectFiles &files, Project::SeenFiles &seen, Images::ImageFitter &fitter,
    const Request &request)
{
    const Result<Project::OpenedFile> file = files.open(request.path, request.reach);
    if (!file) {
        if (file.error().kind != ErrorKind::NotFound)
            return outcomeOf(file.error());
        return ToolOutcome::error(u"%1 does not exist. %2"_s.arg(
            request.path, Project::nearNames(files, request.path, request.reach)));
    }
    if (file->isFolder)
        return ToolOutcome::error(
            u"%1 is a folder. Use list_files to see what is in it."_s.arg(request.path));
    QByteArray first;
    if (!readSome(file->descriptor, first, kChunkBytes))
        return ToolOutcome::error(errorFromErrno(errno, request.path).message);
    if (isPicture(first))
        return imageOutcome(*file, request, fitter);
    if (Project::looksBinary(first))
        return ToolOutcome::error(
            u"%1 is a binary file (%2), not text. Use a command that understands it, such as file, xxd or strings."_s
                .arg(request.path, formatBytes(file->stamp.sizeBytes)));
    Scan scan(*file, request);
    if (const int code = scan.run(first); code != 0)
        return ToolOutcome::error(errorFromErrno(code, request.path).message);
    seen.remember(files.absolute(request.path), scan.hash());
    return textOutcome(scan, request);
}

ToolSpec readFileSpec()
{
    return {.name = u"read_file"_s,
        .description =
            u"Read a text file as numbered lines (the numbers are not part of it), or look at an image."_s,
        .schema = R"({"type":"object","properties":{)"
                  R"("path":{"type":"string","description":"relative to the project folder, or absolute"},)"
                  R"("offset":{"type":"integer","description":"first line, default 1"},)"
                  R"("limit":{"type":"integer","description":"number of lines, default )" +
                  QByteArray::number(ReadFileTool::kDefaultLines) + R"("}},"required":["path"]})",
        .effect = Effect::Read,
        .presentation = {.plain = tr("Read"),
            .running = tr("Reading"),
            .done = tr("Read"),
            .subject = {u"path"_s}},
        .paths = {u"path"_s}};
}

} // namespace

ReadFileTool::ReadFileTool(FileToolParts parts)
    : FileTool(readFileSpec(), std::move(parts))
{
}

QFuture<Intent> ReadFileTool::intent(const ToolCall &call)
{
    return readIntent(call.arguments.value(u"path"_s).toString());
}

QFuture<ToolOutcome> ReadFileTool::run(const ToolCall &call)
{
    Request request{call.arguments.value(u"path"_s).toString(), reachOf(call)};
    request.offset = qMax<qint64>(1, call.arguments.value(u"offset"_s).toInteger(1));
    request.limit = call.arguments.value(u"limit"_s).toInteger(kDefaultLines);
    if (request.limit < 1)
        request.limit = kDefaultLines;
    return onPool([files = parts().files, seen = parts().seen, images = parts().images, request] {
        return read(*files, *seen, *images, request);
    });
}

} // namespace Meanwhile::Tools
