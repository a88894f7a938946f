// SPDX-License-Identifier: MIT
#include "scriptedworkspace.h"
#include "support/samplepicture.h"
#include "support/testregistry.h"
#include "ui/composer/composer.h"
#include "ui/composer/composeredit.h"
#include "ui/drop/dropoverlay.h"
#include "ui/pictures/thumbnailbutton.h"
#include "ui/window/mainwindow.h"

#include <QApplication>
#include <QLabel>
#include <QMimeData>
#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Conversation;
using namespace Meanwhile::Testing;
using namespace Meanwhile::Ui;
using namespace Qt::StringLiterals;

class WindowImagesTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_theme = std::make_unique<Theme>(*qApp);
        m_state = std::make_unique<QTemporaryDir>();
        m_workspace = std::make_unique<ScriptedWorkspace>();
        m_window = std::make_unique<MainWindow>(*m_workspace, *m_workspace, *m_workspace, *m_theme,
            StatePaths{m_state->path(), m_state->path(), m_state->path()});
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        m_composer = m_window->findChild<Composer *>();
        m_edit = m_window->findChild<ComposerEdit *>();
    }

    void cleanup()
    {
        m_window.reset();
        m_workspace.reset();
    }

    void aDroppedImageReachesTheModelAndTheTranscript()
    {
        m_window->openFolder(u"/p/shop"_s);
        QMimeData data;
        data.setData(u"image/png"_s, m_image.bytes);
        drop(data, u"Drop to attach the image"_s);
        QTRY_COMPARE(m_composer->images().size(), 1);
        QTest::keyClick(m_edit, Qt::Key_Return);
        QTRY_COMPARE(m_workspace->client.requests.size(), 1);
        const QVector<ContentBlock> content = m_workspace->client.requests.first().messages.last().content;
        QCOMPARE(
            content, QVector<ContentBlock>{(ImageBlock{u"image/png"_s, m_image.bytes, u"Pasted image"_s})});
        QTRY_VERIFY(m_window->findChild<ThumbnailButton *>());
        QVERIFY(m_window->findChild<ThumbnailButton *>()->isVisible());
    }

    void aDroppedImageFileIsAttached()
    {
        m_window->openFolder(u"/p/shop"_s);
        QFile file(m_state->filePath(u"shot.png"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(m_image.bytes);
        file.close();
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(file.fileName())});
        drop(data, u"Drop to attach the image"_s);
        QTRY_COMPARE(m_composer->images(), QVector<ImageBlock>{m_image});
        QCOMPARE(m_composer->text(), QString());
    }

    void imagesWaitForAProjectAndGoAlongIntoIt()
    {
        m_composer->setImages({m_image});
        QTest::keyClick(m_edit, Qt::Key_Return);
        QVERIFY(m_window->findChild<QLabel *>(u"messageText"_s)->text().startsWith(u"Open a folder first"_s));
        QCOMPARE(m_composer->images(), QVector<ImageBlock>{m_image});
        m_window->openFolder(u"/p/shop"_s);
        QCOMPARE(m_composer->images(), QVector<ImageBlock>{m_image});
    }

    void imagesOfADraftBelongToTheirProject()
    {
        m_window->openFolder(u"/p/shop"_s);
        m_composer->setImages({m_image});
        QTest::keyClicks(m_edit, u"the shop"_s);
        m_window->openFolder(u"/p/firmware"_s);
        QVERIFY(m_composer->images().isEmpty());
        QCOMPARE(m_composer->text(), QString());
        m_window->openFolder(u"/p/shop"_s);
        QCOMPARE(m_composer->images(), QVector<ImageBlock>{m_image});
        QCOMPARE(m_composer->text(), u"the shop"_s);
    }

    void aMessageTakenBackBringsItsImages()
    {
        m_window->openFolder(u"/p/shop"_s);
        QTest::keyClicks(m_edit, u"hello"_s);
        QTest::keyClick(m_edit, Qt::Key_Return);
        QTRY_VERIFY(m_workspace->client.stream);
        m_composer->setImages({m_image});
        QTest::keyClicks(m_edit, u"and this"_s);
        QTest::keyClick(m_edit, Qt::Key_Return);
        QVERIFY(m_composer->isEmpty());
        QTest::keyClick(m_edit, Qt::Key_Up);
        QCOMPARE(m_composer->text(), u"and this"_s);
        QCOMPARE(m_composer->images(), QVector<ImageBlock>{m_image});
    }

private:
    void drop(const QMimeData &data, const QString &announced) const
    {
        QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(m_window.get(), &enter);
        QVERIFY(enter.isAccepted());
        QTRY_COMPARE(m_window->findChild<DropOverlay *>()->title(), announced);
        QDropEvent drop(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(m_window.get(), &drop);
    }

    const ImageBlock m_image{u"image/png"_s, samplePicture(300, 200), u"shot.png"_s};
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<QTemporaryDir> m_state;
    std::unique_ptr<ScriptedWorkspace> m_workspace;
    std::unique_ptr<MainWindow> m_window;
    Composer *m_composer = nullptr;
    ComposerEdit *m_edit = nullptr;
};

MEANWHILE_TEST(WindowImagesTest)
#include "tst_windowimages.moc"
