// SPDX-License-Identifier: MIT
#include "project/gitmodule.h"

#include "base/logging.h"
#include "base/modulefile.h"
#include "project/plaindiffer.h"

#include <QLibrary>

namespace Meanwhile::Project {

using namespace Qt::StringLiterals;

namespace {

/// QLibrary counts one load too many when two threads load the same file at once, and never lets go of it.
std::mutex &loading()
{
    static std::mutex mutex;
    return mutex;
}

} // namespace

GitModule::GitModule(QString modulePath)
    : m_path(std::move(modulePath))
{
    if (m_path.isEmpty())
        m_path = moduleFile(u"libmw_git.so"_s);
}

const GitPlugin *GitModule::plugin()
{
    std::call_once(m_once, [this] {
        const std::scoped_lock lock(loading());
        QLibrary library(m_path); // stays loaded: its destructor does not unload
        const auto function = reinterpret_cast<GitPluginFunction>(library.resolve(kGitPluginSymbol));
        if (function)
            m_plugin = function();
        if (!m_plugin)
            qCWarning(lcTools, "git support is missing, so what is tracked is not known: %s",
                qUtf8Printable(library.errorString()));
    });
    return m_plugin;
}

std::unique_ptr<IgnoreRules> GitModule::ignoreRules(const QString &folder)
{
    return std::make_unique<IgnoreRules>(folder, plugin());
}

std::unique_ptr<ObjectStore> GitModule::objects(const QString &folder)
{
    const GitPlugin *git = plugin();
    return git ? git->objects(folder) : nullptr;
}

Result<QByteArrayList> GitModule::namesInPack(const QString &indexFile)
{
    const GitPlugin *git = plugin();
    return git ? git->namesInPack(indexFile) : failure(ErrorKind::Unsupported, {});
}

QString GitModule::diff(const QString &path, const QByteArray &before, const QByteArray &after)
{
    if (before == after)
        return {};
    const GitPlugin *git = plugin();
    return git ? git->differ().unified(path, before, after) : PlainDiffer().unified(path, before, after);
}

} // namespace Meanwhile::Project
