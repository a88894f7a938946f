// SPDX-License-Identifier: MIT
#include "support/testregistry.h"
#include "ui/composer/contextgauge.h"
#include "ui/widgets/costtext.h"
#include "ui/widgets/theme.h"

#include <QAccessible>
#include <QApplication>
#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Ui;
using namespace Qt::StringLiterals;
using Conversation::Cost;

class CostTextTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void saysWhatWasPaid_data()
    {
        QTest::addColumn<Cost>("cost");
        QTest::addColumn<QString>("text");
        const auto micro = [](qint64 dollars) { return Cost::priced(dollars * 1'000'000); };
        QTest::newRow("nothing") << Cost() << QString();
        QTest::newRow("free") << Cost::priced(0) << u"$0.00"_s;
        QTest::newRow("a trace") << micro(49) << u"under $0.0001"_s;
        QTest::newRow("rounded up") << micro(50) << u"$0.0001"_s;
        QTest::newRow("tenths of a cent") << micro(1'234) << u"$0.0012"_s;
        QTest::newRow("cents") << micro(42'400) << u"$0.042"_s;
        QTest::newRow("ten cents") << micro(123'456) << u"$0.12"_s;
        QTest::newRow("just under") << micro(99'960) << u"$0.100"_s;
        QTest::newRow("dollars") << micro(12'345'678) << u"$12.35"_s;
        QTest::newRow("many") << micro(1'234'567'890) << u"$1,234.57"_s;
        QTest::newRow("here") << Cost::local() << u"local"_s;
        QTest::newRow("unknown") << Cost::unknown() << u"cost unknown"_s;
        QTest::newRow("here and unknown") << Cost{0, false, true, true} << u"cost unknown"_s;
        QTest::newRow("paid and here") << Cost{420'000'000'000, true, true, false} << u"$0.42"_s;
        QTest::newRow("paid and unknown") << Cost{420'000'000'000, true, false, true} << u"$0.42 + unknown"_s;
    }

    void saysWhatWasPaid()
    {
        QFETCH(Cost, cost);
        QFETCH(QString, text);
        QCOMPARE(costText(cost), text);
    }

    void saysWhatIsKnownOfAModel()
    {
        Llm::ModelFacts facts;
        QCOMPARE(factsText(facts), QString());
        facts.contextWindow = 1'050'000;
        QCOMPARE(factsText(facts), u"1.05 M"_s);
        facts.contextWindow = 200'000;
        facts.price.kind = Llm::Price::Kind::Known;
        facts.price.rates = {75'000, 2'500'000, {}, {}};
        QCOMPARE(factsText(facts), u"200 K · $0.075 / $2.50"_s);
        facts.price.rates.input = 3'000'000;
        QCOMPARE(factsText(facts), u"200 K · $3 / $2.50"_s);
        facts.price.kind = Llm::Price::Kind::Local;
        QCOMPARE(factsText(facts), u"200 K"_s);
    }

    void theGaugeSaysTheSameInWords()
    {
        Theme theme(*qApp);
        QWidget window;
        ContextGauge gauge(theme, &window);
        window.show();
        QVERIFY(!gauge.isVisible());
        gauge.setTokens(430, 0);
        QVERIFY(gauge.isVisible());
        QCOMPARE(gauge.text(), u"430 tokens"_s);
        gauge.setTokens(430, 200'000);
        QCOMPARE(gauge.text(), u"1 % of 200 K"_s);
        const int narrow = gauge.sizeHint().width();
        gauge.setTokens(180'000, 200'000);
        QCOMPARE(gauge.text(), u"90 % of 200 K, nearly full"_s);
        QCOMPARE(gauge.accessibleName(), u"Context: "_s + gauge.text());
        QVERIFY(gauge.sizeHint().width() > narrow);
        gauge.setTokens(300'000, 200'000); // another model was chosen, which reads less
        QCOMPARE(gauge.text(), u"150 % of 200 K, nearly full"_s);
    }

    void theGaugeIsAProgressBarToAScreenReader()
    {
        Theme theme(*qApp);
        QWidget window;
        ContextGauge gauge(theme, &window);
        window.show();
        gauge.setTokens(430, 0);
        QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(&gauge);
        QCOMPARE(spoken->role(), QAccessible::StaticText);
        QVERIFY(!spoken->valueInterface());
        gauge.setTokens(50'000, 200'000);
        QCOMPARE(spoken->role(), QAccessible::ProgressBar);
        QVERIFY(spoken->valueInterface());
        QCOMPARE(spoken->valueInterface()->minimumValue(), 0);
        QCOMPARE(spoken->valueInterface()->maximumValue(), 100);
        QCOMPARE(spoken->valueInterface()->currentValue(), 25);
        gauge.setTokens(300'000, 200'000);
        QCOMPARE(spoken->valueInterface()->currentValue(), 100);
    }
};

MEANWHILE_TEST(CostTextTest)
#include "tst_costtext.moc"
