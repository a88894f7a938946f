// SPDX-License-Identifier: MIT
#include "support/samplepicture.h"
#include "support/testregistry.h"
#include "ui/composer/attachmentchip.h"
#include "ui/composer/attachmentrow.h"
#include "ui/composer/composer.h"
#include "ui/composer/composeredit.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLoggingCategory>
#include <QMimeData>
#include <QPushButton>
#include <QToolButton>
#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Conversation;
using namespace Meanwhile::Testing;
using namespace Meanwhile::Ui;
using namespace Qt::StringLiterals;
using State = AttachmentChip::State;

class AttachmentsTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        QLoggingCategory::setFilterRules(u"qt.gui.imageio*=false"_s);
        m_theme = std::make_unique<Theme>(*qApp);
        m_composer = std::make_unique<Composer>(*m_theme);
        m_folder = std::make_unique<QTemporaryDir>();
        m_composer->setProjectFolder(m_folder->filePath(u"project"_s));
        m_composer->resize(700, 200);
        m_composer->show();
        m_composer->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_composer.get()));
        m_edit = m_composer->findChild<ComposerEdit *>();
        m_edit->setFocus();
        m_row = m_composer->findChild<AttachmentRow *>();
        connect(m_composer.get(), &Composer::submitted, this,
            [this](const QString &text, const QVector<ImageBlock> &images) {
                m_sent.append({text, images});
            });
        m_sent.clear();
    }

    void cleanup() { m_composer.reset(); }

    void aPastedImageIsShownAndSent()
    {
        QVERIFY(!m_row->isVisible());
        paste(QImage(300, 200, QImage::Format_RGB32));
        QVERIFY(m_row->isVisible());
        QTRY_COMPARE(states(), QList{State::Ready});
        QCOMPARE(m_composer->text(), QString());
        QVERIFY(facts(0).startsWith(u"300×200 · "_s));
        QVERIFY(isWhole(*chips().first()));
        QVERIFY(send()->isEnabled());
        QTest::keyClicks(m_edit, u"What is this?"_s);
        QTest::keyClick(m_edit, Qt::Key_Return);
        QCOMPARE(m_sent.size(), 1);
        QCOMPARE(m_sent.first().text, u"What is this?"_s);
        QCOMPARE(m_sent.first().images.size(), 1);
        QCOMPARE(m_sent.first().images.first().mediaType, u"image/png"_s);
        QCOMPARE(m_sent.first().images.first().name, u"Pasted image"_s);
        QVERIFY(!m_row->isVisible());
        QVERIFY(m_composer->images().isEmpty());
    }

    void theBytesOfAPastedImageAreKept()
    {
        auto *data = new QMimeData;
        const QByteArray jpeg = samplePicture(300, 200, "jpeg");
        data->setData(u"image/jpeg"_s, jpeg);
        QApplication::clipboard()->setMimeData(data);
        m_edit->paste();
        QTRY_COMPARE(states(), QList{State::Ready});
        QCOMPARE(m_composer->images().first().bytes, jpeg);
    }

    void textThatComesWithAPictureOfItselfStaysText()
    {
        auto *cells = new QMimeData;
        cells->setText(u"1\t2"_s);
        cells->setImageData(QImage(30, 20, QImage::Format_RGB32));
        QApplication::clipboard()->setMimeData(cells);
        m_edit->paste();
        QCOMPARE(m_composer->text(), u"1\t2"_s);
        QVERIFY(!m_row->isVisible());
    }

    void anImageOfAPageIsAnImage()
    {
        auto *image = new QMimeData;
        image->setText(u"https://example.org/cat.png"_s);
        image->setImageData(QImage(30, 20, QImage::Format_RGB32));
        QApplication::clipboard()->setMimeData(image);
        m_edit->paste();
        QTRY_COMPARE(states(), QList{State::Ready});
        QCOMPARE(m_composer->text(), QString());
    }

    void imagesAreAttachedAndOtherFilesNamed()
    {
        const QString shot = put(u"shot.PNG"_s, samplePicture(3'136, 1'000));
        m_composer->attach({shot, u"/etc/hosts"_s});
        QCOMPARE(m_composer->text(), u"/etc/hosts "_s);
        QCOMPARE(states(), QList{State::Preparing});
        QTRY_COMPARE(states(), QList{State::Ready});
        QVERIFY(facts(0).startsWith(u"1568×500 · "_s));
        QCOMPARE(m_composer->images().first().name, u"shot.PNG"_s);
    }

    void imagesOfTheProjectAreNamedToo()
    {
        m_composer->attach({put(u"project/icons/logo.png"_s, samplePicture(30, 20)),
            put(u"project/../beside.png"_s, samplePicture(30, 20))});
        QTRY_COMPARE(states(), (QList{State::Ready, State::Ready}));
        QCOMPARE(m_composer->text(), u"icons/logo.png "_s);
    }

    void theSameImageIsAttachedOnce()
    {
        const QString shot = put(u"shot.png"_s, samplePicture(30, 20));
        m_composer->attach({shot, shot});
        QTRY_COMPARE(states(), QList{State::Ready});
        m_composer->attach({shot, put(u"other.png"_s, samplePicture(40, 20))});
        QTRY_COMPARE(states(), (QList{State::Ready, State::Ready}));
        QCOMPARE(m_composer->images().last().name, u"other.png"_s);
    }

    void drawingsBecomePictures()
    {
        m_composer->attach({put(u"d.svg"_s, "<svg xmlns='http://www.w3.org/2000/svg' width='20' "
                                            "height='10'><rect width='20' height='10'/></svg>")});
        QTRY_COMPARE(states(), QList{State::Ready});
        QCOMPARE(m_composer->images().first().mediaType, u"image/png"_s);
        QVERIFY(facts(0).startsWith(u"512×256 · "_s));
    }

    void saysWhatIsWrongWithAFile_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("words");
        const QByteArray png = samplePicture(300, 200);
        QTest::newRow("a text") << u"x.png"_s << "hello"_qba << u"Not an image"_s;
        QTest::newRow("cut off") << u"x.png"_s << png.chopped(20) << u"Damaged or incomplete."_s;
        QTest::newRow("a bomb") << u"x.png"_s
                                << png.first(16) + QByteArray::fromHex("0000ea600000ea60") + png.mid(24)
                                << u"Too large to open"_s;
        QTest::newRow("no decoder") << u"x.heic"_s
                                    << QByteArray("\0\0\0\x20"
                                                  "ftypheic\0\0\0\0",
                                           16)
                                    << u"This kind of image cannot be opened here."_s;
        QTest::newRow("a drawing of other files")
            << u"x.svg"_s << "<svg xmlns='http://www.w3.org/2000/svg'><image href='/etc/hosts'/></svg>"_qba
            << u"This kind of image cannot be opened here."_s;
        QTest::newRow("gone") << u"x.png"_s << QByteArray() << u"The file is not there any more."_s;
    }

    void saysWhatIsWrongWithAFile()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, bytes);
        QFETCH(QString, words);
        const QString path = m_folder->filePath(name);
        m_composer->attach({bytes.isEmpty() ? path : put(name, bytes)});
        QTRY_COMPARE(states(), QList{State::Failed});
        QVERIFY2(facts(0).startsWith(words), qPrintable(facts(0)));
        QVERIFY(chips().first()->accessibleName().contains(words));
        QVERIFY(isWhole(*chips().first()));
        QVERIFY(!send()->isEnabled());
        QVERIFY(m_composer->images().isEmpty());
    }

    void aFolderNamedLikeAnImageIsNone()
    {
        QVERIFY(QDir(m_folder->path()).mkdir(u"x.png"_s));
        m_composer->attach({m_folder->filePath(u"x.png"_s)});
        QTRY_COMPARE(states(), QList{State::Failed});
    }

    void takesThemOutByKey()
    {
        for (const int width : {10, 20})
            paste(QImage(width, 10, QImage::Format_RGB32));
        QTRY_COMPARE(states(), (QList{State::Ready, State::Ready}));
        QCOMPARE(QApplication::focusWidget(), m_edit);
        QTest::keyClick(m_edit, Qt::Key_Tab);
        QCOMPARE(QApplication::focusWidget(), chips().at(0)->removeButton());
        QCOMPARE(QApplication::focusWidget()->accessibleName(), u"Remove Pasted image"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Delete);
        QVERIFY(facts(0).startsWith(u"20×10"_s));
        QCOMPARE(QApplication::focusWidget(), chips().at(0)->removeButton());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
        QVERIFY(!m_row->isVisible());
        QCOMPARE(QApplication::focusWidget(), m_edit);
        QVERIFY(!send()->isEnabled());
    }

    void whatWasSentTooEarlyGoesWhenItsImageIsReady()
    {
        m_composer->attach({put(u"shot.png"_s, samplePicture(3'136, 1'000))});
        QTest::keyClicks(m_edit, u"look"_s);
        QTest::keyClick(m_edit, Qt::Key_Return);
        QVERIFY(m_sent.isEmpty());
        QCOMPARE(m_composer->text(), u"look"_s);
        QTRY_COMPARE(m_sent.size(), 1);
        QCOMPARE(m_sent.first().images.size(), 1);
        QCOMPARE(m_composer->text(), QString());
    }

    void whatWasSentTooEarlyStaysWhenItsImageFails()
    {
        m_composer->attach({put(u"shot.png"_s, "hello")});
        QTest::keyClicks(m_edit, u"look"_s);
        QTest::keyClick(m_edit, Qt::Key_Return);
        QTRY_COMPARE(states(), QList{State::Failed});
        QVERIFY(m_sent.isEmpty());
        QTest::keyClick(m_edit, Qt::Key_Return); // now knowingly, without it
        QCOMPARE(m_sent.size(), 1);
        QVERIFY(m_sent.first().images.isEmpty());
    }

    void goingOnWritingTakesTheSendingBack()
    {
        m_composer->attach({put(u"shot.png"_s, samplePicture(3'136, 1'000))});
        QTest::keyClicks(m_edit, u"look"_s);
        QTest::keyClick(m_edit, Qt::Key_Return);
        QTest::keyClicks(m_edit, u" closely"_s);
        QTRY_COMPARE(states(), QList{State::Ready});
        QVERIFY(m_sent.isEmpty());
        QCOMPARE(m_composer->text(), u"look closely"_s);
    }

    void takesAtMostTwenty()
    {
        const QSignalSpy refused(m_composer.get(), &Composer::refused);
        const ImageBlock image{u"image/png"_s, samplePicture(10, 10), u"i.png"_s};
        m_composer->setImages(QVector<ImageBlock>(21, image));
        QCOMPARE(refused.count(), 1);
        QCOMPARE(m_composer->images().size(), 20);
        QCOMPARE(m_composer->width(), 700);
    }

    void imagesThatWerePreparedBeforeAreReadyAtOnce()
    {
        const ImageBlock image{u"image/png"_s, samplePicture(10, 10), u"i.png"_s};
        m_composer->setImages({image});
        QCOMPARE(m_composer->images(), QVector<ImageBlock>{image});
        QTest::keyClick(m_edit, Qt::Key_Return);
        QCOMPARE(m_sent.size(), 1);
        QCOMPARE(m_sent.first().images, QVector<ImageBlock>{image});
    }

