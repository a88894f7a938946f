// SPDX-License-Identifier: MIT
#include "support/testregistry.h"
#include "tasks/secretvariable.h"

#include <QtTest>

using namespace Meanwhile::Tasks;
using namespace Qt::StringLiterals;

class SecretVariableTest : public QObject {
    Q_OBJECT

private slots:
    void isKnownByItsName_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : {"STRIPE_API_KEY", "GITHUB_TOKEN", "AWS_SECRET_ACCESS_KEY", "DB_PASSWORD",
                 "PGPASSWORD", "MYSQL_PWD", "SSHPASS", "NPM_AUTH_TOKEN", "npm_config__auth",
                 "DOCKER_AUTH_CONFIG", "CREDENTIALS", "AZURE_CREDENTIALS", "SECRET", "CLIENT_SECRETS",
                 "DEPLOYKEY", "KEY", "Api-Key", "OAUTH", "GPG_PASSPHRASE", "RAILS_MASTER_KEY",
                 "CARGO_REGISTRY_TOKEN", "MY_CREDS", "TF_VAR_db_password", "SECRETKEY_BASE64", "VAULT_TOKEN",
                 "AUTH", "PASS", "HF_TOKEN", "ANTHROPIC_API_KEY", "OPENAI_API_KEY", "JIRA_PAT", "PAT",
                 "PASSWORD_PATH", "MY_TOKEN_FILE", "X_SECRET_TTL", "KEY_DIR", "TOKEN_TIMEOUT"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }

    void isKnownByItsName()
    {
        QFETCH(QString, name);
        QVERIFY(isSecretVariable(name, u"hunter2"_s));
    }

    void isNotTakenForWhatToolsNeed_data()
    {
        QTest::addColumn<QString>("value");
        const auto row = [](const char *name, const char *value) {
            QTest::newRow(name) << QString::fromLatin1(value);
        };
        row("PATH", "/usr/bin:/opt/token/bin");
        row("SSH_AUTH_SOCK", "/run/user/1000/gone/ssh");
        row("XAUTHORITY", "/run/user/1000/gone");
        row("DBUS_SESSION_BUS_ADDRESS", "unix:path=/run/user/1000/bus");
        row("GIT_ASKPASS", "git-gui--askpass");
        row("SSH_ASKPASS", "/usr/bin/ksshaskpass");
        row("SSH_ASKPASS_REQUIRE", "prefer");
        row("PASSWORD_STORE_DIR", "/home/me/.password-store");
        row("GIT_AUTHOR_NAME", "Ada");
        row("AUTHORS", "Ada");
        row("MONKEY", "x");
        row("KEYBOARD_LAYOUT", "us");
        row("KEYTIMEOUT", "1");
        row("LESSKEY", "x");
        row("PASSENGER_APP_ENV", "development");
        row("COMPASS", "north");
        row("TOKENIZERS_PARALLELISM", "false");
        row("MAX_TOKENS", "4096");
        row("GNOME_KEYRING_CONTROL", "x");
        row("SSL_KEY_FILE", "/etc/gone.pem");
        row("USE_AUTH", "true");
        row("TOKEN_TTL", "3600");
        row("TOKEN_EXPIRY", "1h30m");
        row("SECRET_TTL", "7 days");
        row("JWT_KEY_PATH", "config/jwt/private.pem");
        row("MY_TOKEN_FILE", "~/.token");
        row("KEY_PATH", "/etc/gone/a:/usr/gone");
        row("OAUTH_TOKEN_TYPE", "Bearer");
        row("PATTERN", "x");
        row("COMPAT", "x");
        row("PROMPT_COMMAND", "pwd=$(pwd); echo $pwd");
        row("LS_COLORS", "rs=0:di=01;34:ln=01;36");
        row("PROXY", "http://[::1]:8080/");
        row("GOOGLE_APPLICATION_CREDENTIALS", "/etc/passwd"); // a path, of a file that is there
        row("PWD", "/home/me");
        row("LANG", "C");
        row("HOMEPAGE", "https://example.com:8080/a@b");
    }

    void isNotTakenForWhatToolsNeed()
    {
        QFETCH(QString, value);
        QVERIFY(!isSecretVariable(QString::fromLatin1(QTest::currentDataTag()), value));
    }

    void isKnownByWhatItLooksLike_data()
    {
        QTest::addColumn<QString>("value");
        for (const char *value : {"sk-ant-api03-AbCdEf", "sk-proj-0123456789abcdefgh", "ghp_0123456789abcdef",
                 "github_pat_11ABCDEFG0123456789", "AKIAIOSFODNN7EXAMPLE", "xoxb-123456789012-abcdef",
                 "xoxp-1234567890", "glpat-0123456789abcdefghij", "AIzaSyA0123456789abcdefghij",
                 "sk_live_0123456789abcdef", "hf_0123456789abcdefXYZ", "npm_0123456789abcdefghij",
                 "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl", "-----BEGIN PRIVATE KEY-----",
                 "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2ln", "postgres://me:hunter2@db.example/app",
                 "https://user:pw@host/x.git", "curl -H 'Authorization: Bearer abcdefghijklmnop'",
                 "--token=ghp_0123456789abcdef", "xai-0123456789abcdefghij", "hvs.CAESI0123456789abcdef",
                 "dckr_pat_0123456789abcdef", "figd_0123456789-abcdef", "lin_api_0123456789abcdef",
                 "sbp_0123456789abcdef0123", "ntn_0123456789abcdefghij", "pul-0123456789abcdef0123",
                 "ATATT3xFfGF0abcdef", "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=abcdefgh12==",
                 "Server=db;User Id=me;Password=hunter2;", "server=db;uid=me;PWD=hunter2",
                 "host=db user=me password=hunter2", "smtp://me@example.org:hunter2@mail.example.org",
                 "bearer abcdefghijklmnop", "BEARER abcdefghijklmnop",
                 "https://hooks.slack.com/services/T0/B0/x", "https://discord.com/api/webhooks/1/x"})
            QTest::newRow(value) << QString::fromLatin1(value);
    }

    void isKnownByWhatItLooksLike()
    {
        QFETCH(QString, value);
        QVERIFY(isSecretVariable(u"HARMLESS"_s, value));
    }
};

MEANWHILE_TEST(SecretVariableTest)
#include "tst_secretvariable.moc"
