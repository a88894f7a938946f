// SPDX-License-Identifier: MIT
#include "app/window/singleinstance.h"

#include "base/jsontext.h"
#include "base/logging.h"
#include "tasks/supervisedpeer.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimer>

namespace Meanwhile::App {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto kAnswerLimit = 1s;
constexpr qsizetype kMaxWishBytes = 1024 * 1024;
// What the first answers when it has taken the request over.
constexpr char kTaken[] = "taken\n";
constexpr char kRefused[] = "refused: the window takes no requests from commands\n";

QJsonObject toJson(const SingleInstance::LaunchRequest &request)
{
    return {{u"folder"_s, request.folder}, {u"send"_s, request.send}, {u"resume"_s, request.resumeId},
        {u"continue"_s, request.continueNewest},
        {u"only_at_start"_s, QJsonArray::fromStringList(request.onlyAtStart)}};
}

} // namespace

SingleInstance::SingleInstance(const QString &stateFolder, QObject *parent)
    : SingleInstance(stateFolder, Tasks::isSupervisedPeer, parent)
{
}

SingleInstance::SingleInstance(const QString &stateFolder, IsCommand isCommand, QObject *parent)
    : QObject(parent)
    , m_path(stateFolder + u"/window.sock"_s)
    , m_isCommand(std::move(isCommand))
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket *socket = m_server.nextPendingConnection())
            listenTo(socket);
    });
}

void SingleInstance::start(const LaunchRequest &request)
{
    // Without a socket nobody can be there, and the window need not wait for the answer.
    if (!QFile::exists(m_path))
        return serve();
    auto *socket = new QLocalSocket(this);
    const auto takeOver = [this, socket] {
        if (std::exchange(m_decided, true))
            return;
        socket->deleteLater();
        QLocalServer::removeServer(m_path);
        serve();
    };
    connect(socket, &QLocalSocket::connected, this, [this, socket, request, takeOver] {
        if (m_isCommand(socket->socketDescriptor()))
            return takeOver();
        socket->write(compactJson(toJson(request)) + '\n');
    });
    connect(socket, &QLocalSocket::readyRead, this, [this, socket] {
        if (!socket->canReadLine())
            return;
        const QByteArray answer = socket->readLine();
        if ((answer == kTaken || answer == kRefused) && !std::exchange(m_decided, true))
            answer == kTaken ? emit handedOver() : emit refused();
    });
    connect(socket, &QLocalSocket::errorOccurred, this, takeOver);
    connect(socket, &QLocalSocket::disconnected, this, takeOver);
    QTimer::singleShot(kAnswerLimit, socket, takeOver);
    socket->connectToServer(m_path);
}

void SingleInstance::serve()
{
    m_decided = true;
    if (!m_server.listen(m_path))
        qCWarning(lcApp) << "a second start will open a second window:" << m_server.errorString();
    emit isFirst();
}

void SingleInstance::listenTo(QLocalSocket *socket)
{
    connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
    connect(socket, &QLocalSocket::readyRead, this, [this, socket] {
        if (socket->bytesAvailable() > kMaxWishBytes)
            return socket->abort();
        if (!socket->canReadLine())
            return;
        if (m_isCommand(socket->socketDescriptor())) {
            socket->write(kRefused);
            return socket->disconnectFromServer();
        }
        const QJsonObject object = QJsonDocument::fromJson(socket->readLine()).object();
        socket->write(kTaken);
        emit requested({object.value(u"folder"_s).toString(), object.value(u"send"_s).toString(),
            object.value(u"resume"_s).toString(), object.value(u"continue"_s).toBool(),
            object.value(u"only_at_start"_s).toVariant().toStringList()});
    });
}

} // namespace Meanwhile::App
