// SPDX-License-Identifier: MIT
#include "app/commandbox.h"

#include "base/pathtext.h"
#include "base/statepaths.h"
#include "base/whenfinished.h"
#include "box/defaultpolicy.h"

#include <QCryptographicHash>
#include <QFile>
#include <QProcess>
#include <QtConcurrent>
#include <QTimer>

#include <memory>

namespace Meanwhile::App {

using namespace Qt::StringLiterals;
using Permissions::Box;

namespace {

constexpr int kLandlockOfReducedBox = 4;
constexpr std::chrono::seconds kProbeLimit{3};

std::string bytes(const QString &path)
{
    return QFile::encodeName(path).toStdString();
}

// Blocks for the file system. Empty where no box can be made for this project.
QByteArray policyText(const CommandBox::Places &places, const QString &project, const QString &path, Box kind)
{
    const QByteArray name = QCryptographicHash::hash(realPath(project), QCryptographicHash::Sha1).toHex();
    const QString folder = places.stateFolder + u"/boxes/"_s + QString::fromLatin1(name);
    for (const QString &made : {places.stateFolder + u"/boxes"_s, folder, folder + u"/tmp"_s}) {
        if (!makePrivateFolder(made))
            return {};
    }
    Meanwhile::Box::Places where;
    where.project = bytes(project);
    where.home = bytes(places.home);
    where.programPath = bytes(path);
    where.temporary = bytes(folder + u"/tmp"_s);
    for (const QString &own : places.ownFolders)
        where.ownFolders.push_back(bytes(own));
    Meanwhile::Box::BoxPolicy policy = Meanwhile::Box::defaultPolicy(where);
    policy.kind = kind == Box::Full ? Meanwhile::Box::Kind::Full : Meanwhile::Box::Kind::Reduced;
    return QByteArray::fromStdString(Meanwhile::Box::textOf(policy));
}

} // namespace

CommandBox::CommandBox(Places places, QObject *parent)
    : QObject(parent)
    , m_places(std::move(places))
{
}

CommandBox::~CommandBox() = default;

QFuture<CommandBox::Fitted> CommandBox::fit(const QString &projectFolder, const QString &path)
{
    return chain(probe(), this, [places = m_places, projectFolder, path](Box kind) {
        return QtConcurrent::run([places, projectFolder, path, kind] {
            if (kind != Box::Full && kind != Box::Reduced)
                return Fitted{kind, {}};
            const QByteArray text = policyText(places, projectFolder, path, kind);
            if (text.isEmpty())
                return Fitted{Box::None, {}};
            return Fitted{kind, {text, kind == Box::Full ? Tasks::Boxed::Full : Tasks::Boxed::Reduced}};
        });
    });
}

QFuture<Box> CommandBox::probe()
{
    if (m_probe.isValid())
        return m_probe;
    auto promise = std::make_shared<QPromise<Box>>();
    promise->start();
    m_probe = promise->future();
    const auto finish = [this, promise] {
        promise->addResult(m_kind);
        promise->finish();
        emit found();
    };
    if (m_wish == Wish::Off) {
        m_kind = Box::Off;
        finish();
        return m_probe;
    }
    auto *program = new QProcess(this);
    program->setStandardInputFile(QProcess::nullDevice());
    program->setStandardErrorFile(QProcess::nullDevice());
    const auto done = [this, program, finish] {
        if (m_kind != Box::Unknown)
            return;
        take(program->readAllStandardOutput());
        program->deleteLater();
        finish();
    };
    connect(program, &QProcess::finished, this, done);
    connect(program, &QProcess::errorOccurred, this, [done](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            done();
    });
    QTimer::singleShot(kProbeLimit, program, &QProcess::kill);
    program->start(m_places.runnerPath, {u"--probe-box"_s});
    return m_probe;
}

// See box/probe.h for the lines.
void CommandBox::take(const QByteArray &lines)
{
    int landlock = 0;
    QString reason;
    bool isFull = false;
    for (const QByteArray &line : lines.split('\n')) {
        if (line.startsWith("landlock "))
            landlock = line.sliced(9).toInt();
        else if (line == "box full")
            isFull = true;
        else if (line.startsWith("box ")) // a word, and then the reason
            reason = QString::fromUtf8(line.sliced(4)).section(u' ', 1);
    }
    m_kind = isFull ? Box::Full : landlock >= kLandlockOfReducedBox ? Box::Reduced : Box::None;
    m_reason = isFull ? QString() : reason;
}

} // namespace Meanwhile::App
