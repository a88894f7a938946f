// SPDX-License-Identifier: MIT
#include "architecture/rules.h"
#include "architecture/sourcefile.h"
#include "support/testregistry.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Architecture;
using namespace Qt::StringLiterals;

/// The shape of the house. Each slot collects every breach before it fails, so that one run shows them all.
class LayersTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void everyLineOfTheRulesMeansSomething();
    void roomsHaveNoCycle();
    void roomsIncludeOnlyWhatTheTableAllows();
    void restrictedTextStandsOnlyWhereTheTableAllows();
    void filesAndFunctionsKeepTheirBudgets();
    void filesBeginWithTheLicenceAndHeadersWithPragmaOnce();
    void headersAreNamedAfterTheirClass();
    void everySourceIsBuilt();
    void commentsAreNotCode_data();
    void commentsAreNotCode();

private:
    void nameTheTools();
    QString useOf(const QString &include) const;
    static QString joined(const QStringList &breaches) { return u"\n  "_s + breaches.join(u"\n  "_s); }

    const QString m_top = QStringLiteral(MEANWHILE_SOURCE_DIR);
    const QString m_qtHeaders = QStringLiteral(MEANWHILE_QT_HEADERS);
    Rules m_rules;
    QVector<SourceFile> m_tree;
};

void LayersTest::initTestCase()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_rules = Rules::read(m_top + u"/tests/architecture/rules.txt"_s);
    m_tree = readTree(m_top, {u"src"_s, u"ui"_s, u"tests"_s});
    QVERIFY(m_tree.size() > 50);
    nameTheTools();
}

/// Makes a topic for each tool of one that has a @ for its name. A name that is a word of its own, as bash,
/// is in many words that mean no tool.
void LayersTest::nameTheTools()
{
    static const QRegularExpression kName(u"\\.name = u\"(\\w+)\"_s"_s);
    int tools = 0;
    const QVector<Rules::Topic> all = std::exchange(m_rules.topics, {});
    for (const Rules::Topic &topic : all) {
        if (!topic.patterns.join(u' ').contains(u'@')) {
            m_rules.topics.append(topic);
            continue;
        }
        for (const SourceFile &file : std::as_const(m_tree)) {
            const auto found = file.path.startsWith(u"src/tools/") && file.path.endsWith(u"tool.cpp")
                                   ? kName.match(file.code.join(u'\n'))
                                   : QRegularExpressionMatch();
            const QString name = found.captured(1);
            if (name.isEmpty() || (topic.patterns.contains(u"@"_s) && !name.contains(u'_')))
                continue;
            Rules::Topic one = topic;
            one.patterns.replaceInStrings(u"@"_s, name);
            one.places.append(file.path.chopped(4));
            m_rules.topics.append(one);
            ++tools;
        }
    }
    QVERIFY(tools >= 10);
}

// A place is the start of a path, or with "*" before it the end of a file's name without its suffix.
static bool lies(const QString &path, const QString &place)
{
    return place.startsWith(u'*') ? path.section(u'/', -1).section(u'.', 0, 0).endsWith(place.sliced(1))
                                  : path.startsWith(place);
}

void LayersTest::everyLineOfTheRulesMeansSomething()
{
    QVERIFY2(m_rules.mistakes.isEmpty(), qPrintable(joined(m_rules.mistakes)));
    for (const Rules::Topic &topic : m_rules.topics)
        QVERIFY2(!topic.patterns.isEmpty(), qPrintable(topic.name));
}

void LayersTest::roomsHaveNoCycle()
{
    for (auto room = m_rules.rooms.cbegin(); room != m_rules.rooms.cend(); ++room)
        QVERIFY2(!m_rules.reachable(room.key()).contains(room.key()), qPrintable(room.key()));
}

/// The name in the table that this include uses; empty when it needs none.
QString LayersTest::useOf(const QString &include) const
{
    const QString inner = include.sliced(1, include.size() - 2);
    if (include.startsWith(u'"')) {
        const QString first = inner.section(u'/', 0, 0);
        return first == u"ui" ? inner.section(u'/', 0, 1) : inner.contains(u'/') ? first : QString();
    }
    if (inner.startsWith(u'Q') || inner.startsWith(u'q')) {
        for (const QFileInfo &module : QDir(m_qtHeaders).entryInfoList({u"Qt*"_s}, QDir::Dirs)) {
            if (inner.section(u'/', 0, 0) == module.fileName() ||
                QFile::exists(module.filePath() + u'/' + inner))
                return module.fileName();
        }
    }
    static const QStringList libraries{
        u"tl"_s, u"git2"_s, u"md4c"_s, u"png"_s, u"qt6keychain"_s, u"seccomp"_s, u"sqlite3"_s, u"uchardet"_s, u"zlib"_s};
    const QString library = inner.section(u'/', 0, 0).section(u'.', 0, 0);
    return libraries.contains(library) ? library : QString();
}

void LayersTest::roomsIncludeOnlyWhatTheTableAllows()
{
    QStringList breaches;
    for (const SourceFile &file : m_tree) {
        const QString room = file.room();
        if (room.isEmpty())
            continue;
        if (!m_rules.rooms.contains(room)) {
            breaches += file.path + u": the table has no room "_s + room;
            continue;
        }
        const QStringList allowed = m_rules.rooms.value(room);
        if (allowed.contains(u"*"_s))
            continue;
        for (const QString &include : file.includes()) {
            const QString use = useOf(include);
            const bool isOwn =
                use.isEmpty() || use == room || (use == u"QtCore" && !allowed.contains(u"-QtCore"_s));
            if (!isOwn && !allowed.contains(use))
                breaches += u"%1 includes %2, but %3 may not use %4"_s.arg(file.path, include, room, use);
        }
    }
    QVERIFY2(breaches.isEmpty(), qPrintable(joined(breaches)));
}

