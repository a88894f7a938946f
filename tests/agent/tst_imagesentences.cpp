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

    void nameWhatAModelCannotSee()
    {
        const QByteArray gif("GIF89a\xb0\x04\x20\x03\0\0\0", 13);
        QCOMPARE(sentenceForImage({u"image/gif"_s, gif, u"a\nshot.gif"_s}, u"this model cannot see images"_s),
            u"[image a shot.gif, 1200×800, not shown: this model cannot see images]"_s);
    }

    void sayOnlyWhatIsKnown()
    {
        QCOMPARE(sentenceForImage({u"image/png"_s, "damaged"}, u"it could not be read"_s),
            u"[image not shown: it could not be read]"_s);
    }
};

MEANWHILE_TEST(ImageSentencesTest)
#include "tst_imagesentences.moc"
