// SPDX-License-Identifier: MIT
#include "scriptedworkspace.h"
#include "support/testregistry.h"
#include "ui/widgets/menubutton.h"
#include "ui/widgets/theme.h"
#include "ui/window/boxmark.h"
#include "ui/window/mainwindow.h"
#include "ui/window/statusrow.h"
#include "ui/window/titlerow.h"

#include <QAction>
#include <QApplication>
#include <QMenu>
#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Testing;
using namespace Meanwhile::Ui;
using namespace Qt::StringLiterals;
using Permissions::Box;
using Permissions::Mode;

namespace {

const QString kAsks = u"That is why commands ask before they run."_s;

/// Whether something of exactly this colour is drawn.
bool shows(QWidget &widget, const QColor &colour)
{
    QCoreApplication::sendPostedEvents();
    const QImage image = widget.grab().toImage();
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixelColor(x, y).rgb() == colour.rgb())
                return true;
        }
    }
    return false;
}

} // namespace

/// The window says all the time what holds the commands.
class BoxMarkTest : public QObject {
    Q_OBJECT

private slots:
    void init() { m_theme = std::make_unique<Theme>(*qApp); }

    void saysNothingBeforeItIsKnown()
    {
        QWidget window;
        BoxMark mark(*m_theme, &window);
        window.show();
        QVERIFY(!mark.isVisible());
        QCOMPARE(mark.toolTip(), QString());
        mark.setMode(Mode::Ask);
        QVERIFY(!mark.isVisible());
        mark.setBox(Box::Full, {});
        QVERIFY(mark.isVisible());
    }

    void saysWhatHoldsTheCommands_data()
    {
        QTest::addColumn<Box>("kind");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("sentence");
        QTest::addColumn<QColor Tokens::*>("colour");
        QTest::newRow("full") << Box::Full << u"Box"_s
                              << u"Commands run in a box: they change only the project, do not see the rest "
                                 "of your files and have no network."_s
                              << &Tokens::dim;
        QTest::newRow("reduced")
            << Box::Reduced << u"Reduced box"_s
            << u"Commands change only the project and have no network, but they can read all your files."_s
            << &Tokens::waiting;
        QTest::newRow("none") << Box::None << u"No box"_s
                              << u"No box can be built on this computer: commands can do all that you can."_s
                              << &Tokens::failed;
        QTest::newRow("off") << Box::Off << u"No box"_s
                             << u"The box is switched off: commands can do all that you can."_s
                             << &Tokens::failed;
    }

    void saysWhatHoldsTheCommands()
    {
        QFETCH(Box, kind);
        QFETCH(QString, sentence);
        QFETCH(QColor Tokens::*, colour);
        QWidget window;
        BoxMark mark(*m_theme, &window);
        mark.resize(200, 24);
        mark.setBox(kind, {});
        QTEST(mark.text(), "text");
        QCOMPARE(mark.accessibleName(), mark.text());
        const bool asks = kind != Box::Full;
        QCOMPARE(mark.accessibleDescription(), asks ? sentence + u'\n' + kAsks : sentence);
        QVERIFY(mark.toolTip().contains(sentence));
        mark.setMode(Mode::Auto);
        QCOMPARE(mark.accessibleDescription(), sentence);
        for (const auto choice : {Theme::Choice::Light, Theme::Choice::Dark}) {
            m_theme->setChoice(choice);
            QCOMPARE(mark.palette().color(mark.foregroundRole()), m_theme->tokens().*colour);
        }
    }

    void givesTheReasonOfTheSystemAsText()
    {
        QWidget window;
        BoxMark mark(*m_theme, &window);
        mark.setBox(Box::None, u"bwrap: <b>\u202e"_s + u"x"_s.repeated(1'000));
        QVERIFY(mark.accessibleDescription().contains(u"The system says: bwrap: <b>⟦U+202E⟧x"_s));
        QVERIFY(mark.toolTip().contains(u"bwrap: &lt;b&gt;"_s));
        QVERIFY(mark.accessibleDescription().size() < 600);
    }

    void followsTheModeOfTheWindow()
    {
        ScriptedWorkspace workspace;
        const QTemporaryDir state;
        MainWindow window(
            workspace, workspace, workspace, *m_theme, StatePaths{state.path(), state.path(), state.path()});
        const auto *mark = window.findChild<BoxMark *>(u"statusBox"_s);
        window.statusRow().setBox(Box::Reduced, {});
        Settings settings = workspace.settings();
        settings.permissionMode = u"edits"_s;
        window.takeOver(settings);
        QVERIFY(!mark->toolTip().contains(kAsks));
        auto *button = window.findChild<MenuButton *>(u"modeButton"_s);
        button->open();
        button->openMenu()->findChild<QAction *>(u"mode.box"_s)->trigger();
        QVERIFY(mark->toolTip().contains(kAsks));
    }

    void theModeThatAsksNothingIsMarked()
    {
        TitleRow row(*m_theme);
        row.resize(900, 40);
        auto *button = row.findChild<MenuButton *>(u"modeButton"_s);
        const QColor amber = m_theme->tokens().waiting;
        for (const Mode mode : {Mode::Box, Mode::Ask, Mode::Edits, Mode::Plan}) {
            row.setMode(mode);
            QVERIFY(!shows(*button, amber));
        }
        row.setMode(Mode::Auto);
        QVERIFY(shows(*button, amber));
        row.setMode(Mode::Box);
        QVERIFY(!shows(*button, amber));
    }

private:
    std::unique_ptr<Theme> m_theme;
};

MEANWHILE_TEST(BoxMarkTest)
#include "tst_boxmark.moc"
