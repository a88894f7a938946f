// SPDX-License-Identifier: MIT
#include "boxworld.h"

#include "box/defaultpolicy.h"
#include "box/protectednames.h"
#include "support/patience.h"

#include <QCryptographicHash>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>

#include <grp.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Meanwhile::Testing {

using namespace Qt::StringLiterals;

namespace {

constexpr int kLimitMs = 30'000;

const QString kFill = uR"(
set -e
umask 022
mkdir -p home/.ssh home/.gnupg home/.config/meanwhile home/.local/share/meanwhile/tasks home/.local/share/meanwhile/tmp
mkdir -p home/other outside template/.vscode template/nested home/bin
echo canary > home/.ssh/id_rsa
echo canary > home/.netrc
echo canary > home/.bash_history
echo canary > home/.config/meanwhile/key
echo canary > home/.local/share/meanwhile/meanwhile.db
echo canary > home/other/secret
echo before > outside/existing
printf '[user]\n\tname = A\n\temail = a@b.example\n[gc]\n\tauto = 0\n' > home/.gitconfig
cd template
cp "$ESCAPE" escape
git init -q --template= .
git init -q --template= nested
mkdir -p .git/hooks .git/info nested/.git/hooks nested/.git/info
echo : > .git/hooks/sample
git -C nested commit -q --allow-empty -m a
echo a > a
echo '{}' > .vscode/tasks.json
echo : > .envrc
git add a .vscode .envrc
git commit -q -m a
)"_s;

// Under this folder also where the temporary folder is that of the system, which a box has of its own.
QString newFolder()
{
    return qEnvironmentVariable("MEANWHILE_TEST_HELPERS") + u"/boxworld-XXXXXX"_s;
}

} // namespace

BoxWorld::BoxWorld(uid_t person)
    : m_person(person)
    , m_folder(newFolder())
{
    const QString home = path(u"home"_s);
    m_environment.insert(u"PATH"_s, home + u"/bin:/usr/local/bin:/usr/bin:/bin"_s);
    m_environment.insert(u"HOME"_s, home);
    m_environment.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
    m_environment.insert(u"W"_s, path());
    m_environment.insert(u"P"_s, project());
    m_environment.insert(u"E"_s, project() + u"/escape"_s);
    m_environment.insert(u"ESCAPE"_s, qEnvironmentVariable("MEANWHILE_TEST_HELPERS") + u"/helper_escape"_s);
    m_isWhole = fill();
}

BoxWorld::~BoxWorld() = default;

QString BoxWorld::path(const QString &name) const
{
    return name.isEmpty() ? m_folder.path() : m_folder.filePath(name);
}

QString BoxWorld::runner()
{
    return qEnvironmentVariable("MEANWHILE_BIN_DIR") + u"/meanwhile-run"_s;
}

bool BoxWorld::fill()
{
    const QByteArray folder = QFile::encodeName(path());
    return m_folder.isValid() && ::chmod(folder.constData(), 0755) == 0 &&
           ::chown(folder.constData(), m_person, m_person == 0 ? 0 : gid_t(m_person)) == 0 && shell(kFill);
}

void BoxWorld::start(QProcess &process, const QString &program, const QStringList &arguments) const
{
    process.setProcessEnvironment(m_environment);
    process.setWorkingDirectory(path());
    if (::geteuid() != m_person) {
        process.setChildProcessModifier([person = m_person] {
            if (::setgroups(0, nullptr) != 0 || ::setgid(gid_t(person)) != 0 || ::setuid(person) != 0)
                ::_exit(126);
        });
    }
    process.start(program, arguments);
}

bool BoxWorld::shell(const QString &script) const
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedChannels);
    start(process, u"/bin/bash"_s, {u"-c"_s, script});
    return process.waitForFinished(kLimitMs) && process.exitCode() == 0;
}

void BoxWorld::resetProject()
{
    m_isWhole = m_isWhole && shell(u"rm -rf home/project && cp -a template home/project"_s);
}

Box::BoxPolicy BoxWorld::policy() const
{
    const auto words = [](const QString &text) { return QFile::encodeName(text).toStdString(); };
    const QString state = path(u"home/.local/share/meanwhile"_s);
    Box::Places places;
    places.project = words(project());
    places.home = words(path(u"home"_s));
    places.programPath = words(m_environment.value(u"PATH"_s));
    places.temporary = words(state + u"/tmp"_s);
    places.ownFolders = {words(state), words(path(u"home/.config/meanwhile"_s))};
    Box::BoxPolicy policy = Box::defaultPolicy(places);
    Box::protectNamesOf(policy.project + "/nested", policy);
    return policy;
}

QString BoxWorld::nextTask()
{
    return path(u"home/.local/share/meanwhile/tasks/task-%1"_s.arg(++m_tasks));
}

BoxWorld::Ending BoxWorld::run(
    const QString &script, const std::optional<Box::BoxPolicy> &policy, const QStringList &options)
{
    const QString task = nextTask();
    set(u"T"_s, task);
    QStringList arguments{u"--folder"_s, task, u"--cwd"_s, project()};
    if (policy)
        arguments += {u"--box"_s, QFile::decodeName(Box::textOf(*policy).c_str())};
    arguments += options;
    arguments += {u"--"_s, u"/bin/bash"_s, u"-c"_s, u"--"_s, script};
    QProcess process;
    QElapsedTimer clock;
    clock.start();
    start(process, runner(), arguments);
    if (!process.waitForFinished(kLimitMs))
        process.kill();
    Ending ending;
    ending.elapsedMs = clock.elapsed();
    QFile status(task + u"/status"_s);
    QFile log(task + u"/log"_s);
    ending.status = status.open(QIODevice::ReadOnly) ? status.readAll() : QByteArray();
    ending.output = log.open(QIODevice::ReadOnly) ? log.readAll().mid(4096) : QByteArray();
    const QList<QByteArray> words = ending.status.split(' ');
    if (words.size() > 2 && words.at(0) == "ended")
        ending.exitCode = words.at(2).toInt() + (words.at(1) == "signaled" ? 128 : 0);
    return ending;
}

QByteArray BoxWorld::snapshot() const
{
    QStringList paths;
    QDirIterator files(path(), QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
        QDirIterator::Subdirectories);
    const QString state = path(u"home/.local/share/meanwhile/t"_s); // tasks and tmp
    while (files.hasNext()) {
        const QString file = files.next();
        if (!file.startsWith(project()) && !file.startsWith(state))
            paths.append(file);
    }
    paths.sort();
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const QString &name : std::as_const(paths)) {
        struct stat info {};
        const QByteArray encoded = QFile::encodeName(name);
        ::lstat(encoded.constData(), &info);
        hash.addData(
            encoded + ' ' + QByteArray::number(info.st_mode) + ' ' + QByteArray::number(qint64(info.st_uid)));
        QFile file(name);
        if (S_ISREG(info.st_mode) && file.open(QIODevice::ReadOnly))
            hash.addData(file.readAll());
    }
    return hash.result();
}

} // namespace Meanwhile::Testing
