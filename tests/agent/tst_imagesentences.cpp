// SPDX-License-Identifier: MIT
#include "agent/imagesentences.h"
#include "support/testregistry.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Agent;
using namespace Meanwhile::Conversation;
using namespace Qt::StringLiterals;

class ImageSentencesTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void namesWhatAModelCannotSee()
    {
        const Message told = withSentencesForImages(
            message({ImageBlock{u"image/gif"_s, gif(), u"shot.gif"_s}, TextBlock{u"What is this?"_s}}));
        QCOMPARE(told,
            message({TextBlock{u"[image shot.gif, 1200×800, not shown: this model cannot see images]"_s},
                TextBlock{u"What is this?"_s}}));
    }

    void saysOnlyWhatIsKnown()
    {
        const Message told = withSentencesForImages(message({ImageBlock{u"image/png"_s, "damaged"}}));
        QCOMPARE(told, message({TextBlock{u"[image not shown: this model cannot see images]"_s}}));
    }

    void addsALineToAToolsAnswer()
    {
        const Message told = withSentencesForImages(message(
            {ToolResultBlock{u"c"_s, u"a.gif: image/gif"_s, false, {{u"image/gif"_s, gif(), u"a\nb"_s}}}}));
        QCOMPARE(
            told, message({ToolResultBlock{u"c"_s,
                      u"a.gif: image/gif\n[image a b, 1200×800, not shown: this model cannot see images]"_s,
                      false, {}}}));
    }

    void leavesEverythingElse()
    {
        const Message other = message({TextBlock{u"words"_s}, ToolResultBlock{u"c"_s, u"out"_s, true, {}},
            ToolCallBlock{u"c"_s, u"bash"_s, "{}", {}}});
        QCOMPARE(withSentencesForImages(other), other);
    }

private:
    static QByteArray gif() { return QByteArray("GIF89a\xb0\x04\x20\x03\0\0\0", 13); }
    static Message message(const QVector<ContentBlock> &content)
    {
        Message message;
        message.id = u"m1"_s;
        message.content = content;
        return message;
    }
};

MEANWHILE_TEST(ImageSentencesTest)
#include "tst_imagesentences.moc"
