// SPDX-License-Identifier: MIT
#include "base/wholefile.h"
#include "support/testregistry.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Qt::StringLiterals;

class WholeFileTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_folder = std::make_unique<QTemporaryDir>();
    }

    void makesAndReplacesAFile()
    {
        QVERIFY(writeWholeFile(path(u"요약 1.md"_s), "first, and longer\n"));
        QVERIFY(writeWholeFile(path(u"요약 1.md"_s), "second\n"));
        QCOMPARE(contentOf(u"요약 1.md"_s), "second\n");
        QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden), QStringList{u"요약 1.md"_s});
    }

    void followsALink()
    {
        QVERIFY(writeWholeFile(path(u"real"_s), "old"));
        QVERIFY(QFile::link(path(u"real"_s), path(u"link"_s)));
        QVERIFY(writeWholeFile(path(u"link"_s), "new"));
        QCOMPARE(contentOf(u"real"_s), "new");
        QVERIFY(QFileInfo(path(u"link"_s)).isSymLink());
    }

    void saysWhatIsWrong()
    {
        const Result<void> nowhere = writeWholeFile(path(u"missing/a.md"_s), "x");
        QVERIFY(!nowhere);
        QCOMPARE(nowhere.error().kind, ErrorKind::NotFound);
        QVERIFY(!writeWholeFile(m_folder->path(), "x"));
    }

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }
    QByteArray contentOf(const QString &name) const
    {
        QFile file(path(name));
        return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray("(unreadable)");
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

MEANWHILE_TEST(WholeFileTest)
#include "tst_wholefile.moc"
