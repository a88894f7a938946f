// SPDX-License-Identifier: MIT
#include "tasks/sealsecret.h"

#include "base/descriptor.h"
#include "base/logging.h"
#include "base/temporaryfile.h"

#include <QFile>
#include <QMessageAuthenticationCode>
#include <QRandomGenerator>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Meanwhile::Tasks {

namespace {

constexpr auto kName = "seal.key";
constexpr int kSecretBytes = 32;
/// Another program may make or replace it in the same moment.
constexpr int kTries = 4;

QByteArray randomBytes()
{
    QByteArray bytes(kSecretBytes, Qt::Uninitialized);
    QRandomGenerator::system()->generate(bytes.begin(), bytes.end());
    return bytes;
}

/// Empty unless it is a file of this person's and as long as it should be; then nobody else may read it.
QByteArray secretIn(int folder)
{
    const Descriptor file(::openat(folder, kName, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    struct stat status = {};
    if (!file.isValid() || ::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode) ||
        status.st_uid != ::geteuid() || status.st_size != kSecretBytes)
        return {};
    if ((status.st_mode & 077) != 0)
        ::fchmod(file.get(), 0600);
    QByteArray bytes(kSecretBytes, Qt::Uninitialized);
    return ::read(file.get(), bytes.data(), kSecretBytes) == kSecretBytes ? bytes : QByteArray();
}

/// Whether there is one now, this program's or that of another one that was faster.
bool makeSecretIn(int folder, const QByteArray &secret)
{
    const TemporaryFile file(folder, 0600);
    if (file.error() != 0 || writeFully(file.fd(), secret) != 0 || ::fsync(file.fd()) != 0)
        return false;
    if (::linkat(folder, file.name().constData(), folder, kName, 0) == 0)
        return true;
    if (errno != EEXIST)
        return false;
    // What is there is no secret: nothing that was sealed with it can be known again.
    return !secretIn(folder).isEmpty() || ::unlinkat(folder, kName, 0) == 0;
}

} // namespace

SealSecret::SealSecret(QByteArray bytes, QString stateFolder)
    : m_bytes(std::move(bytes))
    , m_stateFolder(std::move(stateFolder))
{
}

SealSecret SealSecret::random()
{
    return SealSecret(randomBytes());
}

SealSecret SealSecret::inFolder(const QString &stateFolder)
{
    const Descriptor folder = openFolder(QFile::encodeName(stateFolder));
    for (int i = 0; folder.isValid() && i < kTries; ++i) {
        if (const QByteArray bytes = secretIn(folder.get()); !bytes.isEmpty())
            return SealSecret(bytes, stateFolder);
        if (!makeSecretIn(folder.get(), randomBytes()))
            break;
    }
    qCWarning(lcTasks) << "results of this run cannot be known again:" << stateFolder << kName;
    return random();
}

void SealSecret::keep() const
{
    if (m_stateFolder.isEmpty())
        return;
    const Descriptor folder = openFolder(QFile::encodeName(m_stateFolder));
    if (folder.isValid() && ::faccessat(folder.get(), kName, F_OK, AT_SYMLINK_NOFOLLOW) != 0)
        makeSecretIn(folder.get(), m_bytes);
}

Runner::SealKey SealSecret::keyFor(const QString &taskFolder) const
{
    const QString name = taskFolder.section(u'/', -2, -1, QString::SectionSkipEmpty);
    const QByteArray made =
        QMessageAuthenticationCode::hash(QFile::encodeName(name), m_bytes, QCryptographicHash::Sha256);
    Runner::SealKey key;
    std::memcpy(&key.first, made.constData(), sizeof key.first);
    std::memcpy(&key.second, made.constData() + sizeof key.first, sizeof key.second);
    key.isSet = true;
    return key;
}

QByteArray SealSecret::digitsOf(const Runner::SealKey &key)
{
    char digits[2][Runner::kSealDigits];
    Runner::writeSeal(key.first, digits[0]);
    Runner::writeSeal(key.second, digits[1]);
    return QByteArray(digits[0], sizeof digits);
}

} // namespace Meanwhile::Tasks
