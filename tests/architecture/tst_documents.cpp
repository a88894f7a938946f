// SPDX-License-Identifier: MIT
#include "architecture/rules.h"
#include "support/testregistry.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Qt::StringLiterals;

/// What the documents say about the tree is true.
class DocumentsTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void everyRoomHasItsLineInArchitecture();
    void architectureAndTheTableOfRulesNameTheSameRooms();
    void linksLeadSomewhere_data();
    void linksLeadSomewhere();
    void decisionsAreNumberedAndComplete();
    void commandsOfTheReadmeCanBeRun();
    void everyOptionIsInTheManualPageAndTheCompletions();
    void theVersionIsTheSameEverywhere();

private:
    QString text(const QString &path) const
    {
        QFile file(m_top + u'/' + path);
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }
    QStringList folders(const QString &path) const
    {
        QStringList found;
        for (const QString &name : QDir(m_top + u'/' + path).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            if (QFile::exists(m_top + u'/' + path + u'/' + name + u"/CMakeLists.txt"_s))
                found += name;
        }
        return found;
    }

    const QString m_top = QStringLiteral(MEANWHILE_SOURCE_DIR);
};

void DocumentsTest::everyRoomHasItsLineInArchitecture()
{
    const QString architecture = text(u"src/ARCHITECTURE.md"_s);
    for (const QString &room : folders(u"src"_s))
        QVERIFY2(architecture.contains(u"\n| `src/%1` |"_s.arg(room)), qPrintable(room));
    for (const QString &part : folders(u"ui"_s))
        QVERIFY2(architecture.contains(u"\n| `ui/%1` |"_s.arg(part)), qPrintable(part));
}

void DocumentsTest::architectureAndTheTableOfRulesNameTheSameRooms()
{
    static const QRegularExpression line(u"\n\\| `(?:src/)?((?:ui/)?\\w+)` \\|"_s);
    QStringList named;
    auto rows = line.globalMatch(text(u"src/ARCHITECTURE.md"_s));
    while (rows.hasNext())
        named += rows.next().captured(1);
    named.removeAll(u"tests"_s);
    named.sort();
    QStringList rooms = Architecture::Rules::read(m_top + u"/tests/architecture/rules.txt"_s).rooms.keys();
    rooms.sort();
    QCOMPARE(named, rooms);
}

void DocumentsTest::linksLeadSomewhere_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("README") << u"README.md"_s;
    QTest::newRow("ARCHITECTURE") << u"src/ARCHITECTURE.md"_s;
}

void DocumentsTest::linksLeadSomewhere()
{
    QFETCH(QString, path);
    const QDir folder = QFileInfo(m_top + u'/' + path).dir();
    static const QRegularExpression link(u"(?<!!)\\[[^\\]]*\\]\\(([^):#]+)\\)"_s);
    auto links = link.globalMatch(text(path));
    QVERIFY(links.hasNext());
    while (links.hasNext()) {
        const QString target = links.next().captured(1);
        QVERIFY2(QFileInfo::exists(folder.filePath(target)), qPrintable(target));
    }
}

void DocumentsTest::decisionsAreNumberedAndComplete()
{
    const QStringList files =
        QDir(m_top + u"/src/decisions"_s).entryList({u"*.md"_s}, QDir::Files, QDir::Name);
    QVERIFY(files.size() >= 10);
    int number = 0;
    for (const QString &file : files) {
        const QString decision = text(u"src/decisions/"_s + file);
        // Branches cannot agree on a number; it is given when all are in.
        if (!file.startsWith(u"next-"_s)) {
            const QString expected = u"%1"_s.arg(++number, 4, 10, QChar(u'0'));
            QVERIFY2(file.startsWith(expected + u'-'), qPrintable(file));
            QVERIFY2(decision.startsWith(u"# "_s + expected + u' '), qPrintable(file));
        }
        for (const QString &part :
            {u"**Context.**"_s, u"**Choice.**"_s, u"**Rejected.**"_s, u"**Consequence.**"_s})
            QVERIFY2(decision.contains(u'\n' + part), qPrintable(file + u": "_s + part));
    }
}

void DocumentsTest::commandsOfTheReadmeCanBeRun()
{
    static const QRegularExpression command(u"packaging/(\\w+)"_s);
    auto commands = command.globalMatch(text(u"README.md"_s).remove(QRegularExpression(u"\\([^)]*\\)"_s)));
    QVERIFY(commands.hasNext());
    while (commands.hasNext()) {
        const QFileInfo file(m_top + u'/' + commands.next().captured());
        QVERIFY2(file.isExecutable(), qPrintable(file.filePath()));
    }
}

void DocumentsTest::everyOptionIsInTheManualPageAndTheCompletions()
{
    static const QRegularExpression name(u"u\"([a-z][a-z-]+)\"_s"_s);
    const QString source = text(u"src/app/commandline.cpp"_s);
    auto names =
        name.globalMatch(source.section(u"parser.addOptions("_s, 1, 1).section(u"addPositional"_s, 0, 0));
    QVERIFY(names.hasNext());
    const QString manual = text(u"packaging/linux/meanwhile.1"_s).remove(u'\\');
    const QString bash = text(u"packaging/linux/completions/meanwhile.bash"_s);
    const QString zsh = text(u"packaging/linux/completions/_meanwhile"_s);
    const QString fish = text(u"packaging/linux/completions/meanwhile.fish"_s);
    while (names.hasNext()) {
        const QString option = names.next().captured(1);
        const QRegularExpression asWord(u"--%1\\b"_s.arg(option));
        QVERIFY2(manual.contains(asWord), qPrintable(option));
        QVERIFY2(bash.contains(asWord), qPrintable(option));
        QVERIFY2(zsh.contains(asWord), qPrintable(option));
        QVERIFY2(fish.contains(u"-l %1 "_s.arg(option)), qPrintable(option));
    }
}

void DocumentsTest::theVersionIsTheSameEverywhere()
{
    static const QRegularExpression inProject(u"project\\(\\w+ VERSION ([0-9.]+)"_s);
    const QString version = inProject.match(text(u"CMakeLists.txt"_s)).captured(1);
    QVERIFY(!version.isEmpty());
    QVERIFY(text(u"packaging/linux/meanwhile.1"_s).contains(u"\"Meanwhile %1\""_s.arg(version)));
    QVERIFY(text(u"packaging/linux/changelog"_s).startsWith(u"meanwhile (%1) "_s.arg(version)));
    QVERIFY(text(u"packaging/linux/meanwhile.metainfo.xml"_s)
                .contains(u"<release version=\"%1\""_s.arg(version)));
}

MEANWHILE_TEST(DocumentsTest)
#include "tst_documents.moc"
