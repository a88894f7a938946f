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

    void settlesAtOnceWhatHasFinishedAndSaysWhatWasDropped()
    {
        QObject context;
        QStringList seen;
        const auto settle = [&](const QFuture<int> &future) {
            whenSettled(
                future, &context, [&seen](int value) { seen += QString::number(value); },
                [&seen] { seen += u"dropped"_s; });
        };
        settle(QtFuture::makeReadyFuture(7));
        QCOMPARE(seen, QStringList{u"7"_s});
        {
            QPromise<int> promise;
            promise.start();
            settle(promise.future());
            QCOMPARE(seen.size(), 1);
        }
        QTRY_COMPARE(seen, QStringList({u"7"_s, u"dropped"_s}));
    }

    void chainsAValueToAFuture()
    {
        QObject context;
        const QFuture<QString> words =
            chain(QtFuture::makeReadyFuture(7), &context, [](int value) { return QString::number(value); });
        QVERIFY(!words.isFinished());
        QTRY_VERIFY(words.isFinished());
        QCOMPARE(words.result(), u"7"_s);
    }

    void chainsAFutureToAFuture()
    {
        QObject context;
        QPromise<QString> later;
        later.start();
        int asked = 0;
        const QFuture<QString> words = chain(QtFuture::makeReadyFuture(7), &context, [&](int value) {
            asked = value;
            return later.future();
        });
        QTRY_COMPARE(asked, 7);
        QCoreApplication::processEvents();
        QVERIFY(!words.isFinished());
        later.addResult(u"seven"_s);
        later.finish();
        QTRY_VERIFY(words.isFinished());
        QCOMPARE(words.result(), u"seven"_s);
    }

    void cancelsTheChainWithEitherFutureOrTheContext_data()
    {
        QTest::addColumn<int>("dropped");
        QTest::newRow("the first") << 0;
        QTest::newRow("the second") << 1;
        QTest::newRow("the context before the first") << 2;
        QTest::newRow("the context before the second") << 3;
    }

    void cancelsTheChainWithEitherFutureOrTheContext()
    {
        QFETCH(int, dropped);
        auto context = std::make_unique<QObject>();
        std::optional<QPromise<int>> first(std::in_place);
        std::optional<QPromise<int>> second(std::in_place);
        first->start();
        second->start();
        bool isAsked = false;
        const QFuture<int> all = chain(first->future(), context.get(), [&](int) {
            isAsked = true;
            return second->future();
        });
        if (dropped == 1 || dropped == 3) {
            first->addResult(1);
            first->finish();
            QTRY_VERIFY(isAsked);
        }
        QVERIFY(!all.isFinished());
        if (dropped == 0)
            first.reset();
        else if (dropped == 1)
            second.reset();
        else
            context.reset();
        QTRY_VERIFY(all.isFinished());
        QVERIFY(all.isCanceled());
        QCOMPARE(all.resultCount(), 0);
    }
};

MEANWHILE_TEST(WhenFinishedTest)
#include "tst_whenfinished.moc"
