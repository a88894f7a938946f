// SPDX-License-Identifier: MIT
// The least that a program must do which opens a database and then asks a server:  floor_post URL DATABASE
#include <QCoreApplication>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QSqlDatabase>
#include <QSqlQuery>

using namespace Qt::StringLiterals;

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s);
    database.setDatabaseName(arguments.value(2));
    if (!database.open())
        return 1;
    QSqlQuery query(database);
    query.exec(u"PRAGMA journal_mode=WAL"_s);
    query.exec(u"CREATE TABLE IF NOT EXISTS message (id INTEGER PRIMARY KEY, text TEXT)"_s);
    query.exec(u"INSERT INTO message (text) VALUES ('hello')"_s);

    QNetworkAccessManager network;
    QNetworkRequest request(QUrl(arguments.value(1)));
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    QNetworkReply *reply = network.post(request, QByteArray(R"({"messages":[]})"));
    QObject::connect(reply, &QNetworkReply::finished, &app, &QCoreApplication::quit);
    return QCoreApplication::exec();
}
