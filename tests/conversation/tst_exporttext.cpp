// SPDX-License-Identifier: MIT
#include "conversation/exporttext.h"
#include "conversation/messagejson.h"
#include "support/samplemessage.h"
#include "support/testregistry.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

#include <md4c.h>

#include <random>

using namespace Meanwhile;
using namespace Meanwhile::Conversation;
using namespace Qt::StringLiterals;
using Testing::sampleMessage;

namespace {

History historyOf(const QVector<Message> &messages)
{
    History history;
    for (const Message &message : messages)
        history.append(message);
    return history;
}

/// Every kind of block there is.
History everything()
{
    const ImageBlock image{u"image/png"_s, QByteArray("\x89PNG\0\xff", 6), u"shot.png"_s};
    Message asked =
        sampleMessage(u"m1"_s, Role::User, {TextBlock{u"Run the tests.\nThen 고쳐 줘."_s}, image});
    Message called = sampleMessage(u"m2"_s, Role::Assistant,
        {ThinkingBlock{u"First the tests"_s, R"({"type":"thinking","signature":"x"})"},
            TextBlock{u"I run them."_s},
            ToolCallBlock{u"c1"_s, u"bash"_s, R"({"command":"npm test"})", R"({"extra":1})"},
            ToolCallBlock{u"c2"_s, u"read_file"_s, "not json", {}},
            OpaqueBlock{u"server_tool"_s, R"({"a":1})"}});
    called.model = u"claude-sonnet"_s;
    called.provider = u"anthropic"_s;
    called.stopReason = StopReason::ToolUse;
    called.usage = {1'200, 40, 900, 12, Cost::priced(123'456)};
    Message answered = sampleMessage(u"m3"_s, Role::User,
        {ToolResultBlock{u"c1"_s, u"38 passed"_s, false, {image}, endsOf({u"t1"_s})},
            ToolResultBlock{u"c2"_s, u"no such file"_s, true, {}, {}, CallEnd::Failed},
            NewsBlock{endsOf({u"t1"_s, u"t2"_s}), u"<background-results>…</background-results>"_s}});
    Message record = sampleMessage(u"m4"_s, Role::Record,
        {CompactionBlock{
             u"They ran the tests."_s, u"t1 done"_s, u"m3"_s, 4'000, {10, 20, 0, 0, Cost::local()}},
            OmissionBlock{OmissionBlock::What::Block, u"m1"_s, 1, u"image too large"_s},
            OmissionBlock{OmissionBlock::What::OutputsBefore, {}, -1, {}},
            RestoreBlock{u"m1"_s, 2, 0, u"7"_s}, EndBlock{EndBlock::Why::NoProgress, 10},
            FailureBlock{ErrorKind::Network, u"The service did not answer."_s}});
    Message stopped = sampleMessage(u"m5"_s, Role::Assistant, {TextBlock{u"Now I"_s}});
    stopped.completeness = Completeness::Stopped;
    return historyOf({asked, called, answered, record, stopped});
}

QString markdown(const History &history, const ExportHead &head = {})
{
    return QString::fromUtf8(toMarkdown(history, head));
}

/// The headings that stand in no quote, list or code, as a reader of Markdown sees them.
class Headings {
public:
    explicit Headings(const QString &text)
    {
        MD_PARSER parser{};
        parser.enter_block = [](MD_BLOCKTYPE type, void *, void *self) {
            static_cast<Headings *>(self)->enter(type);
            return 0;
        };
        parser.leave_block = [](MD_BLOCKTYPE type, void *, void *self) {
            static_cast<Headings *>(self)->leave(type);
            return 0;
        };
        parser.enter_span = [](MD_SPANTYPE, void *, void *) { return 0; };
        parser.leave_span = parser.enter_span;
        parser.text = [](MD_TEXTTYPE, const MD_CHAR *words, MD_SIZE size, void *self) {
            auto *headings = static_cast<Headings *>(self);
            if (headings->m_isHeading)
                headings->m_found.last() += QString::fromUtf8(words, qsizetype(size));
            return 0;
        };
        const QByteArray bytes = text.toUtf8();
        md_parse(bytes.constData(), MD_SIZE(bytes.size()), &parser, this);
    }
    QStringList found() const { return m_found; }

private:
    static bool isContainer(MD_BLOCKTYPE type)
    {
        return type == MD_BLOCK_QUOTE || type == MD_BLOCK_UL || type == MD_BLOCK_OL;
    }
    void enter(MD_BLOCKTYPE type)
    {
        m_depth += isContainer(type);
        m_isHeading = type == MD_BLOCK_H && m_depth == 0;
        if (m_isHeading)
            m_found += QString();
    }
    void leave(MD_BLOCKTYPE type)
    {
        m_depth -= isContainer(type);
        m_isHeading = false;
    }

