// SPDX-License-Identifier: MIT
#include "project/secretnames.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <iterator>
#include <utility>

namespace Meanwhile::Project {

using namespace Qt::StringLiterals;

namespace {

// clang-format off
// What follows ".env", and what a file is kept apart for: "secrets.prod.yaml".
constexpr auto kStages = "local|prod|production|dev|development|stage|staging|test|testing|ci";
constexpr auto kSettings = "json|ya?ml|toml|ini|cfg|conf|properties|xml|csv|txt|db|env|tfrc|plist|xcconfig";

// Each for a whole name in lower case. %1 is kStages, %2 is kSettings.
constexpr const char *kSecret[] = {
    // ".env" and ".env.local", "prod.env", ".envrc"; and no ".environment".
    R"(\.env(rc)?(%1)?([^a-z].*)?|.+\.env|env\.(%1)|\.flaskenv|\.dev\.vars(\..+)?|local\.settings\.json)",
    // Private keys.
    R"(.*\.(pem|key|p12|pfx|p8|pk8|ppk|jks|jceks|keystore|bks|kdb|kdbx|agekey|ovpn|pkcs12|keytab|skr))",
    R"(id_[^.]+|id_(rsa|dsa|ecdsa|ed25519)\b.*|.*[._-](rsa|dsa|ecdsa|ed25519)(_sk)?|ssh_host_.*_key)",
    R"((.*[._-])?(deploy|private|signing|master|ssh|api|access)[._-]?keys?([_-][^.]*)?(\.(txt|json|asc|b64))?)",
    R"((.*[_-])?key\.json|(?!.*pub).*(key|secret|priv).*\.asc|secring\.(gpg|pgp)|(.*[._-])?(priv|private|secret)[^.]*\.(gpg|pgp))",
    R"((.*[._-])?(root|access)keys?\.csv)",
    // Credentials.
    R"([._]netrc([._-].+)?|\.(git-credentials|npmrc|yarnrc|pypirc|htpasswd|pgpass|vault-token|dockercfg|terraformrc)([._-].+)?)",
    R"(\.(my\.cnf|mylogin\.cnf|s3cfg|boto|passwd-s3fs|databrickscfg|msmtprc|fetchmailrc|mbsyncrc|offlineimaprc|authinfo))",
    R"(pgpass\.conf|\.?smbcred(ential)?s?|terraform\.rc|htpasswd|htdigest|kaggle\.json|rclone\.conf|ngrok\.ya?ml|cookies\.txt)",
    R"(.*\.(tfstate|tfvars)(\..+)?|[^.]*kubeconfig[^.]*(\.(%1|%2|config))*|.+\.kubeconfig)",
    R"((.*[._-])?(credentials?|creds?|secrets?|client_?secret|service[_-]?account([_-]?key)?|adminsdk)([_-][^.]*)?(\.(%1|%2))*)",
    R"(credentials?[^.]*\.json|(client|oauth)_?secret[^.]*\.json)",
    R"(auth\.json|((access|api|auth|oauth|refresh|bearer|session)[_-]?)?tokens?\.(json|txt)|\.?((access|api|auth)[_-])?token)",
    // Passwords.
    R"((.*[._-])?pass(word|wd|phrase)s?([_-][^.]*)?(\.(txt|csv))?|(.*[._-])?passwords?[^.]*\.txt|passwords?\.(json|ya?ml|ini))",
    R"(\.?(ansible[_-])?vault[_-]?pass(word)?([._-].+)?)",
};

// Names that say nothing without the folder they are in.
constexpr std::pair<const char *, const char *> kSecretIn[] = {
    {".docker", "config.json"}, {".kube", "config"}, {".aws", "config"}, {".m2", "settings.xml"},
    {".m2", "settings-security.xml"}, {".gradle", "gradle.properties"}, {".bundle", "config"}, {"gh", "hosts.yml"},
    {"glab-cli", "config.yml"}, {"doctl", "config.yaml"}, {".fly", "config.yml"}, {"stripe", "config.toml"},
    {"solana", "id.json"}, {"hcloud", "cli.toml"},
};
// clang-format on

QString copyEnding()
{
    return u"(~|#|[._-](bak|backup|old|orig|original|saved?|sav|sw[nop]|tmp|copy|lock|\\d[\\d_.-]*))$"_s;
}

QString secretExpression()
{
    QStringList all;
    for (const char *alternatives : kSecret)
        all += QString::fromLatin1(alternatives)
                   .replace(u"%1"_s, QLatin1StringView(kStages))
                   .replace(u"%2"_s, QLatin1StringView(kSettings));
    return u"^(%1)$"_s.arg(all.join(u'|'));
}

const QRegularExpression &secretPattern()
{
    static const QRegularExpression pattern(secretExpression());
    return pattern;
}

// Most names are neither, which one look tells.
bool isSecretOrCopy(const QString &name)
{
    static const QRegularExpression pattern(secretExpression() + u'|' + copyEnding());
    return pattern.match(name).hasMatch();
}

bool isExample(const QString &name)
{
    static const QRegularExpression pattern(
        u"[._-](example|sample|template|tmpl|dist|pub)(\\.(ya?ml|json|toml|ini|txt|env))?$"
        u"|^(example|sample|template)\\.env$"_s);
    return pattern.match(name).hasMatch();
}

// A copy counts as what it was copied from: ".env.bak", "id_rsa~", ".id_rsa.swp", "#tls.key#", "tls.key.2".
QString withoutCopyEnding(QString name)
{
    static const QRegularExpression ending(copyEnding());
    bool isMadeByEditor = false;
    for (auto match = ending.match(name); match.hasMatch() && match.capturedStart() > 0;
         match = ending.match(name)) {
        isMadeByEditor = match.captured(1) == u"#" || match.captured(2).startsWith(u"sw");
        name.truncate(match.capturedStart());
    }
    // Then a sign was put before it, too.
    return isMadeByEditor && !name.startsWith(u".env") ? name.sliced(1) : name;
}

// `folders` ends with a slash unless it is empty.
bool isSecretIn(QStringView folders, QStringView name)
{
    if (folders.isEmpty())
        return false;
    const auto isIn = [folders](QStringView folder) {
        return folders.contains(folder) || folders.startsWith(folder.sliced(1));
    };
    const QStringView parent = folders.chopped(1).sliced(folders.chopped(1).lastIndexOf(u'/') + 1);
    const bool isOfGit = parent.endsWith(u".git") || isIn(u"/.git/");
    if (isOfGit && (name == u"config" || name == u"config.worktree"))
        return true; // an address may hold a password
    if (parent == u"secrets" && (!name.contains(u'.') || name.endsWith(u".txt")))
        return true;
    if (isIn(u"/.envs/") || isIn(u"/.secrets/") || isIn(u"/.gnupg/") || isIn(u"/.password-store/"))
        return true;
    return std::any_of(std::begin(kSecretIn), std::end(kSecretIn), [&](const auto &known) {
        return parent == QLatin1StringView(known.first) && name == QLatin1StringView(known.second);
    });
}

} // namespace

bool isSecretName(const QString &path)
{
    QString lower = path.toLower();
    while (lower.contains("//"_L1))
        lower.replace("//"_L1, "/"_L1);
    if (lower.endsWith(u'/'))
        lower.chop(1);
    const qsizetype begin = lower.lastIndexOf(u'/') + 1;
    const QString whole = lower.sliced(begin);
    const QStringView folders = QStringView(lower).first(begin);
    if (whole.isEmpty())
        return false;
    if (!isSecretOrCopy(whole))
        return isSecretIn(folders, whole) && !isExample(whole);
    const QString name = withoutCopyEnding(whole);
    if (isExample(whole) || isExample(name))
        return false;
    return secretPattern().match(name).hasMatch() || secretPattern().match(whole).hasMatch() ||
           isSecretIn(folders, name);
}

} // namespace Meanwhile::Project
