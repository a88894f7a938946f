// SPDX-License-Identifier: MIT
#include "base/jsontext.h"
#include "support/strictjson.h"
#include "support/testregistry.h"

#include <QJsonDocument>
#include <QTest>

using namespace Meanwhile;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;

// With ' for ", which no text of these tests holds.
static QByteArray json(QByteArray text)
{
    return text.replace('\'', '"');
}

class JsonTextTest : public QObject {
    Q_OBJECT

private slots:
    void writesWhatAStrictParserTakes_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("written");
        const auto same = [](const char *name, const QByteArray &text) {
            QTest::newRow(name) << text << text;
        };
        same("plain", json("{'a':['b',1,true,null]}"));
        same("a whole pair", "{\"a\":\"\xf0\x9f\x98\x80\"}");
        same("an escape that is written out", json("{'a':'\\\\ud800'}"));
        same("a NUL", json("{'a':'\\u0000'}"));
        same("a non-character", "{\"a\":\"\xef\xbf\xbf\"}");
        QTest::newRow("a high half") << json("{'a':'x\\ud99c y'}") << json("{'a':'x? y'}");
        QTest::newRow("a low half") << json("{'a':'\\ude00'}") << json("{'a':'?'}");
        QTest::newRow("halves the wrong way round") << json("{'a':'\\ude00\\ud83d'}")
                                                    << json("{'a':'?"
                                                            "?'}");
        QTest::newRow("beside a written escape")
            << json("{'a':'\\\\ud800\\ud800'}") << json("{'a':'\\\\ud800?'}");
        QTest::newRow("in a key, deep")
            << json("{'a':[{'\\ud800':{'\\udfff':'\\udbff'}}]}") << json("{'a':[{'?':{'?':'?'}}]}");
        QTest::newRow("two keys that become one") << json("{'\\ud800':1,'\\ud801':2}") << json("{'?':2}");
    }
    void writesWhatAStrictParserTakes()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, written);
        const QByteArray result = compactJson(QJsonDocument::fromJson(text).object());
        QCOMPARE(result, written);
        QCOMPARE(wrongInJson(result), QString());
    }

    void readsAnObjectInStrings_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("object");
        QTest::newRow("an object") << json("{'a':1}") << json("{'a':1}");
        QTest::newRow("in a string") << json(" '{\\'a\\':1}' ") << json("{'a':1}");
        QTest::newRow("in two") << json("'\\'{\\\\\\'a\\\\\\':1}\\''") << json("{'a':1}");
        QTest::newRow("an array") << json("[{'a':1}]") << QByteArray();
        QTest::newRow("an array in a string") << json("'[1]'") << QByteArray();
        QTest::newRow("words") << json("'a'") << QByteArray();
        QTest::newRow("two strings") << json("'{}','{}'") << QByteArray();
        QTest::newRow("cut off") << json("'{\\'a\\':1") << QByteArray();
        QTest::newRow("nothing") << QByteArray() << QByteArray();
    }
    void readsAnObjectInStrings()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, object);
        const std::optional<QJsonObject> found = jsonObjectIn(text);
        QCOMPARE(found ? compactJson(*found) : QByteArray(), object);
    }

    void countsLevelsOutsideOfStrings()
    {
        QVERIFY(!isNestedDeeper("{\"a\":[1,{\"b\":\"[[[[\\\"[[\"}]}", 3));
        QVERIFY(isNestedDeeper(json("{'a':[1,{'b':2}]}"), 2));
        QVERIFY(!isNestedDeeper(json("[[],[],[]]"), 2));
    }
};

MEANWHILE_TEST(JsonTextTest)
#include "tst_jsontext.moc"
