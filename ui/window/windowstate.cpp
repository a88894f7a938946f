// SPDX-License-Identifier: MIT
#include "ui/window/windowstate.h"

#include "base/logging.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <chrono>
#include <utility>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// A draft is a message in the making; whoever pastes a whole log into it keeps the log elsewhere.
static constexpr qsizetype kMaxDraftChars = 200'000;

static QByteArray toJson(const WindowState &memory)
{
    QJsonObject drafts;
    for (auto draft = memory.drafts.begin(); draft != memory.drafts.end(); ++draft)
        drafts.insert(draft.key(), draft.value().left(kMaxDraftChars));
    const QJsonObject object{{u"geometry"_s, QString::fromLatin1(memory.geometry.toBase64())},
        {u"sidebar_splitter"_s, QString::fromLatin1(memory.sidebarSplitter.toBase64())},
        {u"sidebar_visible"_s, memory.isSidebarVisible},
        {u"splitter"_s, QString::fromLatin1(memory.splitter.toBase64())},
        {u"panel_splitter"_s, QString::fromLatin1(memory.panelSplitter.toBase64())},
        {u"panel_view"_s, QString::fromLatin1(memory.panelView.toBase64())},
        {u"panel_visible"_s, memory.isPanelVisible}, {u"drafts"_s, drafts}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

static void write(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    file.setDirectWriteFallback(false);
    // Buffered, a full disk would go unnoticed until the old file is gone.
    const bool isWritten = file.open(QIODevice::WriteOnly | QIODevice::Unbuffered) &&
                           file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) &&
                           file.write(bytes) == bytes.size() && file.commit();
    if (!isWritten)
        qCWarning(lcUi, "window.json not written: %ls", qUtf16Printable(file.errorString()));
}

WindowStateFile::WindowStateFile(const QString &stateFolder)
    : m_path(QDir(stateFolder).filePath(u"window.json"_s))
{
    m_writer.setMaxThreadCount(1);
    m_delay.setSingleShot(true);
    m_delay.setInterval(1s);
    m_delay.callOnTimeout(&m_delay, [this] { flush(); });
}

WindowStateFile::~WindowStateFile()
{
    flush();
}

WindowState WindowStateFile::load() const
{
    QFile file(m_path);
    if (!QFileInfo(file).isFile() ||
        !file.open(QIODevice::ReadOnly)) // a pipe in its place would be waited for
        return {};
    const QJsonObject object = QJsonDocument::fromJson(file.readAll()).object();
    WindowState memory;
    memory.geometry = QByteArray::fromBase64(object.value(u"geometry"_s).toString().toLatin1());
    memory.sidebarSplitter =
        QByteArray::fromBase64(object.value(u"sidebar_splitter"_s).toString().toLatin1());
    memory.isSidebarVisible = object.value(u"sidebar_visible"_s).toBool(true);
    memory.splitter = QByteArray::fromBase64(object.value(u"splitter"_s).toString().toLatin1());
    memory.panelSplitter = QByteArray::fromBase64(object.value(u"panel_splitter"_s).toString().toLatin1());
    memory.panelView = QByteArray::fromBase64(object.value(u"panel_view"_s).toString().toLatin1());
    memory.isPanelVisible = object.value(u"panel_visible"_s).toBool(true);
    const QJsonObject drafts = object.value(u"drafts"_s).toObject();
    for (auto draft = drafts.begin(); draft != drafts.end(); ++draft)
        memory.drafts.insert(draft.key(), draft.value().toString());
    return memory;
}

void WindowStateFile::save(const WindowState &memory)
{
    m_pending = memory;
    m_isPending = true;
    if (!m_delay.isActive())
        m_delay.start();
}

void WindowStateFile::flush()
{
    m_delay.stop();
    if (!std::exchange(m_isPending, false))
        return;
    m_writer.start([path = m_path, memory = m_pending] { write(path, toJson(memory)); });
}

} // namespace Meanwhile::Ui
