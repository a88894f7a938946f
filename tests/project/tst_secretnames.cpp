// SPDX-License-Identifier: MIT
#include "project/secretnames.h"
#include "support/testregistry.h"

#include <QtTest>

using namespace Meanwhile::Project;
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
            u".htpasswd"_s, u"credentials.toml"_s, u"ssh_host_rsa_key"_s, u".git/modules/a/b/config"_s,
            u".git/config.worktree"_s, u".git/worktrees/a/config.worktree"_s, u".git/config.bak"_s,
            u".git/config.lock"_s, u"store.git/config"_s, u"serviceAccountKey.json"_s,
            u"app-firebase-adminsdk-x1-0a.json"_s, u"terraform.tfstate.backup"_s,
            u"terraform.tfstate.17.backup"_s, u"prod.auto.tfvars"_s, u"prod.tfvars.json"_s, u".dev.vars"_s,
            u".dev.vars.production"_s, u"local.settings.json"_s, u"kubeconfig"_s, u"my-kubeconfig.yaml"_s,
            u"kubeconfig.prod"_s, u"a.kubeconfig"_s, u"deploy_key"_s, u"deploy-key"_s, u"deploy_key_2"_s,
            u"github_rsa"_s, u"server-ed25519"_s, u"a_ecdsa"_s, u"private_key.txt"_s, u"gcp-key.json"_s,
            u".yarnrc.yml"_s, u"auth.json"_s, u"token.json"_s, u"tokens.json"_s, u"access_token.txt"_s,
            u"password.txt"_s, u"passwords2.txt"_s, u"db_password"_s, u".vault_pass"_s, u".vault_pass.txt"_s,
            u"vault-password"_s, u"private-key.asc"_s, u"my.key.asc"_s, u"secring.gpg"_s, u"a.kdbx"_s,
            u"credentials2.json"_s, u"credentialsProd.json"_s, u"secrets.prod.yaml"_s, u".npmrc.bak"_s,
            u".npmrc-work"_s, u".netrc.old"_s, u".pypirc~"_s, u".env.production.local"_s, u".env_prod"_s,
            u".env2"_s, u".envprod"_s, u".env~"_s, u".env.bak"_s, u".env.swp"_s, u".env.2024-01-31"_s,
            u"rootkey.csv"_s, u"me_accessKeys.csv"_s, u".id_rsa.swp"_s, u"#tls.key#"_s, u"tls.key.1"_s,
            u"secrets.yml.orig"_s, u"server.pem.save"_s, u"secrets/db_root"_s, u".gnupg/x"_s,
            u".m2/settings.xml"_s, u".config/gh/hosts.yml"_s, u"rclone.conf"_s, u".smbcredentials"_s};
        const QStringList plain{u".env.example"_s, u".env.sample"_s, u".env.template"_s, u".env.dist"_s,
            u".env.local.example"_s, u"environment.ts"_s, u".environment"_s, u"src/env.py"_s, u"id_map.py"_s,
            u"id_rsa.pub"_s, u"ids.txt"_s, u"monkey.c"_s, u"keys.cpp"_s, u"key"_s, u"credentials.py"_s,
            u"secrets.go"_s, u"credentials.example.json"_s, u"secretary.json"_s, u"config"_s,
            u"config.json"_s, u".env/lib/site.py"_s, u"README.md"_s, u""_s, u"/"_s,
            u"src/credentialsview.cpp"_s, u".env.production.dist"_s, u"example.env"_s, u".env.example.bak"_s,
            u"terraform.tfvars.example"_s, u"github_rsa.pub"_s, u"deploy_key.pub"_s, u"public-key.asc"_s,
            u"kubeconfig.go"_s, u"token.cpp"_s, u"tokens.py"_s, u"design-tokens.json"_s, u"password.ts"_s,
            u"passwordreset.html"_s, u"config.bak"_s, u"settings.xml"_s, u"hosts.yml"_s, u"main.cpp~"_s,
            u"lib.so.1"_s, u"test_rsa.py"_s, u"secrets/mod.rs"_s, u"private.h"_s, u"keyboard.json"_s,
            u"package-lock.json"_s, u"yarn.lock"_s, u".git/HEAD"_s, u"docs/config"_s, u"monkey.json"_s,
            u"api_keys.md"_s, u"accesskey.go"_s, u"envconfig.go"_s, u".vscode/settings.json"_s,
            u"CHANGES.old"_s, u".bak"_s, u"~"_s, u"#"_s};
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
