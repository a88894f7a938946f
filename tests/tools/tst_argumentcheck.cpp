// SPDX-License-Identifier: MIT
#include "support/testregistry.h"
#include "tools/argumentcheck.h"
#include "tools/toolregistry.h"
#include "tools/waitingcall.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Tools;
using namespace Qt::StringLiterals;

namespace {

// With ' for ", and ` for one inside a string.
QByteArray quoted(QByteArray text)
{
    return text.replace('`', "\\\"").replace('\'', '"');
}

class SampleTool final : public Tool {
public:
    explicit SampleTool(QString name)
    {
        m_spec = {std::move(name), u"Does \"it\"."_s,
            R"({"type":"object","properties":{"path":{"type":"string","description":"where"},)"
            R"("count":{"type":"integer"},"deep":{"type":"boolean"},)"
            R"("ids":{"type":"array","items":{"type":"string"}},)"
            R"("mode":{"type":"string","enum":["any","all"]}},"required":["path"]})"};
    }
    const ToolSpec &spec() const override { return m_spec; }
    QFuture<Intent> intent(const ToolCall &) override { return answered(Intent{}); }
    QFuture<ToolOutcome> run(const ToolCall &) override { return answered(ToolOutcome{}); }

private:
    ToolSpec m_spec;
};

} // namespace

class ArgumentCheckTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_registry.add(std::make_unique<SampleTool>(u"first"_s));
        m_registry.add(std::make_unique<SampleTool>(u"second"_s));
    }

    void takesWhatIsPlainlyMeant_data()
    {
        QTest::addColumn<QByteArray>("input");
        QTest::addColumn<QByteArray>("arguments");
        QTest::newRow("as asked for")
            << R"({"path":"a","count":5,"deep":true,"ids":["x","y"],"mode":"all"})"_qba
            << R"({"count":5,"deep":true,"ids":["x","y"],"mode":"all","path":"a"})"_qba;
        QTest::newRow("integer in a string") << R"({"path":"a","count":"5"})"_qba
                                             << R"({"count":5,"path":"a"})"_qba;
        QTest::newRow("integer as 5.0") << R"({"path":"a","count":5.0})"_qba
                                        << R"({"count":5,"path":"a"})"_qba;
        QTest::newRow("boolean in a string") << R"({"path":"a","deep":"False"})"_qba
                                             << R"({"deep":false,"path":"a"})"_qba;
        QTest::newRow("one string for a list") << R"({"path":"a","ids":"x"})"_qba
                                               << R"({"ids":["x"],"path":"a"})"_qba;
        QTest::newRow("a list in a string")
            << quoted("{'path':'a','ids':'[`x`,`y`]'}") << R"({"ids":["x","y"],"path":"a"})"_qba;
        QTest::newRow("a string that only looks like a list")
            << quoted("{'path':'a','ids':'[x'}") << quoted("{'ids':['[x'],'path':'a'}");
        QTest::newRow("all of it in a string")
            << quoted("'{`path`:`a`,`count`:5}'") << R"({"count":5,"path":"a"})"_qba;
        QTest::newRow("null is absent") << R"({"path":"a","count":null})"_qba
                                        << R"({"path":"a"})"_qba;
        QTest::newRow("unknown extras are left out") << R"({"path":"a","color":"red"})"_qba
                                                     << R"({"path":"a"})"_qba;
        QTest::newRow("an empty string is a string") << R"({"path":""})"_qba
                                                     << R"({"path":""})"_qba;
    }

    void takesWhatIsPlainlyMeant()
    {
        QFETCH(QByteArray, input);
        QFETCH(QByteArray, arguments);
        const Result<ToolCall> call = m_registry.check(u"c1"_s, u"first"_s, input);
        QVERIFY2(call, call ? "" : qPrintable(call.error().message));
        QCOMPARE(QJsonDocument(call->arguments).toJson(QJsonDocument::Compact), arguments);
        QCOMPARE(call->id, u"c1"_s);
        QVERIFY(!call->mayLeaveProject);
    }

    void knowsWhichToolWasMeant_data()
    {
        QTest::addColumn<QString>("written");
        QTest::addColumn<QString>("meant");
        QTest::newRow("as it is") << u"first"_s << u"first"_s;
        QTest::newRow("case") << u"First"_s << u"first"_s;
        QTest::newRow("spaces") << u" first\n"_s << u"first"_s;
        QTest::newRow("namespace") << u"functions.first"_s << u"first"_s;
        QTest::newRow("numbered") << u"functions.first:0"_s << u"first"_s;
        QTest::newRow("marks") << u"first<|channel|>commentary"_s << u"first"_s;
        QTest::newRow("unknown") << u"third"_s << u"third"_s;
        QTest::newRow("another's") << u"github.first"_s << u"github.first"_s;
        QTest::newRow("a part") << u"firs"_s << u"firs"_s;
        QTest::newRow("nothing") << QString() << QString();
    }
    void knowsWhichToolWasMeant()
    {
        QFETCH(QString, written);
        QTEST(m_registry.nameMeant(written), "meant");
    }

    void saysWhatWasExpectedAndWhatWasFound_data()
    {
        QTest::addColumn<QByteArray>("input");
        QTest::addColumn<QString>("message");
        const QString list =
            u"Parameters: path, count (optional), deep (optional), ids (optional), mode (optional)."_s;
        QTest::newRow("missing parameter")
            << "{}"_qba << u"first needs the parameter \"path\" (a string), which is missing. "_s + list;
        QTest::newRow("no arguments at all")
            << ""_qba << u"first needs the parameter \"path\" (a string), which is missing. "_s + list;
        QTest::newRow("null for a required one")
            << R"({"path":null})"_qba
            << u"first needs the parameter \"path\" (a string), which is missing. "_s + list;
        QTest::newRow("number for a string")
            << R"({"path":5})"_qba
            << u"The parameter \"path\" of first must be a string; found the number 5."_s;
        QTest::newRow("words for an integer")
            << R"({"path":"a","count":"five"})"_qba
            << u"The parameter \"count\" of first must be an integer; found the string \"five\"."_s;
        QTest::newRow("fraction for an integer")
            << R"({"path":"a","count":5.5})"_qba
            << u"The parameter \"count\" of first must be an integer; found the number 5.5."_s;
        QTest::newRow("number for a boolean")
            << R"({"path":"a","deep":1})"_qba
            << u"The parameter \"deep\" of first must be a boolean; found the number 1."_s;
        QTest::newRow("numbers in a list of strings")
            << R"({"path":"a","ids":[1]})"_qba
            << u"The parameter \"ids\" of first must be an array of strings; found an array."_s;
        QTest::newRow("none of the words allowed")
            << R"({"path":"a","mode":"some"})"_qba
            << u"The parameter \"mode\" of first must be one of any, all; found the string \"some\"."_s;
        QTest::newRow("an array") << "[1]"_qba
                                  << u"The arguments of first must be one JSON object; found an array. "_s +
                                         list;
    }

    void saysWhatWasExpectedAndWhatWasFound()
    {
        QFETCH(QByteArray, input);
        QFETCH(QString, message);
        const Result<ToolCall> call = m_registry.check(u"c1"_s, u"first"_s, input);
        QVERIFY(!call);
        QCOMPARE(call.error().message, message);
    }

    void saysWhereTheJsonIsBroken()
    {
        const Result<ToolCall> call = m_registry.check(u"c1"_s, u"first"_s, R"({"path":"a)");
        QVERIFY(!call);
        QVERIFY(call.error().message.contains(u"found text that is not JSON (unterminated string at byte"_s));
    }

    void namesTheToolsWhenOneIsUnknown()
    {
        const Result<ToolCall> call = m_registry.check(u"c1"_s, u"frist"_s, "{}");
        QVERIFY(!call);
        QCOMPARE(call.error().message, u"There is no tool named \"frist\". The tools are: first, second."_s);
        QCOMPARE(m_registry.find(u"frist"_s), nullptr);
    }

    void readsASchemaInItsOrder()
    {
        const auto named = [](const QByteArray &schema) {
            QStringList names;
            for (const Parameter &parameter : parametersOf(schema))
                names += parameter.name + (parameter.required ? u"!"_s : QString());
            return names.join(u' ');
        };
        QCOMPARE(named(R"({"type":"object","properties":{"b":{"properties":{"c":{}}},"a":{},"c":{}}})"),
            u"b a c"_s);
        QCOMPARE(named(quoted(R"({ 'properties' : { 'q`:`' : {} , 'a' : { 'type' : 'properties' } },)"
                              R"( 'x': {'z': 1}, 'required' : ['a'] })")),
            u"q\":\" a!"_s);
        QCOMPARE(named(R"({"type":"object"})"), QString());
        QCOMPARE(named(R"({"properties":{"a":)"), QString());
        QCOMPARE(named("[1]"), QString());
    }

    void takesWhatAnySchemaAsksFor_data()
    {
        QTest::addColumn<QByteArray>("schema");
        QTest::addColumn<QByteArray>("given");
        QTest::addColumn<QByteArray>("taken"); ///< empty: it does not fit
        QTest::addColumn<QString>("words");
        const auto row = [](const char *name, const char *schema, const char *given, const char *taken,
                             const QString &words = {}) {
            QTest::newRow(name) << quoted(schema) << quoted(given) << quoted(taken) << words;
        };
        const QString must = u"The parameter \"%1\" of t must be %2; found %3."_s;
        row("number", "{'type':'number'}", "2.5", "2.5");
        row("number in a string", "{'type':'number'}", "' 2.5'", "2.5");
        row("no number", "{'type':'number'}", "'two'", "",
            must.arg(u"v"_s, u"a number"_s, u"the string \"two\""_s));
        row("within", "{'type':'integer','minimum':1,'maximum':5}", "5", "5");
        row("too large", "{'type':'integer','minimum':1,'maximum':5}", "6", "",
            must.arg(u"v"_s, u"an integer from 1 to 5"_s, u"the number 6"_s));
        row("too small", "{'type':'integer','minimum':1}", "0", "",
            must.arg(u"v"_s, u"an integer of at least 1"_s, u"the number 0"_s));
        row("at most", "{'type':'number','maximum':1}", "2", "",
            must.arg(u"v"_s, u"a number of at most 1"_s, u"the number 2"_s));
        row("one of numbers", "{'type':'integer','enum':[1,2]}", "2.0", "2");
        row("none of numbers", "{'type':'integer','enum':[1,2]}", "3", "",
            must.arg(u"v"_s, u"one of the number 1, the number 2"_s, u"the number 3"_s));
        row("integers", "{'type':'array','items':{'type':'integer'}}", "[1,'2']", "[1,2]");
        row("no integers", "{'type':'array','items':{'type':'integer'}}", "[1,'x']", "",
            must.arg(u"v"_s, u"an array of integers"_s, u"an array"_s));
        row("any items", "{'type':'array'}", "[1,{}]", "[1,{}]");
        row("an object", "{'type':'object','properties':{'n':{'type':'integer'}}}", "{'n':'3','other':1}",
            "{'n':3,'other':1}");
        row("an object in a string", "{'type':'object','properties':{'n':{'type':'integer'}}}", "'{`n`:3}'",
            "{'n':3}");
        row("null in an object", "{'type':'object','properties':{'n':{'type':'integer'}}}", "{'n':null}",
            "{}");
        row("no object", "{'type':'object'}", "5", "", must.arg(u"v"_s, u"an object"_s, u"the number 5"_s));
        row("deep", "{'type':'array','items':{'type':'object','properties':{'n':{'type':'integer'}}}}",
            "[{'n':1},{'n':'x'}]", "", must.arg(u"v[1].n"_s, u"an integer"_s, u"the string \"x\""_s));
        row("missing in an object",
            "{'type':'object','properties':{'n':{'type':'integer'}},'required':['n']}", "{}", "",
            u"t needs the parameter \"v.n\" (an integer), which is missing. Parameters: v."_s);
        row("any of", "{'anyOf':[{'type':'integer'},{'type':'string'}]}", "'5'", "'5'");
        row("any of, taken for", "{'anyOf':[{'type':'integer'},{'type':'boolean'}]}", "'5'", "5");
        row("none of", "{'anyOf':[{'type':'integer'},{'type':'boolean'}]}", "[]", "",
            must.arg(u"v"_s, u"an integer or a boolean"_s, u"an array"_s));
        row("several types", "{'type':['string','null']}", "null", "null");
        row("no type", "{'description':'all'}", "[1]", "[1]");
        row("NUL in an object", "{'type':'object'}", "{'a':['\\u0000']}", "",
            u"The parameter \"v\" of t has a NUL character in it, which it cannot have. Give it without."_s);
    }

    void takesWhatAnySchemaAsksFor()
    {
        QFETCH(QByteArray, schema);
        QFETCH(QByteArray, given);
        QFETCH(QByteArray, taken);
        QFETCH(QString, words);
        const ToolSpec spec{
            u"t"_s, {}, R"({"type":"object","properties":{"v":)" + schema + R"(},"required":["v"]})"};
        const Result<QJsonObject> checked = checkArguments(spec, R"({"v":)" + given + '}');
        QCOMPARE(checked ? QString() : checked.error().message, words);
        if (checked)
            QCOMPARE(QJsonDocument(*checked).toJson(QJsonDocument::Compact), R"({"v":)" + taken + '}');
    }

private:
    ToolRegistry m_registry;
};

MEANWHILE_TEST(ArgumentCheckTest)
#include "tst_argumentcheck.moc"
