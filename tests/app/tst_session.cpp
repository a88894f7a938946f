// SPDX-License-Identifier: MIT
#include "app/session.h"
#include "support/testregistry.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::App;
using namespace Qt::StringLiterals;

class SessionFolderTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void takesAFolderThroughALink()
    {
        const QTemporaryDir root;
        QVERIFY(QDir(root.path()).mkdir(u"real"_s));
        QVERIFY(QFile::link(root.filePath(u"real"_s), root.filePath(u"link"_s)));
        QCOMPARE(usableFolder(root.filePath(u"link"_s)).value(),
            QFileInfo(root.filePath(u"real"_s)).canonicalFilePath());
    }

    void saysWhyAFolderCannotBeUsed()
    {
        const QTemporaryDir root;
        QCOMPARE(usableFolder(root.filePath(u"missing"_s)).error().kind, ErrorKind::NotFound);
        QFile file(root.filePath(u"file"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(usableFolder(file.fileName()).error().kind, ErrorKind::InvalidArgument);
    }
};

MEANWHILE_TEST(SessionFolderTest)
#include "tst_session.moc"
