// SPDX-License-Identifier: MIT
#include "tasks/secretvariable.h"

#include <QFileInfo>
#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <array>

namespace Meanwhile::Tasks {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array kModelProviders{"AI21"_L1, "ANTHROPIC"_L1, "AZURE_OPENAI"_L1, "CEREBRAS"_L1, "CLAUDE"_L1,
    "COHERE"_L1, "DASHSCOPE"_L1, "DEEPINFRA"_L1, "DEEPSEEK"_L1, "FIREWORKS"_L1, "GEMINI"_L1, "GOOGLE_AI"_L1,
    "GOOGLE_GENERATIVE_AI"_L1, "GROQ"_L1, "HUGGINGFACE"_L1, "MINIMAX"_L1, "MISTRAL"_L1, "MOONSHOT"_L1,
    "NVIDIA"_L1, "OPENAI"_L1, "OPENROUTER"_L1, "PERPLEXITY"_L1, "QWEN"_L1, "REPLICATE"_L1, "TOGETHER"_L1,
    "XAI"_L1, "ZAI"_L1, "ZHIPUAI"_L1};
constexpr std::array kKeyEndings{
    "_API_KEY"_L1, "_API_KEYS"_L1, "_API_TOKEN"_L1, "_AUTH_TOKEN"_L1, "_ACCESS_TOKEN"_L1, "_OAUTH_TOKEN"_L1};

// Without these nothing would run; none of them is ever a secret.
const QStringList kNeverSecret{u"PATH"_s, u"HOME"_s, u"SHELL"_s, u"USER"_s, u"LOGNAME"_s, u"PWD"_s,
    u"OLDPWD"_s, u"TMPDIR"_s, u"LANG"_s, u"TERM"_s, u"DISPLAY"_s, u"WAYLAND_DISPLAY"_s, u"XAUTHORITY"_s,
    u"SSH_AUTH_SOCK"_s, u"LESSKEY"_s};

// The last word says that the value is where something is, how much, or how: "the file of the key".
const QStringList kPlaces{
    u"SOCK"_s, u"SOCKET"_s, u"DIR"_s, u"DIRECTORY"_s, u"FOLDER"_s, u"PATH"_s, u"FILE"_s, u"FILES"_s};
const QStringList kMeasures{u"PORT"_s, u"TTL"_s, u"TIMEOUT"_s, u"EXPIRY"_s, u"EXPIRATION"_s, u"LENGTH"_s,
    u"SIZE"_s, u"COUNT"_s, u"LIMIT"_s};
const QStringList kWays{u"HOST"_s, u"PROGRAM"_s, u"COMMAND"_s, u"CMD"_s, u"HELPER"_s, u"TYPE"_s, u"METHOD"_s,
    u"MODE"_s, u"REQUIRE"_s, u"REQUIRED"_s, u"ENABLED"_s, u"DISABLED"_s, u"ALGORITHM"_s, u"PROVIDER"_s,
    u"SCOPE"_s, u"SCOPES"_s, u"ISSUER"_s, u"AUDIENCE"_s};

const QRegularExpression &secretWord()
{
    static const QRegularExpression kWord(
        // Whole words, and what is written together: PGPASSWORD, SSHPASS, OAUTH, DEPLOYKEY.
        u"^(?!(MONKEY|DONKEY|TURKEY|WHISKEY|HOCKEY|JOCKEY|HOTKEY|LESSKEY|COMPASS|BYPASS|TRESPASS|OVERPASS|"
        "UNDERPASS|SURPASS|ASKPASS|XAUTH)S?$)"
        "(.*(KEY|TOKEN|PASS|AUTH|CRED|PWD)S?|.*(SECRET|PASSWD|PASSWORD|PASSPHRASE|CREDENTIAL|APIKEY|"
        "ACCESSKEY|PRIVATEKEY|AUTHTOKEN).*|PATS?)$"_s);
    return kWord;
}

// A secret may begin with a slash as well, but hardly with the name of a folder that is there.
bool isPath(const QString &value)
{
    static const QRegularExpression kRelative(
        u"^(~|\\.\\.?)/|^[\\w./-]+\\.(pem|key|crt|cer|pub|p12|pfx|jks|gpg|asc|json|"
        "ya?ml|toml|txt|cfg|conf|ini|env|sh|py)$"_s);
    if (!value.startsWith(u'/'))
        return kRelative.match(value).hasMatch();
    return QFileInfo::exists(value) ||
           (value.count(u'/') > 1 && QFileInfo(value.section(u'/', 0, 1)).isDir());
}

bool isMeasure(const QString &value)
{
    static const QRegularExpression kMeasure(
        u"^\\d+([.,]\\d+)?( ?(m?s|sec|seconds?|m|min|minutes?|h|hours?|d|days?|w|weeks?|"
        "months?|y|years?|[kmg]?b|k|bytes?))?( ?\\d+[hms])*$|^P(T?\\d+[YMWDHS])+$|"
        "^\\d{4}-\\d\\d-\\d\\d([T ][\\d:.]+\\S{0,6})?$"_s,
        QRegularExpression::CaseInsensitiveOption);
    return kMeasure.match(value).hasMatch();
}

// The last word of the name and the value agree on it.
bool isOnlyAbout(const QString &lastWord, const QString &value)
{
    if (kPlaces.contains(lastWord)) {
        const QStringList all = value.split(u':', Qt::SkipEmptyParts);
        return std::all_of(all.cbegin(), all.cend(), isPath);
    }
    return kWays.contains(lastWord) || (kMeasures.contains(lastWord) && isMeasure(value));
}

bool hasSecretName(const QString &name, const QString &value)
{
    static const QRegularExpression kBetween(u"[^A-Z0-9]+"_s);
    const QStringList words = name.toUpper().split(kBetween, Qt::SkipEmptyParts);
    if (words.isEmpty() || (words.size() > 1 && isOnlyAbout(words.last(), value)))
        return false;
    return std::any_of(words.cbegin(), words.cend(),
        [](const QString &word) { return secretWord().match(word).hasMatch(); });
}

bool isPlainAnswer(const QString &name, const QString &value)
{
    static const QRegularExpression kAnswer(
        u"^(0|1|true|false|yes|no|on|off|none|auto)?$"_s, QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression kNumber(u"^\\d+$"_s);
    return kAnswer.match(value).hasMatch() ||
           (name.endsWith(u"TOKENS"_s, Qt::CaseInsensitive) && kNumber.match(value).hasMatch());
}

// "Server=db;User Id=me;Password=…", and the way of libpq: "host=db user=me password=…".
bool isConnectionWithPassword(const QString &value)
{
    static const QRegularExpression kPairs(
        u"^\\s*[A-Z][\\w .-]*=[^;\\n]*(;\\s*[A-Z][\\w .-]*=[^;\\n]*)+;?\\s*$|"
        "^\\s*[a-z_]+\\s*=\\s*\\S+(\\s+[a-z_]+\\s*=\\s*\\S+)+\\s*$"_s,
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression kPassword(
        u"(^|[;\\s])(password|pwd)\\s*=\\s*[^;\\s]"_s, QRegularExpression::CaseInsensitiveOption);
    return kPassword.match(value).hasMatch() && kPairs.match(value).hasMatch();
}

bool hasSecretShape(const QString &value)
{
    static const QRegularExpression kShape(
        u"(?<![A-Za-z0-9])("
        "sk-ant-\\S{4,}|sk-[A-Za-z0-9_-]{16,}|[srpw][kh](sec)?_(live|test)_\\w{6,}|whsec_\\w{10,}|"
        "gh[pousr]_\\w{8,}|github_pat_\\w{8,}|gl(pat|ptt|dt|rt|cbt|ft|soat|imt|agent)-[\\w-]{10,}|(AKIA|ASIA)"
        "[0-9A-Z]{12,}|"
        "xox[a-z]-[\\w-]{6,}|xapp-[\\w-]{10,}|AIza[\\w-]{16,}|ya29\\.[\\w-]{10,}|hf_[A-Za-z0-9]{16,}|"
        "npm_[A-Za-z0-9]{20,}|pypi-Ag[\\w-]{16,}|do[opr]_v1_[0-9a-f]{16,}|SG\\.[\\w-]{10,}\\.[\\w-]{10,}|"
        "gsk_[A-Za-z0-9]{16,}|dapi[0-9a-f]{16,}|AGE-SECRET-KEY-1\\w+|eyJ[\\w-]{8,}\\.eyJ[\\w-]{4,}\\.[\\w-]*|"
        "xai-\\w{16,}|hv[sbr]\\.[\\w-]{16,}|dckr_[po]at_[\\w-]{10,}|fig[du]_[\\w-]{10,}|"
        "lin_(api|oauth)_\\w{10,}|sbp_\\w{16,}|ntn_\\w{16,}|pul-[0-9a-f]{16,}|ATATT3x[\\w=-]{6,}|"
        "(?i:Bearer)\\s+[\\w+/=.-]{12,}|(?i:Authorization:\\s*Basic)\\s+\\S{6,}|"
        "(?i:AccountKey|SharedAccessKey|SharedSecret)=[\\w+/=]{8,}"
        ")|-----BEGIN [A-Z0-9 ]*PRIVATE KEY|"
        // Addresses: with a password, or that are one themselves.
        "[A-Za-z][A-Za-z0-9+.-]*://[^/\\s:\\[]*:[^/\\s@]+@|"
        "hooks\\.slack\\.com/(services|workflows|triggers)/|discord(app)?\\.com/api/(v\\d+/)?webhooks/|"
        "webhook\\.office\\.com/|api\\.telegram\\.org/bot\\d|"
        "[?&](sig|X-Amz-Signature|access_token|api_?key)=[^&\\s]{8,}"_s);
    return kShape.match(value).hasMatch() || isConnectionWithPassword(value);
}

} // namespace

bool isSecretVariable(const QString &name, const QString &value)
{
    if (kNeverSecret.contains(name))
        return false;
    if (isModelKey(name) || hasSecretShape(value))
        return true;
    const bool isPlace = value.startsWith(u'/') && QFileInfo::exists(value);
    return !isPlace && !isPlainAnswer(name, value) && hasSecretName(name, value);
}

bool isModelKey(const QString &name)
{
    const QString upper = name.toUpper();
    const auto isEnding = [&upper](QLatin1StringView ending) { return upper.endsWith(ending); };
    const auto isProvider = [&upper](QLatin1StringView provider) {
        return upper.startsWith(provider) && upper.size() > provider.size() &&
               upper.at(provider.size()) == u'_';
    };
    return std::any_of(kKeyEndings.begin(), kKeyEndings.end(), isEnding) &&
           std::any_of(kModelProviders.begin(), kModelProviders.end(), isProvider);
}

} // namespace Meanwhile::Tasks
