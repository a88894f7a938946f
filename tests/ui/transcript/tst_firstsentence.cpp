// SPDX-License-Identifier: MIT
#include "support/testregistry.h"
#include "ui/transcript/firstsentence.h"

#include <QtTest>

using namespace Meanwhile::Ui;
using namespace Qt::StringLiterals;

class FirstSentenceTest : public QObject {
    Q_OBJECT

private slots:
    void saysHowAnAnswerBegins_data()
    {
        QTest::addColumn<QString>("markdown");
        QTest::addColumn<QString>("said");
        QTest::newRow("one of two") << u"All tests pass. I changed two files."_s << u"All tests pass."_s;
        QTest::newRow("marks") << u"I ran `npm test` for **[shop](https://example.org)**."_s
                               << u"I ran npm test for shop."_s;
        QTest::newRow("below a heading") << u"## Result\n\nIt works! Nearly."_s << u"It works!"_s;
        QTest::newRow("below code") << u"```sh\nls\n```\nThat lists files"_s << u"That lists files"_s;
        QTest::newRow("a heading alone") << u"# Done"_s << u"Done"_s;
        QTest::newRow("code alone") << u"```\nls -l\n```"_s << u"ls -l"_s;
        QTest::newRow("a list") << u"- first\n- second"_s << u"•\tfirst"_s;
        QTest::newRow("korean") << u"끝났습니다. 두 파일을 고쳤습니다."_s << u"끝났습니다."_s;
        QTest::newRow("a number") << u"It took 3.5 s in all. Fine."_s << u"It took 3.5 s in all."_s;
        QTest::newRow("nothing") << u" \n"_s << QString();
        QTest::newRow("endless") << u"word "_s.repeated(10'000) << u"word "_s.repeated(60).trimmed() + u"…"_s;
    }
    void saysHowAnAnswerBegins()
    {
        QFETCH(QString, markdown);
        QTEST(firstSentence(markdown), "said");
    }
};

MEANWHILE_TEST(FirstSentenceTest)
#include "tst_firstsentence.moc"
