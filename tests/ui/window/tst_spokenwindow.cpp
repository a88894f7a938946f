// SPDX-License-Identifier: MIT
#include "resources/translations.h"
#include "scriptedworkspace.h"
#include "show/samples.h"
#include "support/testregistry.h"
#include "ui/dialogs/settingsdialog.h"
#include "ui/widgets/menubutton.h"
#include "ui/window/mainwindow.h"
#include "ui/window/quitquestion.h"
#include "ui/window/statusrow.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QTabBar>
#include <QTranslator>
#include <QtTest>
#include <QXmlStreamReader>

using namespace Meanwhile;
using namespace Meanwhile::Testing;
using namespace Meanwhile::Ui;
using namespace Qt::StringLiterals;

namespace {

/// The untranslated strings that differ from their translation, as patterns in which each %1 is anything.
QVector<QRegularExpression> englishPatterns()
{
    QVector<QRegularExpression> patterns;
    QFile file(QStringLiteral(MEANWHILE_SOURCE_DIR) + u"/resources/translations/meanwhile_ko.ts"_s);
    if (!file.open(QIODevice::ReadOnly))
        return patterns;
    QXmlStreamReader reader(&file);
    QString source;
    while (!reader.atEnd()) {
        if (reader.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (reader.name() == u"source") {
            source = reader.readElementText();
        } else if (reader.name() == u"translation" &&
                   reader.readElementText(QXmlStreamReader::IncludeChildElements) != source) {
            static const QRegularExpression kPlace(u"%(?:[0-9]+|n)"_s);
            QString pattern = QRegularExpression::escape(source);
            pattern.replace(QRegularExpression(u"\\\\%(?:[0-9]+|n)"_s), u".*"_s);
            if (QString(source).remove(kPlace).contains(
                    QRegularExpression(u"[A-Za-z].*[A-Za-z].*[A-Za-z]"_s)))
                patterns += QRegularExpression(
                    u"^%1$"_s.arg(pattern), QRegularExpression::DotMatchesEverythingOption);
        }
    }
    return patterns;
}

void addActions(QStringList &texts, const QList<QAction *> &actions)
{
    for (const QAction *action : actions)
        texts << action->text() << action->toolTip();
}

/// Everything that `widget` shows or says to a screen reader.
QStringList textsOf(const QWidget &widget)
{
    QStringList texts{
        widget.windowTitle(), widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()};
    addActions(texts, widget.actions());
    if (const auto *label = qobject_cast<const QLabel *>(&widget))
        texts << label->text();
    if (const auto *button = qobject_cast<const QAbstractButton *>(&widget))
        texts << button->text();
    if (const auto *field = qobject_cast<const QLineEdit *>(&widget))
        texts << field->placeholderText();
    if (const auto *edit = qobject_cast<const QPlainTextEdit *>(&widget))
        texts << edit->placeholderText();
    if (const auto *box = qobject_cast<const QComboBox *>(&widget)) {
        for (int i = 0; i < box->count(); ++i)
            texts << box->itemText(i);
    }
    if (const auto *tabs = qobject_cast<const QTabBar *>(&widget)) {
        for (int i = 0; i < tabs->count(); ++i)
            texts << tabs->tabText(i);
    }
    return texts;
}

QStringList textsOf(const QAbstractItemModel &model)
{
    QStringList texts;
    for (int column = 0; column < model.columnCount(); ++column) {
        for (const int role : {Qt::DisplayRole, Qt::ToolTipRole})
            texts << model.headerData(column, Qt::Horizontal, role).toString();
        for (int row = 0; row < model.rowCount(); ++row) {
            for (const int role : {Qt::DisplayRole, Qt::ToolTipRole, Qt::AccessibleTextRole})
                texts << model.index(row, column).data(role).toString();
        }
    }
    return texts;
}

} // namespace

/// The assembled window, as a person in Korea and a screen reader have it.
class SpokenWindowTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void saysNothingInEnglish();
    void namesEverythingThatCanBeReached();

private:
    void fill();
    void openEverything();
    QWidgetList widgets() const;

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<QTemporaryDir> m_state;
    std::unique_ptr<ScriptedWorkspace> m_workspace;
    std::unique_ptr<MainWindow> m_window;
};

