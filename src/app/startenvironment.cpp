// SPDX-License-Identifier: MIT
#include "app/startenvironment.h"

#include "base/homefolder.h"
#include "base/ownenvironment.h"
#include "tasks/secretvariable.h"

#include <QCoreApplication>
#include <QFile>

#include <algorithm>

namespace Meanwhile::App {

using namespace Qt::StringLiterals;

namespace {

const QStringList kKeys{u"ANTHROPIC_API_KEY"_s, u"ANTHROPIC_AUTH_TOKEN"_s, u"OPENAI_API_KEY"_s};
const QStringList kOthers{u"ANTHROPIC_BASE_URL"_s, u"ANTHROPIC_MODEL"_s, u"OPENAI_BASE_URL"_s,
    u"OPENAI_MODEL"_s, u"MEANWHILE_CA_FILE"_s, u"MEANWHILE_MAX_TRIES"_s, u"MEANWHILE_HOME"_s};

// In both cases of letters, as curl and Qt read them.
QStringList proxies()
{
    const QStringList upper{u"HTTP_PROXY"_s, u"HTTPS_PROXY"_s, u"ALL_PROXY"_s, u"NO_PROXY"_s};
    QStringList all = upper;
    for (const QString &name : upper)
        all += name.toLower();
    return all;
}

bool isProxy(const QString &name)
{
    return proxies().contains(name);
}

// Invisible characters too: they come with what is copied from a page.
bool isInvisible(QChar c)
{
    return c.category() == QChar::Other_Control || c.category() == QChar::Other_Format ||
           c.category() == QChar::Separator_Line || c.category() == QChar::Separator_Paragraph;
}

} // namespace

StartEnvironment::StartEnvironment(const QProcessEnvironment &given)
    : m_variables(given) // other values stay byte for byte
{
    for (const QStringList &names : {kKeys, kOthers, proxies()}) {
        for (const QString &name : names) {
            if (given.contains(name))
                add(name, given.value(name));
        }
    }
}

void StartEnvironment::add(const QString &name, const QString &value)
{
    m_variables.remove(name);
    const QString trimmed = value.trimmed();
    if (std::any_of(trimmed.cbegin(), trimmed.cend(), isInvisible)) {
        if (m_unusable.isEmpty())
            m_unusable = name;
    } else if (!kKeys.contains(name)) {
        m_variables.insert(name, trimmed);
    } else if (!trimmed.isEmpty()) {
        m_keys.insert(name, Secret(trimmed));
    }
}

StartEnvironment StartEnvironment::takeOwn()
{
    qputenv("HOME", QFile::encodeName(homeFolder())); // for whatever looks there, commands too
    QMap<QString, QByteArray> keys;
    for (const QString &name : kKeys) {
        if (qEnvironmentVariableIsSet(qPrintable(name)))
            keys.insert(name, takeOwnVariable(name.toUtf8()));
    }
    const QProcessEnvironment all = QProcessEnvironment::systemEnvironment();
    StartEnvironment own(all);
    for (auto key = keys.begin(); key != keys.end(); ++key) {
        QString text = QString::fromUtf8(*key);
        own.add(key.key(), text);
        overwrite(text);
        overwrite(*key);
    }
    const QStringList names = all.keys();
    for (const QString &name : names) {
        if (!isProxy(name)) {
            if (Tasks::isSecretVariable(name, all.value(name)))
                takeOwnVariable(QFile::encodeName(name));
        } else if (!own.m_variables.contains(name)) {
            takeOwnVariable(name.toUtf8());
        } else if (const QString value = own.value(name); value != all.value(name)) {
            qputenv(qPrintable(name), value.toUtf8()); // Qt itself looks for proxies there
        }
    }
    return own;
}

Result<void> StartEnvironment::check() const
{
    if (m_unusable.isEmpty())
        return {};
    return failure(ErrorKind::InvalidArgument,
        QCoreApplication::translate("Meanwhile::App",
            "The variable %1 has a line break or another invisible character in it and is not used. Set it "
            "again, without that character.")
            .arg(m_unusable));
}

} // namespace Meanwhile::App
