// SPDX-License-Identifier: MIT
#include "support/testregistry.h"
#include "tasks/sealsecret.h"

#include <QFile>
#include <QSet>
#include <QtConcurrentRun>
#include <QTemporaryDir>
#include <QtTest>

#include <sys/stat.h>

using namespace Meanwhile::Tasks;
using namespace Qt::StringLiterals;

namespace {

const QString kTask = u"/state/tasks/0123456789abcdef/0a1b2c3d"_s;

QByteArray digits(const SealSecret &secret, const QString &task = kTask)
{
    return SealSecret::digitsOf(secret.keyFor(task));
}

mode_t modeOf(const QString &path)
{
    struct stat status = {};
    return ::lstat(QFile::encodeName(path).constData(), &status) == 0 ? status.st_mode & 07777 : 0;
}

} // namespace

class SealSecretTest : public QObject {
    Q_OBJECT

private slots:
    void isWrittenAgainWhereItWasRemoved()
    {
        const QTemporaryDir state;
        const QString path = state.filePath(u"seal.key"_s);
        const SealSecret secret = SealSecret::inFolder(state.path());
        QVERIFY(QFile::remove(path));
        secret.keep();
        QCOMPARE(modeOf(path), mode_t(0600));
        QCOMPARE(digits(SealSecret::inFolder(state.path())), digits(secret));
        QVERIFY(QFile::remove(path));
        const SealSecret another = SealSecret::inFolder(state.path());
        secret.keep();
        QCOMPARE(digits(SealSecret::inFolder(state.path())), digits(another)); // of a program begun since
    }

    void isMadeOnceForNobodyElseToRead()
    {
        const QTemporaryDir state;
        const QByteArray first = digits(SealSecret::inFolder(state.path()));
        QCOMPARE(first.size(), 32);
        QCOMPARE(digits(SealSecret::inFolder(state.path())), first);
        const QString path = state.filePath(u"seal.key"_s);
        QCOMPARE(QFile(path).size(), 32);
        QCOMPARE(modeOf(path), mode_t(0600));
        QCOMPARE(QDir(state.path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
        QVERIFY(QFile::setPermissions(path, QFile::ReadOwner | QFile::ReadOther));
        QCOMPARE(digits(SealSecret::inFolder(state.path())), first);
        QCOMPARE(modeOf(path), mode_t(0600));
    }

    void isTheSameForAllThatStartAtOnce()
    {
        const QTemporaryDir state;
        for (int round = 0; round < 50; ++round) {
            QFile::remove(state.filePath(u"seal.key"_s));
            QList<QFuture<QByteArray>> all;
            for (int i = 0; i < 4; ++i)
                all +=
                    QtConcurrent::run([path = state.path()] { return digits(SealSecret::inFolder(path)); });
            QSet<QByteArray> seen;
            for (const QFuture<QByteArray> &one : all)
                seen.insert(one.result());
            QCOMPARE(seen.size(), 1);
        }
    }

    void whatIsNoSecretIsReplaced_data()
    {
        QTest::addColumn<QByteArray>("bytes"); // none: a link
        QTest::newRow("cut short") << QByteArray(31, 'x');
        QTest::newRow("too long") << QByteArray(33, 'x');
        QTest::newRow("a link to what everybody knows") << QByteArray();
    }

    void whatIsNoSecretIsReplaced()
    {
        QFETCH(QByteArray, bytes);
        const QTemporaryDir state;
        const QString path = state.filePath(u"seal.key"_s);
        QFile file(bytes.isEmpty() ? state.filePath(u"known"_s) : path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes.isEmpty() ? QByteArray(32, 'x') : bytes));
        file.close();
        QVERIFY(!bytes.isEmpty() || QFile::link(file.fileName(), path));
        const QByteArray made = digits(SealSecret::inFolder(state.path()));
        QCOMPARE(digits(SealSecret::inFolder(state.path())), made);
        QVERIFY(!QFileInfo(path).isSymLink());
        QCOMPARE(QFile(path).size(), 32);
    }

    void eachTaskHasAKeyOfItsOwn()
    {
        const SealSecret secret = SealSecret::random();
        QSet<QByteArray> keys{digits(secret), digits(SealSecret::random())};
        for (const auto &task :
            {u"/state/tasks/0123456789abcdef/0a1b2c3e"_s, u"/state/tasks/0123456789abcdee/0a1b2c3d"_s})
            keys.insert(digits(secret, task));
        QCOMPARE(keys.size(), 4);
        QCOMPARE(digits(secret, u"/moved/0123456789abcdef/0a1b2c3d"_s), digits(secret));
    }

    void withoutAFolderItLastsAsLongAsTheProgram()
    {
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"cannot be known again"_s));
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"cannot be known again"_s));
        QVERIFY(digits(SealSecret::inFolder(u"/nowhere"_s)) != digits(SealSecret::inFolder(u"/nowhere"_s)));
    }
};

MEANWHILE_TEST(SealSecretTest)
#include "tst_sealsecret.moc"