void SpokenWindowTest::init()
{
    loadTranslations(*qApp, QLocale(QLocale::Korean, QLocale::SouthKorea));
    m_theme = std::make_unique<Theme>(*qApp);
    m_state = std::make_unique<QTemporaryDir>();
    m_workspace = std::make_unique<ScriptedWorkspace>();
    m_workspace->current.recentFolders = {u"/p/firmware"_s};
    m_window = std::make_unique<MainWindow>(*m_workspace, *m_workspace, *m_workspace, *m_theme,
        StatePaths{m_state->path(), m_state->path(), m_state->path()});
    m_window->resize(1280, 3'000);
    m_window->show();
}

void SpokenWindowTest::cleanup()
{
    m_window.reset();
    m_workspace.reset();
    const auto translators = qApp->findChildren<QTranslator *>();
    for (QTranslator *translator : translators) {
        QCoreApplication::removeTranslator(translator);
        delete translator;
    }
}

// Rows of every kind, and tasks in every state.
void SpokenWindowTest::fill()
{
    QVERIFY(m_window->openFolder(u"/p/shop"_s));
    playSampleConversation(m_workspace->transcript);
    for (int state = 0; state <= int(Tasks::TaskState::Lost); ++state) {
        Tasks::Task task;
        task.id = u"task%1"_s.arg(state);
        task.spec.command = u"make"_s;
        task.state = Tasks::TaskState(state);
        task.exitCode = 1;
        task.spec.outside = true;
        m_workspace->taskTable.addOrUpdate(task);
    }
    QCoreApplication::processEvents();
}

void SpokenWindowTest::openEverything()
{
    m_window->findChild<QAction *>(u"settingsAction"_s)->trigger();
    m_window->findChild<QAction *>(u"aboutAction"_s)->trigger();
    m_window->findChild<QAction *>(u"taskFilterAction"_s)->trigger();
    for (const QStringList &commands :
        {QStringList{u"1"_s}, QStringList{u"1"_s, u"2"_s, u"3"_s, u"4"_s, u"5"_s},
            QStringList{u"1"_s, u"2"_s, u"3"_s, u"4"_s, u"5"_s, u"6"_s}})
        (new QuitQuestion(commands, m_window.get()))->show();
    for (const QString &name : {u"folderButton"_s, u"modeButton"_s, u"menuButton"_s, u"modelButton"_s})
        m_window->findChild<MenuButton *>(name)->open();
    QCoreApplication::processEvents();
}

QWidgetList SpokenWindowTest::widgets() const
{
    return m_window->findChildren<QWidget *>() << m_window.get();
}

void SpokenWindowTest::saysNothingInEnglish()
{
    QStringList texts;
    for (const QWidget *widget : widgets()) // as it is before a folder is open
        texts += textsOf(*widget);
    fill();
    openEverything();
    for (const QWidget *widget : widgets())
        texts += textsOf(*widget);
    for (const auto kind :
        {Permissions::Box::Full, Permissions::Box::Reduced, Permissions::Box::None, Permissions::Box::Off}) {
        m_window->statusRow().setBox(kind, u"bwrap: setting up uid map: Permission denied"_s);
        texts += textsOf(*m_window->findChild<QWidget *>(u"statusBox"_s));
    }
    texts += textsOf(m_workspace->transcript);
    texts += textsOf(m_workspace->taskTable);
    for (int row = 0; row < m_workspace->transcript.rowCount(); ++row) {
        const Models::TranscriptRow &shown = m_workspace->transcript.row(row);
        texts << shown.verb;
    }
    QVERIFY(texts.contains(u"폴더 열기…"_s) && texts.contains(u"시간 초과"_s) && texts.contains(u"편집함"_s));

    const QVector<QRegularExpression> english = englishPatterns();
    QVERIFY(english.size() > 300);
    QStringList found;
    for (const QString &text : std::as_const(texts)) {
        for (const QRegularExpression &pattern : english) {
            if (!text.isEmpty() && pattern.match(text).hasMatch())
                found += u"%1   (%2)"_s.arg(text, pattern.pattern());
        }
    }
    found.removeDuplicates();
    QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
}

void SpokenWindowTest::namesEverythingThatCanBeReached()
{
    fill();
    openEverything();
    QStringList nameless;
    for (const QWidget *widget : widgets()) {
        const bool isOurs = !widget->objectName().startsWith(u"qt_"_s);
        if (!isOurs || !widget->isVisible() || !(widget->focusPolicy() & Qt::TabFocus))
            continue;
        const QAccessibleInterface *spoken =
            QAccessible::queryAccessibleInterface(const_cast<QWidget *>(widget));
        if (widget->objectName().isEmpty() || !spoken || spoken->text(QAccessible::Name).isEmpty())
            nameless += u"%1 “%2” in %3"_s.arg(QLatin1StringView(widget->metaObject()->className()),
                widget->objectName(), widget->parentWidget()->objectName());
    }
    QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(u'\n')));
}

MEANWHILE_TEST(SpokenWindowTest)
#include "tst_spokenwindow.moc"
