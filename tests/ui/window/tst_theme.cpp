// SPDX-License-Identifier: MIT
#include "support/testregistry.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QLineEdit>
#include <QtTest>
#include <QWidget>

#include <cmath>

using namespace Meanwhile;
using namespace Meanwhile::Ui;
using namespace Qt::StringLiterals;

// WCAG 2.1, "relative luminance" and "contrast ratio".
static double luminance(const QColor &colour)
{
    const auto part = [](double c) { return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * part(colour.redF()) + 0.7152 * part(colour.greenF()) + 0.0722 * part(colour.blueF());
}

static double contrast(const QColor &a, const QColor &b)
{
    const double one = luminance(a);
    const double other = luminance(b);
    return (std::max(one, other) + 0.05) / (std::min(one, other) + 0.05);
}

class ThemeTest : public QObject {
    Q_OBJECT

private slots:
    void everyTextCanBeReadOnEveryGround_data()
    {
        QTest::addColumn<QColor>("text");
        QTest::addColumn<QColor>("ground");
        for (const bool dark : {false, true}) {
            const Tokens t = dark ? Theme::dark() : Theme::light();
            const QList<QPair<const char *, QColor>> texts{{"text", t.text}, {"dim", t.dim},
                {"accent", t.accent}, {"done", t.done}, {"failed", t.failed}, {"waiting", t.waiting}};
            const QList<QPair<const char *, QColor>> grounds{{"window", t.window}, {"surface", t.surface},
                {"side", t.side}, {"tint", t.accentTint}, {"code", t.code}, {"added", t.added},
                {"removed", t.removed}, {"selected", t.selected}};
            for (const auto &[textName, text] : texts) {
                for (const auto &[groundName, ground] : grounds)
                    QTest::addRow("%s: %s on %s", dark ? "dark" : "light", textName, groundName)
                        << text << ground;
            }
            QTest::addRow("%s: on accent", dark ? "dark" : "light") << t.onAccent << t.accent;
            QTest::addRow("%s: text on a pressed button", dark ? "dark" : "light") << t.text << t.border;
        }
    }

    void everyTextCanBeReadOnEveryGround()
    {
        QFETCH(QColor, text);
        QFETCH(QColor, ground);
        QVERIFY2(contrast(text, ground) >= 4.5, qPrintable(QString::number(contrast(text, ground))));
    }

    void changesTheWholeApplicationWhileItRuns()
    {
        Theme theme(*qApp);
        theme.setChoice(Theme::Choice::Light);
        QWidget widget;
        widget.show();
        const QColor light = widget.palette().color(QPalette::Window);
        QSignalSpy changed(&theme, &Theme::changed);
        theme.setChoice(Theme::Choice::Dark);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(light, Theme::light().window);
        QCOMPARE(widget.palette().color(QPalette::Window), Theme::dark().window);
        QVERIFY(qApp->styleSheet().contains(Theme::dark().accent.name()));
        QVERIFY(!qApp->styleSheet().contains(u'@'));
        theme.setChoice(Theme::Choice::Dark);
        QCOMPARE(changed.count(), 1);
    }

    void placeholdersAreDim()
    {
        Theme theme(*qApp);
        QLineEdit field;
        field.ensurePolished();
        QCOMPARE(field.palette().color(QPalette::PlaceholderText), theme.tokens().dim);
        QCOMPARE(field.palette().color(QPalette::Text), theme.tokens().text);
    }

    void drawsIconsInTheColourOfTheMoment()
    {
        Theme theme(*qApp);
        const QIcon icon = themedIcon(theme, u"menu"_s);
        for (const Theme::Choice choice : {Theme::Choice::Light, Theme::Choice::Dark}) {
            theme.setChoice(choice);
            const QImage image = icon.pixmap(48, 48).toImage();
            // The middle of the icon's middle line.
            QCOMPARE(image.pixelColor(image.width() / 2, image.height() / 2).rgb(), theme.tokens().dim.rgb());
        }
    }

    void neverWritesBelowNinePoints()
    {
        QVERIFY(Theme::dimFont().pointSizeF() >= 9.0);
        QVERIFY(Theme::codeFont().pointSizeF() >= 9.0);
    }

    void knowsTheWordsOfTheSettings()
    {
        for (const Theme::Choice choice : {Theme::Choice::System, Theme::Choice::Light, Theme::Choice::Dark})
            QCOMPARE(themeChoiceFromString(nameOf(choice)), choice);
        QCOMPARE(themeChoiceFromString(u"purple"_s), Theme::Choice::System);
    }
};

MEANWHILE_TEST(ThemeTest)
#include "tst_theme.moc"