private:
    struct Sent {
        QString text;
        QVector<ImageBlock> images;
    };

    QString put(const QString &name, const QByteArray &bytes) const
    {
        const QString path = m_folder->filePath(name);
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        if (!file.open(QFile::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write a file of the test");
        return path;
    }
    void paste(const QImage &image) const
    {
        QApplication::clipboard()->setImage(image);
        m_edit->paste();
    }
    QList<AttachmentChip *> chips() const
    {
        QList<AttachmentChip *> shown = m_row->findChildren<AttachmentChip *>();
        shown.removeIf([](const AttachmentChip *chip) { return chip->isHidden(); });
        return shown;
    }
    QList<State> states() const
    {
        QList<State> all;
        for (const AttachmentChip *chip : chips())
            all += chip->state();
        return all;
    }
    bool isWhole(const AttachmentChip &chip) const
    {
        const auto *words = chip.findChild<QLabel *>(u"attachmentFacts"_s);
        QCoreApplication::sendPostedEvents();
        return chip.geometry().bottom() < m_row->viewport()->height() &&
               chip.height() >= chip.minimumSizeHint().height() &&
               words->height() >= words->heightForWidth(words->width());
    }
    QString facts(int at) const { return chips().at(at)->findChild<QLabel *>(u"attachmentFacts"_s)->text(); }
    QPushButton *send() const { return m_composer->findChild<QPushButton *>(u"sendButton"_s); }

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Composer> m_composer;
    ComposerEdit *m_edit = nullptr;
    AttachmentRow *m_row = nullptr;
    QVector<Sent> m_sent;
};

MEANWHILE_TEST(AttachmentsTest)
#include "tst_attachments.moc"
