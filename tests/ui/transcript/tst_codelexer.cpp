// SPDX-License-Identifier: MIT
#include "support/testregistry.h"
#include "ui/transcript/codelexer.h"

#include <QtTest>

using namespace Meanwhile::Ui;
using namespace Qt::StringLiterals;

/// One letter a character: k(eyword) s(tring) c(omment) n(umber) +, -, h(eading), and . for plain.
static QString colours(const QString &language, const QString &code)
{
    CodeLexer lexer(language);
    QStringList lines;
    for (const QString &line : code.split(u'\n')) {
        QString shown(line.size(), u'.');
        for (const CodeToken &token : lexer.lex(line))
            shown.replace(
                token.start, token.length, QString(token.length, u".kscn+-h"_s.at(int(token.kind))));
        lines.append(shown);
    }
    return lines.join(u'\n');
}

class CodeLexerTest : public QObject {
    Q_OBJECT

private slots:
    void coloursEachLanguage_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("expected");
        QTest::newRow("C++") << u"cpp"_s << u"int x=1; // a"_s << u"kkk...n..cccc"_s;
        QTest::newRow("block comment over lines") << u"c"_s << u"a /* b\nc */ if"_s << u"..cccc\ncccc.kk"_s;
        QTest::newRow("string with escapes") << u"cpp"_s << u"f(\"a\\\"b\")"_s << u"..ssssss."_s;
        QTest::newRow("Python") << u"python"_s << u"def f(): # x"_s << u"kkk......ccc"_s;
        QTest::newRow("Python string over lines")
            << u"py"_s << u"\"\"\"a\nif\"\"\" if"_s << u"ssss\nsssss.kk"_s;
        QTest::newRow("template string") << u"ts"_s << u"let a=`x\ny`;"_s << u"kkk...ss\nss."_s;
        QTest::newRow("Rust lifetime") << u"rust"_s << u"fn f<'a>()"_s << u"kk........"_s;
        QTest::newRow("Go") << u"go"_s << u"func f() nil"_s << u"kkkk.....kkk"_s;
        QTest::newRow("shell") << u"sh"_s << u"if a#b; then # c"_s << u"kk......kkkk.ccc"_s;
        QTest::newRow("JSON") << u"json"_s << u"{\"a\": true, \"b\": 12}"_s << u".sss..kkkk..sss..nn."_s;
        QTest::newRow("YAML") << u"yaml"_s << u"a: yes # b"_s << u"...kkk.ccc"_s;
        QTest::newRow("diff") << u"diff"_s << u"@@ x\n+a\n-b\n c"_s << u"hhhh\n++\n--\n.."_s;
        QTest::newRow("HTML") << u"html"_s << u"<a href=\"x\"><!-- y -->"_s << u".k.kkkk.sss.cccccccccc"_s;
        QTest::newRow("CSS") << u"css"_s << u"/* a */ b { c: 2px }"_s << u"ccccccc........nnn.."_s;
        QTest::newRow("SQL") << u"sql"_s << u"Select 'a' -- b"_s << u"kkkkkk.sss.cccc"_s;
        QTest::newRow("unknown") << u"cobol"_s << u"if 1"_s << u"...."_s;
    }

    void coloursEachLanguage()
    {
        QFETCH(QString, language);
        QFETCH(QString, code);
        QTEST(colours(language, code), "expected");
    }

    void survivesAnything()
    {
        for (const QString &code :
            {u"\""_s, u"'\\"_s, u"/*"_s, u"`"_s, QString(QChar(0xd800)), u"\"\"\""_s}) {
            for (const QString &language : {u"cpp"_s, u"py"_s, u"js"_s, u"sh"_s, u"sql"_s, u"html"_s})
                QCOMPARE(colours(language, code).size(), code.size());
        }
    }
};

MEANWHILE_TEST(CodeLexerTest)
#include "tst_codelexer.moc"
