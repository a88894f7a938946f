// SPDX-License-Identifier: MIT
#include "llm/modelcatalog.h"
#include "support/testregistry.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Llm;
using namespace Qt::StringLiterals;
using Conversation::Cost;
using Conversation::Usage;

namespace {

const QUrl kAnthropic(u"https://api.anthropic.com"_s);

const QByteArray kFile = R"({"sellers": [
    {"hosts": ["seller.example"], "hosted": true, "as_of": "2026-01-02", "models": [
        {"id": "big", "input": 3, "output": 15, "cache_read": 0.3, "cache_write": 3.75, "window": 200000,
         "vision": true, "thinking": "budget"},
        {"id": "big-2", "input": 1, "output": 2, "window": 400000, "vision": false,
         "long_prompt": {"over": 1000, "input": 7, "output": 8}},
        {"id": "priceless", "window": 64000}]},
    {"hosts": ["other.example"], "models": [
        {"id": "open", "input": 0.075, "output": 0.3, "window": 8192}]}]})";

ModelCatalog sample()
{
    return ModelCatalog::parse(kFile).value();
}

} // namespace

class ModelCatalogTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void readsTheFileThatIsCompiledIn()
    {
        const ModelFacts facts =
            ModelCatalog::builtIn().factsFor(kAnthropic, u"claude-sonnet-4-5-20250929"_s);
        QCOMPARE(facts.price.kind, Price::Kind::Known);
        QCOMPARE(facts.price.rates, (Rates{3'000'000, 15'000'000, 300'000, 3'750'000}));
        QCOMPARE(facts.contextWindow, 200'000);
        QCOMPARE(facts.vision, Known::Yes);
        QCOMPARE(facts.thinking, ThinkingForm::Budget);
        QVERIFY(QDate::fromString(ModelCatalog::builtIn().pricesAsOf(kAnthropic), Qt::ISODate).isValid());
    }

    void saysWhereEachFigureIsFromAndWhenItWasChecked()
    {
        QFile file(u":/models.json"_s);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonArray sellers =
            QJsonDocument::fromJson(file.readAll()).object().value(u"sellers"_s).toArray();
        QVERIFY(!sellers.isEmpty());
        for (const QJsonValue &seller : sellers) {
            QVERIFY(seller[u"source"_s].toString().startsWith(u"https://"_s));
            const QDate asOf = QDate::fromString(seller[u"as_of"_s].toString(), Qt::ISODate);
            const QDate checked = QDate::fromString(seller[u"checked"_s].toString(), Qt::ISODate);
            QVERIFY2(asOf.isValid() && asOf <= checked, qPrintable(seller[u"name"_s].toString()));
        }
    }

    void takesTheMostSpecificIdAndNothingThatOnlyLooksLikeIt_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<qint64>("window");
        QTest::newRow("exact") << u"big"_s << qint64(200'000);
        QTest::newRow("dated") << u"big-20260101"_s << qint64(200'000);
        QTest::newRow("dated with dashes") << u"big-2026-01-01"_s << qint64(200'000);
        QTest::newRow("longer") << u"big-2"_s << qint64(400'000);
        QTest::newRow("longer and dated") << u"big-2-20260101"_s << qint64(400'000);
        QTest::newRow("the next version") << u"big-3"_s << qint64(0);
        QTest::newRow("a smaller sister") << u"big-mini"_s << qint64(0);
        QTest::newRow("an alias that moves") << u"big-latest"_s << qint64(0);
        QTest::newRow("another") << u"bigger"_s << qint64(0);
        QTest::newRow("none") << QString() << qint64(0);
    }

    void takesTheMostSpecificIdAndNothingThatOnlyLooksLikeIt()
    {
        QFETCH(QString, model);
        QFETCH(qint64, window);
        const ModelFacts facts = sample().factsFor(QUrl(u"https://seller.example/v1"_s), model);
        QCOMPARE(facts.contextWindow, window);
        QCOMPARE(facts.price.kind, window > 0 ? Price::Kind::Known : Price::Kind::Unknown);
    }

    void knowsThePriceOnlyAtTheSellersOwnAddress_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("model");
        QTest::addColumn<Price::Kind>("kind");
        QTest::addColumn<qint64>("window");
        using enum Price::Kind;
        QTest::newRow("its own") << u"https://seller.example"_s << u"big"_s << Known << qint64(200'000);
        QTest::newRow("a gateway") << u"https://gateway.example"_s << u"big"_s << Unknown << qint64(200'000);
        QTest::newRow("a gateway, maker in front")
            << u"https://gateway.example"_s << u"maker/big"_s << Unknown << qint64(200'000);
        QTest::newRow("a gateway here")
            << u"http://localhost:4000"_s << u"maker/big"_s << Unknown << qint64(200'000);
        QTest::newRow("open weights here")
            << u"http://127.0.0.1:8000/v1"_s << u"open"_s << Local << qint64(8192);
        QTest::newRow("anything here") << u"http://[::1]:11434"_s << u"llama3:8b"_s << Local << qint64(0);
        QTest::newRow("no price listed")
            << u"https://seller.example"_s << u"priceless"_s << Unknown << qint64(64'000);
        QTest::newRow("another seller")
            << u"https://other.example"_s << u"big"_s << Unknown << qint64(200'000);
    }

    void knowsThePriceOnlyAtTheSellersOwnAddress()
    {
        QFETCH(QString, address);
        QFETCH(QString, model);
        QFETCH(Price::Kind, kind);
        QFETCH(qint64, window);
        const ModelFacts facts = sample().factsFor(QUrl(address), model);
        QCOMPARE(facts.price.kind, kind);
        QCOMPARE(facts.contextWindow, window);
    }

    void namesTheEntryThatCannotBeRead()
    {
        QVERIFY(!ModelCatalog::parse("{"));
        const QByteArray odd = R"({"sellers": [{"models": [{"id": "odd", "thinking": "loudly"}]}]})";
        QVERIFY(ModelCatalog::parse(odd).error().message.contains(u"odd"_s));
    }

    void countsToTheLastPicoDollar()
    {
        const Price price = sample().factsFor(QUrl(u"https://seller.example"_s), u"big"_s).price;
        QCOMPARE(
            costOf(Usage{1, 1, 1, 1}, price), Cost::priced(3'000'000 + 15'000'000 + 300'000 + 3'750'000));
        const Price small = sample().factsFor(QUrl(u"https://other.example"_s), u"open"_s).price;
        Usage sum;
        for (int i = 0; i < 1'000'000; ++i) {
            Usage one{1, 0, 0, 0};
            one.cost = costOf(one, small);
            sum += one;
        }
        QCOMPARE(sum.cost, Cost::priced(75'000'000'000)); // a million tokens at 0.075 USD
    }

    void billsALongPromptAsAWhole()
    {
        const Price price = sample().factsFor(QUrl(u"https://seller.example"_s), u"big-2"_s).price;
        QCOMPARE(costOf(Usage{1000, 10, 0, 0}, price), Cost::priced(1000 * 1'000'000LL + 10 * 2'000'000LL));
        QCOMPARE(costOf(Usage{1001, 10, 0, 0}, price), Cost::priced(1001 * 7'000'000LL + 10 * 8'000'000LL));
    }

    void doesNotGuessARateThatIsMissing()
    {
        const Price price = sample().factsFor(QUrl(u"https://seller.example"_s), u"big-2"_s).price;
        QCOMPARE(costOf(Usage{10, 10, 5, 0}, price), Cost::unknown());
        QCOMPARE(costOf(Usage{10, 10, 0, 0}, Price()), Cost::unknown());
        Price local;
        local.kind = Price::Kind::Local;
        QCOMPARE(costOf(Usage{10, 10, 5, 5}, local), Cost::local());
    }

    void keepsApartWhatItAddsUp()
    {
        Cost sum = Cost::priced(5);
        sum += Cost::local();
        QCOMPARE(sum, (Cost{5, true, true, false}));
        sum += Cost::unknown();
        QCOMPARE(sum, (Cost{5, true, true, true}));
    }

    void beginsWithTheNewestModelItKnows_data()
    {
        QTest::addColumn<QVector<ModelInfo>>("models");
        QTest::addColumn<QString>("id");
        const auto model = [](const char *id, qint64 created = 0, Known tools = Known::Unknown) {
            return ModelInfo{QString::fromLatin1(id), {}, {}, tools, created};
        };
        QTest::newRow("known before unknown")
            << QVector<ModelInfo>{model("aaa", 9), model("big", 1), model("zzz", 9)} << u"big"_s;
        QTest::newRow("the newest") << QVector<ModelInfo>{model("big", 1), model("big-2", 2)} << u"big-2"_s;
        QTest::newRow("the provider's order")
            << QVector<ModelInfo>{model("big-2"), model("big")} << u"big-2"_s;
        QTest::newRow("none known") << QVector<ModelInfo>{model("x"), model("y")} << u"x"_s;
        QTest::newRow("one that calls tools")
            << QVector<ModelInfo>{model("big", 9, Known::No), model("y")} << u"y"_s;
        QTest::newRow("none that does") << QVector<ModelInfo>{model("x", 1, Known::No)} << u"x"_s;
        QTest::newRow("nothing") << QVector<ModelInfo>() << QString();
    }

    void beginsWithTheNewestModelItKnows()
    {
        QFETCH(QVector<ModelInfo>, models);
        QFETCH(QString, id);
        QCOMPARE(sample().defaultOf(QUrl(u"https://seller.example"_s), models), id);
    }

    void offersOnlyTheThinkingThatAModelHas()
    {
        using enum ThinkingLevel;
        QVERIFY(levelsOf(ThinkingForm::None).isEmpty());
        QCOMPARE(levelFor(ThinkingForm::None, High), Automatic);
        QCOMPARE(levelFor(ThinkingForm::Budget, Automatic), Off);
        QCOMPARE(levelFor(ThinkingForm::Always, Off), Automatic);
        QCOMPARE(levelFor(ThinkingForm::Effort, Low), Low);
        for (const ThinkingLevel level : {Automatic, Off, Low, Medium, High})
            QCOMPARE(thinkingLevelFrom(nameOf(level)), level);
        QCOMPARE(thinkingLevelFrom(u"?"_s), Automatic);
    }
};

MEANWHILE_TEST(ModelCatalogTest)
#include "tst_modelcatalog.moc"
