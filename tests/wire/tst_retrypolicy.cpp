// SPDX-License-Identifier: MIT
#include "support/testregistry.h"
#include "wire/retrypolicy.h"

#include <QRegularExpression>
#include <QTest>

using namespace Meanwhile;
using namespace Meanwhile::Wire;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {

Error statusError(int status)
{
    Error error;
    error.kind = ErrorKind::BadRequest;
    error.httpStatus = status;
    return error;
}

Error of(ErrorKind kind)
{
    return {kind, {}, {}};
}

} // namespace

class RetryPolicyTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void triesAgainOnlyWhereItHelps_data()
    {
        QTest::addColumn<Error>("error");
        QTest::addColumn<bool>("again");
        for (const int status : {408, 409, 429, 500, 502, 503, 504, 529})
            QTest::addRow("%d", status) << statusError(status) << true;
        for (const int status : {301, 302, 307, 400, 401, 402, 403, 404, 405, 410, 413, 422, 451})
            QTest::addRow("%d", status) << statusError(status) << false;
        QTest::newRow("no connection") << of(ErrorKind::Network) << true;
        QTest::newRow("silence") << of(ErrorKind::Timeout) << true;
        QTest::newRow("overloaded in mid-answer") << of(ErrorKind::Overloaded) << true;
        QTest::newRow("rate limit in mid-answer") << of(ErrorKind::RateLimited) << true;
        QTest::newRow("web page") << of(ErrorKind::Protocol) << false;
        QTest::newRow("certificate") << of(ErrorKind::Certificate) << false;
        QTest::newRow("no key") << of(ErrorKind::Authentication) << false;
        QTest::newRow("bad request in mid-answer") << of(ErrorKind::BadRequest) << false;
        // The kind of a redirect is Network; its status says that the same request comes to the same end.
        Error redirect = statusError(302);
        redirect.kind = ErrorKind::Network;
        QTest::newRow("redirect") << redirect << false;
    }
    void triesAgainOnlyWhereItHelps()
    {
        QFETCH(Error, error);
        QFETCH(bool, again);
        RetryPolicy policy(1, {});
        QCOMPARE(policy.delayAfter(error, 0ms).has_value(), again);
    }

    void waitsARandomTimeThatDoublesToThirtySeconds()
    {
        constexpr milliseconds kMost[] = {500ms, 1s, 2s, 4s, 8s, 16s, 30s, 30s, 30s};
        milliseconds longest[std::size(kMost)] = {};
        milliseconds shortest[std::size(kMost)];
        std::fill(std::begin(shortest), std::end(shortest), 1h);
        for (quint64 seed = 0; seed < 500; ++seed) {
            RetryPolicy policy(seed, {});
            for (std::size_t i = 0; i < std::size(kMost); ++i) {
                const auto delay = policy.delayAfter(of(ErrorKind::Network), 0ms);
                QVERIFY(delay && *delay >= 0ms && *delay <= kMost[i]);
                longest[i] = std::max(longest[i], *delay);
                shortest[i] = std::min(shortest[i], *delay);
            }
        }
        for (std::size_t i = 0; i < std::size(kMost); ++i) {
            QVERIFY(longest[i] > kMost[i] * 95 / 100); // the whole span, not a part of it
            QVERIFY(shortest[i] < kMost[i] * 5 / 100);
        }
    }

    void repeatsExactlyWithTheSameSeed()
    {
        RetryPolicy one(7, {});
        RetryPolicy two(7, {});
        RetryPolicy other(8, {});
        bool differs = false;
        for (int i = 0; i < 8; ++i) {
            const auto delay = one.delayAfter(of(ErrorKind::Network), 0ms);
            QCOMPARE(two.delayAfter(of(ErrorKind::Network), 0ms), delay);
            differs = differs || other.delayAfter(of(ErrorKind::Network), 0ms) != delay;
        }
        QVERIFY(differs);
    }

    void triesTenTimesInAll()
    {
        RetryPolicy policy(1, {});
        for (int failure = 1; failure <= 9; ++failure)
            QVERIFY(policy.delayAfter(statusError(429), 0ms));
        QVERIFY(!policy.delayAfter(statusError(429), 0ms));
        policy.restart();
        QVERIFY(policy.delayAfter(statusError(429), 0ms));
    }

    void endsTenMinutesAfterTheFirstFailure()
    {
        Error error = of(ErrorKind::Network);
        error.retryAfter = 10s;
        RetryPolicy policy(1, {});
        QVERIFY(policy.delayAfter(error, 1'000s));
        QVERIFY(policy.delayAfter(error, 1'590s));
        QVERIFY(!policy.delayAfter(error, 1'591s)); // due one second after the end
    }

    void waitsAsLongAsTheServerAsks()
    {
        Error error = statusError(429);
        RetryPolicy policy(1, {});
        error.retryAfter = 17s;
        QCOMPARE(policy.delayAfter(error, 0ms), 17s);
        error.retryAfter = 0s; // asks for nothing
        const auto delay = policy.delayAfter(error, 0ms);
        QVERIFY(delay && *delay > 0ms && *delay <= 1s);
        error.retryAfter = 11min; // nobody waits that long without being asked
        QVERIFY(!policy.delayAfter(error, 0ms));
    }

    void takesTheThird500ForTheSameBodyAsFinal()
    {
        RetryPolicy policy(1, {});
        QVERIFY(policy.delayAfter(statusError(500), 0ms));
        QVERIFY(policy.delayAfter(statusError(503), 0ms)); // not the body's fault
        QVERIFY(policy.delayAfter(statusError(500), 0ms));
        RetryPolicy other = policy;
        QVERIFY(!policy.delayAfter(statusError(500), 0ms));
        other.bodyChanged();
        QVERIFY(other.delayAfter(statusError(500), 0ms));
    }

    void neverTriesAgainWithALimitOfOne()
    {
        RetryPolicy::Limits limits;
        limits.tries = 1;
        RetryPolicy policy(1, limits);
        QVERIFY(!policy.delayAfter(statusError(503), 0ms));
    }

    void readsHowLongTheServerAsksToWait_data()
    {
        QTest::addColumn<Headers>("headers");
        QTest::addColumn<qint64>("ms"); // -1: not asked
        const QByteArray date = "Fri, 02 Jan 2026 09:30:00 GMT";
        const QByteArray soon = "Fri, 02 Jan 2026 09:30:07 GMT";
        const QByteArray past = "Fri, 02 Jan 2026 09:29:07 GMT";
        QTest::newRow("nothing") << Headers{} << qint64(-1);
        QTest::newRow("seconds") << Headers{{"Retry-After", "12"}} << qint64(12'000);
        QTest::newRow("part of a second") << Headers{{"retry-after", " 0.25 "}} << qint64(250);
        QTest::newRow("negative") << Headers{{"retry-after", "-3"}} << qint64(0);
        QTest::newRow("ms") << Headers{{"retry-after-ms", "1500"}, {"retry-after", "2"}} << qint64(1'500);
        QTest::newRow("bad ms, good seconds")
            << Headers{{"retry-after-ms", "soon"}, {"retry-after", "2"}} << qint64(2'000);
        QTest::newRow("date") << Headers{{"retry-after", soon}} << qint64(7'000);
        QTest::newRow("date in the past") << Headers{{"retry-after", past}} << qint64(0);
        QTest::newRow("date, their clock a day behind")
            << Headers{{"retry-after", "Thu, 01 Jan 2026 09:30:07 GMT"},
                   {"date", "Thu, 01 Jan 2026 09:30:00 GMT"}}
            << qint64(7'000);
        QTest::newRow("not a date") << Headers{{"retry-after", "tomorrow"}, {"date", date}} << qint64(-1);
        QTest::newRow("for ever") << Headers{{"retry-after", "1e300"}} << qint64(86'400'000);
        QTest::newRow("not a number") << Headers{{"retry-after", "nan"}} << qint64(-1);
    }
    void readsHowLongTheServerAsksToWait()
    {
        QFETCH(Headers, headers);
        QFETCH(qint64, ms);
        const QDateTime now(QDate(2026, 1, 2), QTime(9, 30), Qt::UTC);
        const auto asked = retryAfter(headers, now);
        QCOMPARE(asked ? asked->count() : -1, ms);
    }
};

MEANWHILE_TEST(RetryPolicyTest)
#include "tst_retrypolicy.moc"
