// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

#include <memory>

namespace Meanwhile {

/// A key as it is kept in memory: in one place, however often it is copied, and overwritten there when the
/// last copy goes.
///
/// Whoever needs its characters makes them for as short as it can; nobody overwrites those.
class Secret {
public:
    Secret() = default;
    Secret(const QString &text); // implicit, as a plain key is one
    explicit Secret(const QByteArray &utf8);

    bool isEmpty() const { return !m_bytes; }
    QByteArray toUtf8() const;
    QString toString() const;

    friend bool operator==(const Secret &a, const Secret &b) { return a.toUtf8() == b.toUtf8(); }

private:
    struct Bytes;
    std::shared_ptr<const Bytes> m_bytes; ///< null: empty
};

/// Overwrites the bytes where they are, whoever else shares them.
void overwrite(QByteArray &bytes);
void overwrite(QString &text);

} // namespace Meanwhile
