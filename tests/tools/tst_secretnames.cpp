// SPDX-License-Identifier: MIT
#include "support/testregistry.h"
#include "tools/secretnames.h"

#include <QtTest>

using namespace Meanwhile::Tools;
using namespace Qt::StringLiterals;

class SecretNamesTest : public QObject {
    Q_OBJECT

private slots:
    void knowsFilesThatHoldSecretsByTheirNames_data()
    {
        QTest::addColumn<bool>("isSecret");
        const QStringList secret{u".env"_s, u"./.env"_s, u"a/b/.env.local"_s, u".env-prod"_s, u".ENV"_s,
            u".envrc"_s, u"prod.env"_s, u".env.production"_s, u"id_rsa"_s, u"keys/id_ed25519"_s,
            u"id_deploy"_s, u"id_rsa.bak"_s, u"server.pem"_s, u"tls.key"_s, u"cert.p12"_s, u"a.pfx"_s,
            u"release.keystore"_s, u"x.jks"_s, u"credentials"_s, u"credentials.json"_s,
            u"google-credentials.json"_s, u"application_default_credentials.json"_s, u"secrets.yml"_s,
            u"client_secret_12.json"_s, u"service-account.json"_s, u".netrc"_s, u".npmrc"_s, u".pypirc"_s,
            u".git-credentials"_s, u".git/config"_s, u".aws/credentials"_s, u".docker/config.json"_s,
            u".kube/config"_s, u"terraform.tfstate"_s, u"prod.tfvars"_s, u".envs/.production/.django"_s,
            u".htpasswd"_s, u"credentials.toml"_s, u"ssh_host_rsa_key"_s};
        const QStringList plain{u".env.example"_s, u".env.sample"_s, u".env.template"_s, u".env.dist"_s,
            u".env.local.example"_s, u"environment.ts"_s, u".environment"_s, u"src/env.py"_s, u"id_map.py"_s,
            u"id_rsa.pub"_s, u"ids.txt"_s, u"monkey.c"_s, u"keys.cpp"_s, u"key"_s, u"credentials.py"_s,
            u"secrets.go"_s, u"credentials.example.json"_s, u"secretary.json"_s, u"config"_s,
            u"config.json"_s, u".env/lib/site.py"_s, u"README.md"_s, u""_s, u"/"_s,
            u"src/credentialsview.cpp"_s};
        for (const QString &path : secret)
            QTest::newRow(qPrintable(path)) << true;
        for (const QString &path : plain)
            QTest::newRow(path.isEmpty() ? "(empty)" : qPrintable(path)) << false;
    }

    void knowsFilesThatHoldSecretsByTheirNames()
    {
        QFETCH(bool, isSecret);
        const QString path = QString::fromUtf8(QTest::currentDataTag());
        QCOMPARE(isSecretName(path == u"(empty)" ? QString() : path), isSecret);
    }
};

MEANWHILE_TEST(SecretNamesTest)
#include "tst_secretnames.moc"
