// SPDX-License-Identifier: MIT
#include "llm/demo/demorequest.h"
#include "support/testregistry.h"

#include <QtTest>

using namespace Meanwhile::Llm;
using namespace Qt::StringLiterals;
using Kind = DemoRequest::Kind;

class DemoRequestTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void understands_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<Kind>("kind");
        QTest::addColumn<QStringList>("commands");
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("text");
        const QStringList sleeps{u"sleep 2"_s, u"sleep 4"_s, u"sleep 6"_s};
        const QStringList slow{u"sleep 5 && echo done"_s};
        const QStringList pytest{u"pytest"_s};

        const auto row = [](const char *name, const QString &words, Kind kind, const QStringList &commands,
                             const QString &file = {}, const QString &text = {}) {
            QTest::newRow(name) << words << kind << commands << file << text;
        };
        row("en 1", u"Run \"sleep 5 && echo done\" in the background, then create a file while it runs"_s,
            Kind::RunAndCreate, slow, u"meanwhile.txt"_s);
        row("en 2", u"Start 3 background tasks: \"sleep 2\", \"sleep 4\", \"sleep 6\". Check their status."_s,
            Kind::RunSeveral, sleeps);
        row("en 3", u"Run pytest in the background and keep working on other things"_s, Kind::RunAndGoOn,
            pytest);
        row("en 4",
            u"run \"npm install\" in the background and while it runs create config/app.toml with \"port = 8080\""_s,
            Kind::RunAndCreate, {u"npm install"_s}, u"config/app.toml"_s, u"port = 8080"_s);
        row("en 5", u"Read src/main.cpp"_s, Kind::Read, {}, u"src/main.cpp"_s);
        row("en 6", u"run ls -la"_s, Kind::RunOne, {u"ls -la"_s});
        row("en 7", u"run \"echo hi\""_s, Kind::RunOne, {u"echo hi"_s});
        row("es 1",
            u"Ejecuta \"sleep 5 && echo done\" en segundo plano y crea un archivo mientras se ejecuta"_s,
            Kind::RunAndCreate, slow, u"meanwhile.txt"_s);
        row("es 2",
            u"Inicia 3 tareas en segundo plano: \"sleep 2\", \"sleep 4\", \"sleep 6\". Comprueba su estado."_s,
            Kind::RunSeveral, sleeps);
        row("es 3", u"Ejecuta pytest en segundo plano y sigue trabajando en otras cosas"_s, Kind::RunAndGoOn,
            pytest);
        row("es 4", u"Lee notas.txt"_s, Kind::Read, {}, u"notas.txt"_s);
        row("ko 1", u"\"sleep 5 && echo done\"를 백그라운드에서 실행하고, 실행되는 동안 파일을 만들어 줘"_s,
            Kind::RunAndCreate, slow, u"meanwhile.txt"_s);
        row("ko 2",
            u"백그라운드 작업 3개를 시작해: \"sleep 2\", \"sleep 4\", \"sleep 6\". 상태를 확인해 줘."_s,
            Kind::RunSeveral, sleeps);
        row("ko 3", u"백그라운드에서 pytest를 실행하고 다른 작업을 계속해 줘"_s, Kind::RunAndGoOn, pytest);
        row("ko 4", u"README.md 읽어 줘"_s, Kind::Read, {}, u"README.md"_s);
        row("ko 5", u"pytest를 백그라운드에서 실행하고 다른 일을 계속해 줘"_s, Kind::RunAndGoOn, pytest);
        row("curly quotes", u"Run “make” in the background, then create a.txt"_s, Kind::RunAndCreate,
            {u"make"_s}, u"a.txt"_s);
        row("nothing it knows", u"What is the meaning of life?"_s, Kind::Unknown, {});
        row("nothing", u""_s, Kind::Unknown, {});
    }

    void understands()
    {
        QFETCH(QString, words);
        const DemoRequest request = DemoRequest::parse(words);
        QTEST(request.kind, "kind");
        QTEST(request.commands, "commands");
        if (request.kind == Kind::RunAndCreate || request.kind == Kind::Read) {
            QTEST(request.file, "file");
            QTEST(request.text, "text");
        }
    }
};

MEANWHILE_TEST(DemoRequestTest)
#include "tst_demorequest.moc"