    QStringList m_found;
    int m_depth = 0;
    bool m_isHeading = false;
};

} // namespace

class ExportTextTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void jsonHoldsEveryKindOfBlock()
    {
        const History history = everything();
        const QByteArray json = toJsonText(history, {u"s1"_s, u"Tests"_s, u"/src/webshop"_s});
        const QJsonObject object = QJsonDocument::fromJson(json).object();
        QCOMPARE(object.value(u"format"_s).toString(), u"meanwhile.session"_s);
        QCOMPARE(object.value(u"version"_s).toInt(), 1);
        QCOMPARE(object.value(u"id"_s).toString(), u"s1"_s);
        QCOMPARE(object.value(u"title"_s).toString(), u"Tests"_s);
        QCOMPARE(object.value(u"project"_s).toString(), u"/src/webshop"_s);
        History read;
        const QJsonArray messages = object.value(u"messages"_s).toArray();
        for (const QJsonValue &message : messages)
            read.append(messageFromJson(message.toObject()).value());
        QCOMPARE(read.size(), history.size());
        for (qsizetype at = 0; at < read.size(); ++at)
            QVERIFY2(read.messages().at(at) == history.messages().at(at), qPrintable(QString::number(at)));
        QCOMPARE(toJsonText(read, {u"s1"_s, u"Tests"_s, u"/src/webshop"_s}), json);
        // As many kinds as there are.
        QSet<std::size_t> kinds;
        for (const Message &message : history.messages()) {
            for (const ContentBlock &block : message.content)
                kinds.insert(block.index());
        }
        QCOMPARE(std::size_t(kinds.size()), std::variant_size_v<ContentBlock>);
    }

    void markdownSaysWhoSaidWhatAndWhen()
    {
        const QString text = markdown(everything(), {u"s1"_s, u"Tests & more"_s, u"/src/web_shop"_s});
        QVERIFY(text.startsWith(u"# Tests \\& more\n\n*Project: /src/web\\_shop*\n\n"_s));
        QCOMPARE(Headings(text).found().mid(1),
            (QStringList{u"You · 2026-01-02 03:04 UTC"_s, u"claude-sonnet · 2026-01-02 03:04 UTC"_s,
                u"You · 2026-01-02 03:04 UTC"_s, u"Note · 2026-01-02 03:04 UTC"_s,
                u"Model · 2026-01-02 03:04 UTC"_s}));
        QVERIFY(text.contains(u"> Run the tests.\n> Then 고쳐 줘.\n\n*Image shot.png (image/png, 6 B)*\n"_s));
        QVERIFY(text.contains(u"\nI run them.\n"_s));
        QVERIFY(text.contains(u"<summary>Thinking</summary>\n\n> First the tests\n"_s));
        QVERIFY(text.contains(u"*Something that only the provider can read (server\\_tool)*"_s));
        QVERIFY(
            text.contains(u"<summary>2 results sent to the model</summary>\n\n```\n<background-results>"_s));
        QVERIFY(text.contains(u"> They ran the tests.\n"_s));
        QVERIFY(text.contains(u"something that the provider refused: image too large*"_s));
        QVERIFY(text.endsWith(u"Now I\n\n*Stopped here*\n"_s));
    }

    void saysThatThePersonStopped()
    {
        const History history = historyOf({sampleMessage(u"m1"_s, Role::User, {TextBlock{u"Go"_s}}),
            sampleMessage(u"m2"_s, Role::Record, {EndBlock{EndBlock::Why::Stopped, 0}})});
        QVERIFY(markdown(history).contains(u"*Stopped*"_s));
    }

    void aCallStandsWithItsResult()
    {
        const QString text = markdown(everything());
        QVERIFY(text.contains(
            u"<summary>bash npm test</summary>\n\n```json\n{\n    \"command\": \"npm test\"\n}\n```\n\n"
            u"```\n38 passed\n```\n\n*Image shot.png (image/png, 6 B)*\n\n</details>"_s));
        QVERIFY(text.contains(u"<summary>read_file</summary>\n\n```\nnot json\n```\n\n*It failed:*\n\n"
                              u"```\nno such file\n```\n\n</details>"_s));
        QCOMPARE(text.count(u"38 passed"_s), 1);
        QCOMPARE(text.count(u"no such file"_s), 1);
    }

    void aMessageOfResultsAloneHasNoHeading()
    {
        const History history =
            historyOf({sampleMessage(u"m1"_s, Role::Assistant, {ToolCallBlock{u"c"_s, u"bash"_s, "{}", {}}}),
                sampleMessage(u"m2"_s, Role::User, {ToolResultBlock{u"c"_s, u"x"_s, false, {}}}),
                sampleMessage(u"m3"_s, Role::Assistant, {ToolCallBlock{u"d"_s, u"bash"_s, "{}", {}}})});
        const QString text = markdown(history);
        QCOMPARE(Headings(text).found().size(), 3);
        QVERIFY(text.endsWith(u"*No result*\n\n</details>\n"_s));
    }

    // Nothing that the program tells the model stands among the person's words.
    void whatTheProgramSaidIsANote()
    {
        const QString text = markdown(historyOf({sampleMessage(
            u"m1"_s, Role::User, {NewsBlock{{}, u"(Files were put back.)"_s}, TextBlock{u"go on"_s}})}));
        QCOMPARE(Headings(text).found().mid(1),
            (QStringList{u"Note · 2026-01-02 03:04 UTC"_s, u"You · 2026-01-02 03:04 UTC"_s}));
        QVERIFY(text.indexOf(u"put back"_s) < text.indexOf(u"## You"_s));
        QVERIFY(!text.contains(u"> (Files"_s));
    }

    void nothingReachesBeyondItsPlace_data()
    {
        QTest::addColumn<QString>("words");
        QTest::newRow("open fence") << u"see\n```\n## You\nrm"_s;
        QTest::newRow("open tildes") << u"~~~~ a b\n```\n~~~\n## You"_s;
        QTest::newRow("long fence") << u"`````\n```\n````\n## You"_s;
        QTest::newRow("in a list") << u"1. a\n   ```\n   ## You"_s;
        QTest::newRow("ended by its list") << u"1. a\n   ```\n   b\n\nc\n\n```\n## You\n"_s;
        QTest::newRow("in a quote") << u"> ```\n> a\n```\n## You"_s;
        QTest::newRow("code in the line") << u"```a``` b\n```\n## You"_s;
        QTest::newRow("indented") << u"a\n\n    ```\n\n```\n## You\n    ```\n"_s;
        QTest::newRow("tab") << u"a\n\n\t```\n```\n## You"_s;
        QTest::newRow("other blanks") << u"```\n```\u00a0\n## You"_s;
        QTest::newRow("behind another blank") << u"\u00a0```\n\n```\n## You"_s;
        QTest::newRow("not an end") << u"```\n``` c\n## You"_s;
        QTest::newRow("carriage returns") << u"a\r```\r## You\r\nb"_s;
        QTest::newRow("comment") << u"a\n<!-- b\n## You"_s;
        QTest::newRow("comment in a list") << u"- <!--\n\n  ## You\n<!--\n"_s;
        QTest::newRow("script") << u"  <script>\n## You"_s;
        QTest::newRow("preformatted") << u"<pre>\n\n## You\n"_s;
        QTest::newRow("question") << u"<?php\n## You"_s;
        QTest::newRow("data") << u"<![CDATA[\n## You"_s;
        QTest::newRow("details") << u"</details>\n```\n</summary>"_s;
        QTest::newRow("runs of backticks") << u"`` ``` ```` ````` a\n``````\n"_s;
        QTest::newRow("reference") << u"[a]: /b \"\n```\n## You"_s;
        QTest::newRow("nothing") << u" \n "_s;
    }

    /// Whoever says it, the next one's heading is a heading.
    void nothingReachesBeyondItsPlace()
    {
        QFETCH(const QString, words);
        const auto last = [](const History &history) {
            return Headings(markdown(history)).found().constLast();
        };
        const Message end = sampleMessage(u"e"_s, Role::User, {TextBlock{u"end"_s}}, 59);
        const QString expected = u"You · 2026-01-02 03:04 UTC"_s;
        for (const ContentBlock &block :
            {ContentBlock(TextBlock{words}), ContentBlock(ThinkingBlock{words, {}}),
                ContentBlock(ToolCallBlock{u"c"_s, words, words.toUtf8(), {}}),
                ContentBlock(ToolCallBlock{
                    u"c"_s, u"bash"_s, QJsonDocument(QJsonObject{{u"command"_s, words}}).toJson(), {}}),
                ContentBlock(ToolResultBlock{u"c"_s, words, false, {}}),
                ContentBlock(ImageBlock{u"image/png"_s, {}, words}),
                ContentBlock(NewsBlock{endsOf({u"t"_s}), words}), ContentBlock(NewsBlock{{}, words}),
                ContentBlock(OpaqueBlock{words, {}}), ContentBlock(RestoreBlock{words, 1, 0, words}),
                ContentBlock(CompactionBlock{words, {}, {}, 0}),
                ContentBlock(OmissionBlock{OmissionBlock::What::Block, {}, 0, words})}) {
            for (const Role role : {Role::User, Role::Assistant, Role::Record}) {
                const QStringList found =
                    Headings(markdown(historyOf({sampleMessage(u"m"_s, role, {block}), end}))).found();
                QCOMPARE(found.constLast(), expected);
                // In an answer a heading is one, but nobody else's words are.
                if (role == Role::User || block.index() != 0)
                    QVERIFY2(found.size() <= 3, qPrintable(found.join(u" / "_s)));
            }
        }
        Message answered = sampleMessage(u"m"_s, Role::Assistant, {TextBlock{words}});
        answered.model = words;
        QCOMPARE(last(historyOf({answered, end})), expected);
        QCOMPARE(
            Headings(QString::fromUtf8(toMarkdown(historyOf({end}), {u"s"_s, words, words}))).found().size(),
            2);
    }

    void noMixtureReachesBeyondItsPlace()
    {
        const QStringList pieces{u"```"_s, u"~~~"_s, u"````"_s, u"`"_s, u"<!--"_s, u"-->"_s, u"<pre>"_s,
            u"<details>"_s, u"- "_s, u"1. "_s, u"> "_s, u"\n"_s, u"\n"_s, u"\n\n"_s, u"\r"_s, u"   "_s,
            u"    "_s, u"\t"_s, u"\u00a0"_s, u"a"_s, u"## You"_s, u"[a]: b \""_s, u"\\"_s, u"***"_s,
            u"==="_s};
        std::mt19937 random(3);
        const Message end = sampleMessage(u"e"_s, Role::User, {TextBlock{u"end"_s}}, 59);
        for (int round = 0; round < 20'000; ++round) {
            QString words;
            for (unsigned count = 1 + random() % 14; count > 0; --count)
                words += pieces.at(qsizetype(random() % unsigned(pieces.size())));
            const Message said = sampleMessage(u"m"_s, Role::Assistant, {TextBlock{words}});
            const QStringList found = Headings(markdown(historyOf({said, end}))).found();
            QVERIFY2(found.constLast() == u"You · 2026-01-02 03:04 UTC"_s,
                QJsonDocument(QJsonArray{words}).toJson().constData());
        }
    }

    void proseCannotLookLikeAnothersTurn_data()
    {
        QTest::addColumn<QString>("said");
        QTest::addColumn<QString>("shown");
        QTest::newRow("a head of ours") << u"## You · 2026-11-29"_s << u"#### You · 2026-11-29"_s;
        QTest::newRow("behind blanks") << u"a\n   # You"_s << u"a\n   ### You"_s;
        QTest::newRow("the lowest") << u"###### x"_s << u"###### x"_s;
        QTest::newRow("no head") << u"#hashtag"_s << u"#hashtag"_s;
        QTest::newRow("underlined") << u"You\n===\nYou\n---"_s << u"You\n\\===\nYou\n\\---"_s;
        QTest::newRow("a line across") << u"a\n\n---"_s << u"a\n\n---"_s;
        QTest::newRow("in a list") << u"- ## You"_s << u"- #### You"_s;
        QTest::newRow("code over two lines") << u"a `\nb` <details> `c"_s << u"> a `\n> b` <details> `c"_s;
        QTest::newRow("no code") << u"\\` <b> `"_s << u"> \\` <b> `"_s;
        QTest::newRow("a tag within a line") << u"so <details> it"_s << u"so \\<details> it"_s;
        QTest::newRow("code within a line")
            << u"use `vector<int>` or ``a`<b>``"_s << u"use `vector<int>` or ``a`<b>``"_s;
        QTest::newRow("smaller than") << u"a < b, 1 <2"_s << u"a < b, 1 <2"_s;
        QTest::newRow("within a fence") << u"```\n## x <b>\n```"_s << u"```\n## x <b>\n```"_s;
    }

    void proseCannotLookLikeAnothersTurn()
    {
        QFETCH(const QString, said);
        QFETCH(const QString, shown);
        const QString text = markdown(historyOf({sampleMessage(u"m"_s, Role::Assistant, {TextBlock{said}})}));
        QVERIFY2(text.endsWith(u"\n\n"_s + shown + u"\n"_s), qPrintable(text));
    }

    void proseThatEndsWhatItBeginsStaysAsItIs()
    {
        const QString words = u"Plan\n\n- one\n\n```sh\nls <a>\n```\n\n~~~\n```\n~~~\n\na < b"_s;
        const QString text =
            markdown(historyOf({sampleMessage(u"m"_s, Role::Assistant, {TextBlock{words}})}));
        QVERIFY2(text.endsWith(u"\n\n"_s + words + u"\n"_s), qPrintable(text));
    }

    void whatAToolSaysIsClippedAndTheRestIsNot()
    {
        const QString output(50'000, u'x');
        const QString said(50'000, u'y');
        const QString text =
            markdown(historyOf({sampleMessage(u"m"_s, Role::Assistant,
                                    {TextBlock{said}, ToolCallBlock{u"c"_s, u"bash"_s, "{}", {}}}),
                sampleMessage(u"n"_s, Role::User, {ToolResultBlock{u"c"_s, output, false, {}}})}));
        QVERIFY(text.contains(said));
        QVERIFY(text.count(u'x') <= kMaxExportedToolChars + 10);
        QVERIFY(text.contains(u"characters left out"_s));
    }

    void aFilesNameIsSafe_data()
    {
        QTest::addColumn<QString>("title");
        QTest::addColumn<QString>("name");
        QTest::newRow("plain") << u"Fix the cart"_s << u"Fix the cart"_s;
        QTest::newRow("separators") << u"../etc/passwd: a\\b"_s << u"etcpasswd ab"_s;
        QTest::newRow("lines") << u"one\n\ttwo "_s << u"one two"_s;
        QTest::newRow("hidden") << u"...bashrc"_s << u"bashrc"_s;
        QTest::newRow("Korean") << u"장바구니 고치기"_s << u"장바구니 고치기"_s;
        QTest::newRow("empty") << u" / "_s << u"Session"_s;
        QTest::newRow("long") << QString(300, u'a') << QString(120, u'a');
        QTest::newRow("long in pairs") << u"😀"_s.repeated(40) << u"😀"_s.repeated(30);
    }

    void aFilesNameIsSafe()
    {
        QFETCH(const QString, title);
        QTEST(fileNameFor(title), "name");
    }
};

MEANWHILE_TEST(ExportTextTest)
#include "tst_exporttext.moc"
