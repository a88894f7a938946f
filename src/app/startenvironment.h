// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.h"
#include "base/secret.h"

#include <QMap>
#include <QProcessEnvironment>
#include <QString>

namespace Meanwhile::App {

/// What the program was started with. The keys that it shows to providers are apart from all else, so that
/// no child can get them by mistake.
///
/// What the program itself reads (keys, addresses, models, proxies) comes without the blanks around it. A
/// value of these with a control character in it is left out; check() says so.
class StartEnvironment {
public:
    StartEnvironment() = default;
    StartEnvironment(const QProcessEnvironment &given); // implicit: the same values, checked

    /// This program's own. What is secret is overwritten where the system shows it to others
    /// (/proc/PID/environ) and is known to nobody but the result; a program that this one becomes later would
    /// lack it. HOME is set where it was not, see homeFolder(). Once, before there is a second thread.
    static StartEnvironment takeOwn();

    /// All but the keys for providers.
    const QProcessEnvironment &variables() const { return m_variables; }
    QString value(const QString &name) const { return m_variables.value(name); }
    /// Empty where there is none of this name.
    Secret key(const QString &name) const { return m_keys.value(name); }
    void remove(const QString &name) { m_variables.remove(name); }
    /// The error names the first variable that cannot be used.
    Result<void> check() const;

private:
    void add(const QString &name, const QString &value);

    QProcessEnvironment m_variables;
    QMap<QString, Secret> m_keys;
    QString m_unusable;
};

} // namespace Meanwhile::App
