// SPDX-License-Identifier: MIT
#include "base/textlimits.h"
#include "models/transcriptmodel.h"
#include "support/knowntools.h"
#include "support/samplepicture.h"
#include "support/testregistry.h"
#include "ui/pictures/picture.h"
#include "ui/pictures/pictureviewer.h"
#include "ui/pictures/thumbnailbutton.h"
#include "ui/transcript/disclosureline.h"
#include "ui/transcript/transcriptview.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QBuffer>
#include <QClipboard>
#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Agent;
using namespace Meanwhile::Conversation;
using namespace Meanwhile::Testing;
using namespace Meanwhile::Ui;
using namespace Qt::StringLiterals;

class ThumbnailsTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_theme = std::make_unique<Theme>(*qApp);
        m_model = std::make_unique<Models::TranscriptModel>(Testing::knownTools());
        m_view = std::make_unique<TranscriptView>(*m_theme);
        m_view->resize(660, 600);
        m_view->setModel(m_model.get());
        m_view->show();
        m_view->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
    }

    void cleanup()
    {
        m_view.reset();
        m_model.reset();
    }

    void showsImagesUnderThePersonsWords()
    {
        say({m_wide, m_small, TextBlock{u"What is this?"_s}});
        QTRY_COMPARE(thumbnails().size(), 2);
        const QList<ThumbnailButton *> shown = thumbnails();
        QTRY_VERIFY(shown.at(0)->isShown() && shown.at(1)->isShown());
        QCOMPARE(shown.at(0)->size(), QSize(200, 100));
        QCOMPARE(shown.at(1)->size(), QSize(60, 50));
        QCOMPARE(shown.at(0)->accessibleName(),
            u"Image wide.png, 800×400 · %1"_s.arg(formatBytes(m_wide.bytes.size())));
        QVERIFY(colourAt(shown.at(0)).hue() > 170 && colourAt(shown.at(0)).hue() < 190);
        const QWidget *row = m_view->rowWidget(0);
        QVERIFY(shown.at(0)->mapTo(row, QPoint(0, shown.at(0)->height())).y() < row->height());
    }

    void showsImagesWithoutWords()
    {
        say({m_wide});
        QTRY_COMPARE(thumbnails().size(), 1);
        QVERIFY(m_view->rowWidget(0)->height() < 100 + 40);
    }

    void breaksTheLineWhenThereAreMany()
    {
        say({m_wide, m_wide, m_wide, m_wide, m_wide, TextBlock{u"x"_s}});
        QTRY_COMPARE(thumbnails().size(), 5);
        const QList<ThumbnailButton *> shown = thumbnails();
        QVERIFY(shown.last()->y() > shown.first()->y());
        for (const ThumbnailButton *button : shown)
            QVERIFY(button->geometry().right() < m_view->viewport()->width());
    }

    void aCallShowsItsImageOnlyWhenItIsOpen()
    {
        m_model->handle(ToolCallMade{u"c"_s, u"read_file"_s, "{\"path\":\"wide.png\"}"});
        Tools::ToolOutcome outcome;
        outcome.text = u"wide.png: image/png, 800×400"_s;
        outcome.images = {m_wide};
        m_model->handle(ToolCallEnded{u"c"_s, u"read_file"_s, outcome});
        QTRY_VERIFY(m_view->rowWidget(0));
        QVERIFY(thumbnails().isEmpty());
        const int closed = m_view->rowWidget(0)->height();
        QTest::mouseClick(m_view->findChild<DisclosureLine *>(u"toolLine"_s), Qt::LeftButton);
        QCOMPARE(thumbnails().size(), 1);
        QTRY_VERIFY(thumbnails().first()->isShown());
        QVERIFY(m_view->rowWidget(0)->height() > closed + 100);
        QTest::mouseClick(m_view->findChild<DisclosureLine *>(u"toolLine"_s), Qt::LeftButton);
        QCOMPARE(m_view->rowWidget(0)->height(), closed);
    }

    void aKeyOpensTheLargeImageAndAnotherClosesIt()
    {
        say({m_wide, TextBlock{u"x"_s}});
        QTRY_COMPARE(thumbnails().size(), 1);
        m_view->setFocus();
        QTest::keyClick(m_view.get(), Qt::Key_Up);
        for (int i = 0; i < 4 && QApplication::focusWidget() != thumbnails().first(); ++i)
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QCOMPARE(QApplication::focusWidget(), thumbnails().first());
        QTest::keyClick(thumbnails().first(), Qt::Key_Return);
        const QPointer<PictureViewer> viewer = m_view->findChild<PictureViewer *>();
        QVERIFY(viewer);
        QVERIFY(viewer->isVisible());
        QVERIFY(viewer->windowTitle().startsWith(u"wide.png · 800×400 · "_s));
        QTRY_COMPARE(viewer->picture().size(), QSize(800, 400));
        QTest::keyClick(viewer.data(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->image().size(), QSize(800, 400));
        QTest::keyClick(viewer.data(), Qt::Key_Escape);
        QTRY_VERIFY(!viewer);
    }

    void saysThatADamagedImageCannotBeShown()
    {
        QLoggingCategory::setFilterRules(u"qt.gui.imageio*=false"_s);
        ThumbnailCache cache;
        const QSignalSpy loaded(&cache, &ThumbnailCache::loaded);
        const ImageBlock damaged{u"image/png"_s, m_wide.bytes.first(60), {}};
        ThumbnailButton button(*m_theme, cache, nullptr);
        button.setImage({1, 0}, damaged);
        QVERIFY(!cache.find({1, 0}, damaged, {10, 10}));
        QTRY_COMPARE(loaded.count(), 1);
        QVERIFY(cache.find({1, 0}, damaged, {10, 10})->isNull());
        QVERIFY(!button.isShown());
        QVERIFY(!button.grab().isNull()); // paints its words
    }

    void drawsAPageOfTwoColoursSmallWithoutDots()
    {
        QImage page(800, 800, QImage::Format_Mono);
        page.setColorTable({qRgb(0, 0, 0), qRgb(255, 255, 255)});
        for (int y = 0; y < page.height(); ++y) {
            for (int x = 0; x < page.width(); ++x)
                page.setPixel(x, y, x % 8 < 2 ? 0 : 1);
        }
        QByteArray bytes;
        QBuffer buffer(&bytes);
        QVERIFY(buffer.open(QIODevice::WriteOnly) && page.save(&buffer, "png"));
        const QImage small = decodedToFit({u"image/png"_s, bytes, u"page.png"_s}, {100, 100});
        QCOMPARE(small.size(), QSize(100, 100));
        for (int x = 4; x < 96; ++x) {
            const int grey = qGray(small.pixel(x, 50));
            QVERIFY2(grey > 160 && grey < 220, qPrintable(QString::number(grey)));
        }
    }

    void keepsABoundedAmountOfPictures()
    {
        ThumbnailCache cache;
        QSignalSpy loaded(&cache, &ThumbnailCache::loaded);
        const ImageBlock image{u"image/png"_s, samplePicture(1'000, 1'000), {}};
        for (int i = 0; i < 10; ++i) {
            QVERIFY(!cache.find({quint64(i), 0}, image, {1'000, 1'000})); // 4 MB each
            QTRY_COMPARE(loaded.count(), i + 1);
        }
        QVERIFY(cache.kilobytes() <= ThumbnailCache::kMaxKilobytes);
        QVERIFY(cache.find({9, 0}, image, {1'000, 1'000}));
        QVERIFY(!cache.find({0, 0}, image, {1'000, 1'000})); // forgotten, and decoded once more
        QTRY_COMPARE(loaded.count(), 11);
    }

private:
    void say(const QVector<ContentBlock> &content)
    {
        Message message;
        message.id = u"m1"_s;
        message.content = content;
        m_model->handle(MessageAdded{message});
    }
    QList<ThumbnailButton *> thumbnails() const
    {
        QList<ThumbnailButton *> shown = m_view->findChildren<ThumbnailButton *>();
        shown.removeIf([](const ThumbnailButton *button) { return !button->isVisible(); });
        return shown;
    }
    static QColor colourAt(QWidget *widget)
    {
        return widget->grab().toImage().pixelColor(widget->rect().center());
    }

    const ImageBlock m_wide{u"image/png"_s, samplePicture(800, 400), u"wide.png"_s};
    const ImageBlock m_small{u"image/jpeg"_s, samplePicture(60, 50, "jpeg"), u"small.jpg"_s};
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<Models::TranscriptModel> m_model;
    std::unique_ptr<TranscriptView> m_view;
};

MEANWHILE_TEST(ThumbnailsTest)
#include "tst_thumbnails.moc"
