// SPDX-License-Identifier: MIT
#include "base/whenfinished.h"
#include "support/testregistry.h"

#include <QPromise>
#include <QtTest>

using namespace Meanwhile;
using namespace Qt::StringLiterals;

class WhenFinishedTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void bringsTheResultAfterTheCall()
    {
        QObject context;
        int seen = 0;
        whenFinished(QtFuture::makeReadyFuture(7), &context, [&seen](int value) { seen = value; });
        QCOMPARE(seen, 0);
        QTRY_COMPARE(seen, 7);
    }

    void staysSilentWhenTheContextIsGone()
    {
        QPromise<int> promise;
        promise.start();
        bool called = false;
        {
            QObject context;
            whenFinished(promise.future(), &context, [&called](int) { called = true; });
        }
        promise.addResult(1);
        promise.finish();
        QCoreApplication::processEvents();
        QVERIFY(!called);
    }

    void staysSilentWhenTheFutureIsCancelled()
    {
        QObject context;
        bool called = false;
        {
            QPromise<int> promise;
            promise.start();
            whenFinished(promise.future(), &context, [&called](int) { called = true; });
        }
        QCoreApplication::processEvents();
        QVERIFY(!called);
    }
};

MEANWHILE_TEST(WhenFinishedTest)
#include "tst_whenfinished.moc"