void LayersTest::restrictedTextStandsOnlyWhereTheTableAllows()
{
    QStringList breaches;
    for (const SourceFile &file : m_tree) {
        for (const Rules::Topic &topic : m_rules.topics) {
            const bool isAllowed = std::any_of(topic.places.cbegin(), topic.places.cend(),
                [&file](const QString &place) { return lies(file.path, place); });
            if (isAllowed)
                continue;
            // What is left over is mostly left in comments.
            const QStringList &lines = topic.name == u"leftovers" ? file.lines : file.code;
            for (qsizetype i = 0; i < lines.size(); ++i) {
                for (const QString &pattern : topic.patterns) {
                    if (lines.at(i).contains(pattern))
                        breaches += u"%1:%2: %3 (%4)"_s.arg(file.path).arg(i + 1).arg(pattern, topic.name);
                }
            }
        }
    }
    QVERIFY2(breaches.isEmpty(), qPrintable(joined(breaches)));
}

void LayersTest::filesAndFunctionsKeepTheirBudgets()
{
    QStringList breaches;
    for (const SourceFile &file : m_tree) {
        const QString what = file.isHeader() ? u"header"_s : u"source"_s;
        const int limit = m_rules.limit(what, file.path);
        if (file.lines.size() > limit)
            breaches += u"%1: %2 lines, at most %3"_s.arg(file.path).arg(file.lines.size()).arg(limit);
        const int functionLimit = m_rules.limit(u"function"_s, file.path);
        if (functionLimit == 0)
            continue;
        for (const Function &function : file.functions()) {
            if (function.length > functionLimit)
                breaches += u"%1:%2: a function of %3 lines, at most %4"_s.arg(file.path)
                                .arg(function.line)
                                .arg(function.length)
                                .arg(functionLimit);
        }
    }
    QVERIFY2(breaches.isEmpty(), qPrintable(joined(breaches)));
}

void LayersTest::filesBeginWithTheLicenceAndHeadersWithPragmaOnce()
{
    QStringList breaches;
    for (const SourceFile &file : m_tree) {
        if (file.lines.value(0) != u"// SPDX-License-Identifier: MIT")
            breaches += file.path + u": the first line is not the licence"_s;
        if (file.isHeader() && !file.lines.contains(u"#pragma once"_s))
            breaches += file.path + u": no #pragma once"_s;
    }
    QVERIFY2(breaches.isEmpty(), qPrintable(joined(breaches)));
}

void LayersTest::headersAreNamedAfterTheirClass()
{
    QStringList breaches;
    for (const SourceFile &file : m_tree) {
        const QString name = QFileInfo(file.path).completeBaseName();
        const QStringList classes = file.classes();
        if (name != name.toLower())
            breaches += file.path + u": file names are lowercase"_s;
        if (file.isHeader() && !classes.isEmpty() && !classes.contains(name, Qt::CaseInsensitive) &&
            !m_rules.namedBySubject.contains(file.path))
            breaches += u"%1 declares %2"_s.arg(file.path, classes.join(u", "_s));
    }
    QVERIFY2(breaches.isEmpty(), qPrintable(joined(breaches)));
}

void LayersTest::everySourceIsBuilt()
{
    QStringList breaches;
    for (const SourceFile &file : m_tree) {
        if (file.isHeader())
            continue;
        // A room may list the sources of its subfolders.
        QDir folder = QFileInfo(m_top + u'/' + file.path).dir();
        bool isListed = false;
        while (!isListed && folder.path().size() > m_top.size()) {
            QFile list(folder.filePath(u"CMakeLists.txt"_s));
            const QString relative = folder.relativeFilePath(m_top + u'/' + file.path);
            isListed = list.open(QIODevice::ReadOnly) &&
                       QString::fromUtf8(list.readAll())
                           .contains(QRegularExpression(
                               u"(^|[\\s(])"_s + QRegularExpression::escape(relative) + u"($|[\\s)])"_s));
            folder.cdUp();
        }
        if (!isListed)
            breaches += file.path + u" is in no CMakeLists.txt"_s;
    }
    QVERIFY2(breaches.isEmpty(), qPrintable(joined(breaches)));
}

void LayersTest::commentsAreNotCode_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("code");
    QTest::newRow("line") << u"a // b\nc"_s << u"a \nc"_s;
    QTest::newRow("block") << u"a /* b\nc */ d"_s << u"a \n d"_s;
    QTest::newRow("inside a string") << u"\"http://x\" // y"_s << u"\"http://x\" "_s;
    QTest::newRow("escaped quote") << u"\"\\\"//\" // y"_s << u"\"\\\"//\" "_s;
    QTest::newRow("raw string") << u"R\"(\" // x)\" // y"_s << u"R\"(\" // x)\" "_s;
    QTest::newRow("digit separator") << u"16'000 // 1'000"_s << u"16'000 "_s;
    QTest::newRow("character") << u"'\"' // \""_s << u"'\"' "_s;
}

void LayersTest::commentsAreNotCode()
{
    QFETCH(QString, text);
    QFETCH(QString, code);
    QCOMPARE(withoutComments(text), code);
}

MEANWHILE_TEST(LayersTest)
#include "tst_layers.moc"
