// SPDX-License-Identifier: MIT
#include "project/gitmodule.h"
#include "support/testregistry.h"

#include <QtTest>

#include <random>
#include <sys/stat.h>
#include <unistd.h>

using namespace Meanwhile;
using namespace Meanwhile::Project;
using namespace Qt::StringLiterals;

namespace {

using Paths = QMap<QByteArray, bool>; // sorted; the value is of no use

/// A folder of files for git and for IgnoreRules to look at. Names are as the system has them.
class Tree {
public:
    Tree()
    {
        QDir(m_root.path()).mkpath(u"home"_s);
        m_environment = QProcessEnvironment::systemEnvironment();
        m_environment.insert(u"HOME"_s, m_root.filePath(u"home"_s));
        m_environment.insert(u"XDG_CONFIG_HOME"_s, m_root.filePath(u"home/.config"_s));
        for (const QString &name : {u"HOME"_s, u"XDG_CONFIG_HOME"_s}) {
            m_before.insert(name, qgetenv(qPrintable(name)));
            qputenv(qPrintable(name), m_environment.value(name).toUtf8());
        }
    }
    ~Tree()
    {
        for (auto it = m_before.cbegin(); it != m_before.cend(); ++it)
            it.value().isEmpty() ? qunsetenv(qPrintable(it.key()))
                                 : qputenv(qPrintable(it.key()), it.value());
    }

    QString path(const QString &name = {}) const
    {
        return name.isEmpty() ? m_root.path() : m_root.filePath(name);
    }

    void put(const QByteArray &name, const QByteArray &bytes = "x\n") const
    {
        const QByteArray whole = QFile::encodeName(m_root.path()) + '/' + name;
        for (qsizetype slash = whole.indexOf('/', 1); slash > 0; slash = whole.indexOf('/', slash + 1))
            ::mkdir(whole.first(slash).constData(), 0777);
        FILE *file = fopen(whole.constData(), "w");
        if (!file)
            return; // where a folder is already
        fwrite(bytes.constData(), 1, size_t(bytes.size()), file);
        fclose(file);
    }

    QByteArray git(const QString &folder, const QStringList &arguments) const
    {
        QProcess process;
        process.setProcessEnvironment(m_environment);
        process.setWorkingDirectory(path(folder));
        process.start(
            u"git"_s, QStringList{u"-c"_s, u"protocol.file.allow=always"_s, u"-c"_s, u"user.name=n"_s,
                          u"-c"_s, u"user.email=e@e"_s, u"-c"_s, u"advice.addEmbeddedRepo=false"_s} +
                          arguments);
        if (!process.waitForFinished() || process.exitCode() != 0)
            qFatal(
                "git %s: %s", qPrintable(arguments.join(u' ')), process.readAllStandardError().constData());
        return process.readAllStandardOutput();
    }

    /// What git lists, nested repositories by their own word.
    Paths byGit(const QString &folder, const QByteArray &prefix = {}) const
    {
        Paths found;
        for (QByteArray name :
            git(folder, {u"ls-files"_s, u"-co"_s, u"--exclude-standard"_s, u"-z"_s}).split('\0')) {
            if (name.isEmpty())
                continue;
            if (name.endsWith('/'))
                name.chop(1);
            const QString whole = path(folder) + u'/' + QFile::decodeName(name);
            if (QFileInfo(whole).isDir() && !QFileInfo(whole).isSymLink())
                found.insert(byGit(folder + u'/' + QFile::decodeName(name), prefix + name + '/'));
            else if (struct stat info{};
                     lstat((QFile::encodeName(path(folder)) + '/' + name).constData(), &info) == 0)
                found.insert(prefix + name, true);
        }
        return found;
    }

    Paths byRules(const QString &folder, QStringList *problems = nullptr) const
    {
        const std::unique_ptr<IgnoreRules> rules = m_module.ignoreRules(path(folder));
        Paths found;
        walk(*rules, QFile::encodeName(path(folder)), {}, found);
        if (problems)
            *problems = rules->problems();
        return found;
    }

private:
    static void walk(IgnoreRules &rules, const QByteArray &root, const QByteArray &below, Paths &found)
    {
        const QDir dir(QFile::decodeName(root + '/' + below));
        for (const QFileInfo &info :
            dir.entryInfoList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot)) {
            if (info.fileName() == u".git")
                continue;
            const QByteArray name = below + QFile::encodeName(info.fileName());
            const bool isFolder = info.isDir() && !info.isSymLink();
            if (rules.isIgnored(name, isFolder))
                continue;
            if (isFolder)
                walk(rules, root, name + '/', found);
            else
                found.insert(name, true);
        }
    }

    QTemporaryDir m_root;
    QProcessEnvironment m_environment;
    QMap<QString, QByteArray> m_before;
    mutable GitModule m_module;
};

QByteArrayList names(const Paths &paths)
{
    return paths.keys();
}

class Chance {
public:
    explicit Chance(unsigned seed)
        : m_engine(seed)
    {
    }
    int below(int count) { return int(m_engine() % unsigned(count)); }
    bool oneIn(int count) { return below(count) == 0; }
    QByteArray of(const QByteArrayList &values) { return values.at(below(int(values.size()))); }

private:
    std::mt19937 m_engine;
};

QByteArray anyName(Chance &chance)
{
    return chance.of({"a", "b", "foo", "bar", "build", "x.o", "y.log", "keep.log", "z.txt", "[x]", "{a,b}",
        "sp ", "#c", "!d", "한글.txt", "A", "foo.bar", ".hidden", "a-b", "b1"});
}

QByteArray anyRule(Chance &chance)
{
    QByteArray rule = chance.of({"*.o", "*.log", "keep.log", "build/", "build", "/a", "a/", "/*", "*", "*/",
        "b*", "foo/**", "**/bar", "a/**/b", "foo/*", "/foo/bar", "[ab]", "[!ab]", "[^a]*", "{a,b}", "*.t?t",
        "?", "\\#c", "\\!d", "#c", "sp\\ ", "sp ", "sp", "foo**/bar", "fo**", "**", "/**", "a/b/",
        "[[:alpha:]]", "[[:alpha:]-]*", "[]x[]*", "\\[x]", "*.{o,log}", "한*", "??????.txt", "x.o\r", "foo\\",
        "[a", "*/foo", "**/a/*", "a*b", "*o*", ".*", "/.hidden", "//a", "a//b", "**/", "foo.bar", "b[0-9]",
        "[a-\\c]", "*[", "a/**", "./a", "build/foo", "/build/*", "[[:digit:]", "", "/", "[--b]", "***",
        "a/***/b"});
    if (chance.oneIn(3))
        rule.prepend('!');
    if (chance.oneIn(8))
        rule += '/';
    return rule + (chance.oneIn(20) ? "\r\n" : "\n");
}

QByteArray anyRules(Chance &chance)
{
    QByteArray rules = chance.oneIn(10) ? "\xef\xbb\xbf" : "";
    for (int i = chance.below(5); i >= 0; --i)
        rules += anyRule(chance);
    if (chance.oneIn(4))
        rules.chop(1);
    return rules;
}

QByteArray anyFolder(Chance &chance)
{
    QByteArray folder;
    for (int depth = chance.below(4); depth > 0; --depth)
        folder += anyName(chance) + '/';
    return folder;
}

void makeRepository(const Tree &tree, Chance &chance, const QByteArray &folder)
{
    for (int i = 0; i < 25; ++i)
        tree.put(folder + '/' + anyFolder(chance) + anyName(chance));
    for (int i = chance.below(4); i >= 0; --i)
        tree.put(folder + '/' + anyFolder(chance) + ".gitignore", anyRules(chance));
    const QString name = QFile::decodeName(folder);
    tree.git(name, {u"init"_s, u"-q"_s});
    if (chance.oneIn(3))
        tree.put(folder + "/.git/info/exclude", anyRules(chance));
    const int tracked = chance.below(4); // some, whatever the rules say
    for (int i = 0; i < tracked; ++i) {
        const QByteArray file = anyName(chance) + '/' + anyName(chance);
        tree.put(folder + '/' + file);
        if (QFileInfo(tree.path(name) + u'/' + QFile::decodeName(file)).isFile())
            tree.git(name, {u"--literal-pathspecs"_s, u"add"_s, u"-f"_s, u"--"_s, QFile::decodeName(file)});
    }
    if (chance.oneIn(2))
        tree.git(name, {u"add"_s, u"-A"_s, u"."_s});
    // Rules that come after the files were added.
    if (chance.oneIn(2))
        tree.put(folder + "/.gitignore", anyRules(chance));
}

} // namespace

class IgnoreRulesTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void agreesWithGitOnRandomTrees_data()
    {
        QTest::addColumn<unsigned>("seed");
        const unsigned first = qEnvironmentVariable("MEANWHILE_TEST_SEED", u"1"_s).toUInt();
        const int count = qEnvironmentVariable("MEANWHILE_TEST_TREES", u"60"_s).toInt();
        for (int i = 0; i < count; ++i)
            QTest::addRow("seed %u", first + unsigned(i)) << first + unsigned(i);
    }

    void agreesWithGitOnRandomTrees()
    {
        QFETCH(unsigned, seed);
        const Tree tree;
        Chance chance(seed);
        if (chance.oneIn(3))
            tree.put("home/.config/git/ignore", anyRules(chance));
        makeRepository(tree, chance, "top");
        if (chance.oneIn(4) && !QFileInfo::exists(tree.path(u"top/nested"_s)))
            makeRepository(tree, chance, "top/nested");
        const Paths expected = tree.byGit(u"top"_s);
        QCOMPARE(names(tree.byRules(u"top"_s)), names(expected));
    }

    void keepsWhatIsTrackedWhateverTheRulesSay()
    {
        const Tree tree;
        tree.put("p/.gitignore", "*.log\nbuild/\n");
        tree.put("p/a/.gitignore", "!keep.log\n");
        for (const char *name :
            {"p/tracked.log", "p/other.log", "p/a/keep.log", "p/build/kept.c", "p/build/made.o"})
            tree.put(name);
        tree.git(u"p"_s, {u"init"_s, u"-q"_s});
        tree.git(u"p"_s, {u"add"_s, u"-f"_s, u"tracked.log"_s, u"build/kept.c"_s});
        const QByteArrayList expected{
            ".gitignore", "a/.gitignore", "a/keep.log", "build/kept.c", "tracked.log"};
        QCOMPARE(names(tree.byGit(u"p"_s)), expected);
        QCOMPARE(names(tree.byRules(u"p"_s)), expected);
    }

    void countsRulesFromAboveUnlessTheyIgnoreTheProjectItself_data()
    {
        QTest::addColumn<QByteArray>("outer");
        QTest::addColumn<QByteArrayList>("found");
        const QByteArrayList all{".gitignore", "a.log", "b.txt"};
        QTest::newRow("the folder around it") << "scratch/\n"_qba << all;
        QTest::newRow("what the folder around it holds") << "scratch/*\n"_qba << all;
        QTest::newRow("the project") << "/scratch/proj\n"_qba << all;
        QTest::newRow("everything") << "*\n"_qba << all;
        QTest::newRow("everything in the project") << "/scratch/proj/**\n"_qba << all;
        QTest::newRow("some files") << "*.log\n"_qba << QByteArrayList{".gitignore", "b.txt"};
        QTest::newRow("all but what is wanted") << "*\n!*/\n!*.txt\n"_qba << QByteArrayList{"b.txt"};
    }

    void countsRulesFromAboveUnlessTheyIgnoreTheProjectItself()
    {
        QFETCH(QByteArray, outer);
        QFETCH(QByteArrayList, found);
        const Tree tree;
        tree.put("outer/.gitignore", outer);
        tree.put("outer/scratch/proj/.gitignore", "*.o\n");
        for (const char *name : {"a.log", "b.txt", "c.o"})
            tree.put(QByteArray("outer/scratch/proj/") + name);
        tree.git(u"outer"_s, {u"init"_s, u"-q"_s});
        QCOMPARE(names(tree.byRules(u"outer/scratch/proj"_s)), found);
    }

    void givesSubmodulesTheirOwnRules()
    {
        const Tree tree;
        tree.put("lib/f.c");
        tree.git(u"lib"_s, {u"init"_s, u"-q"_s});
        tree.git(u"lib"_s, {u"add"_s, u"."_s});
        tree.git(u"lib"_s, {u"commit"_s, u"-qm"_s, u"x"_s});
        tree.put("p/.gitignore", "*.o\nlibs/\n");
        tree.put("p/a.o");
        tree.git(u"p"_s, {u"init"_s, u"-q"_s});
        tree.git(
            u"p"_s, {u"submodule"_s, u"--quiet"_s, u"add"_s, u"-f"_s, tree.path(u"lib"_s), u"libs/lib"_s});
        tree.put("p/libs/lib/r.o");
        tree.put("p/libs/other");
        const QByteArrayList expected{".gitignore", ".gitmodules", "libs/lib/f.c", "libs/lib/r.o"};
        QCOMPARE(names(tree.byGit(u"p"_s)), expected);
        QCOMPARE(names(tree.byRules(u"p"_s)), expected);
        QCOMPARE(names(tree.byRules(u"p/libs/lib"_s)), (QByteArrayList{"f.c", "r.o"}));
    }

    void readsTheRulesOfAnotherWorkingTree()
    {
        const Tree tree;
        tree.put("p/f.log");
        tree.git(u"p"_s, {u"init"_s, u"-q"_s});
        tree.git(u"p"_s, {u"add"_s, u"."_s});
        tree.git(u"p"_s, {u"commit"_s, u"-qm"_s, u"x"_s});
        tree.git(u"p"_s, {u"worktree"_s, u"add"_s, u"-q"_s, u"../w"_s});
        tree.put("p/.git/info/exclude", "*.log\n");
        tree.put("w/new.log");
        tree.put("w/new.txt");
        const QByteArrayList expected{"f.log", "new.txt"};
        QCOMPARE(names(tree.byGit(u"w"_s)), expected);
        QCOMPARE(names(tree.byRules(u"w"_s)), expected);
    }

    void countsThePersonsOwnRules()
    {
        const Tree tree;
        tree.put("home/.gitconfig", "[include]\n\tpath = more\n");
        tree.put("home/more", "[core]\n\texcludesFile = \"~/my rules\" # mine\n");
        tree.put("home/my rules", "*.swp\n");
        tree.put("p/a.swp");
        tree.put("p/a.c");
        QCOMPARE(names(tree.byRules(u"p"_s)), QByteArrayList{"a.c"});
        tree.git(u"p"_s, {u"init"_s, u"-q"_s});
        QCOMPARE(names(tree.byGit(u"p"_s)), QByteArrayList{"a.c"});
        QCOMPARE(names(tree.byRules(u"p"_s)), QByteArrayList{"a.c"});
    }

    void waitsForNoPipeInAFilesPlace()
    {
        const Tree tree;
        tree.put("p/a.log");
        tree.git(u"p"_s, {u"init"_s, u"-q"_s});
        for (const char *name : {"p/.gitignore", "p/.git/info/exclude", "p/.git/index", "home/.gitconfig",
                 "p/.git/config", "p/.git/config.worktree", "home/.config/git/ignore"}) {
            const QByteArray path = QFile::encodeName(tree.path(QString::fromLatin1(name)));
            tree.put(name);
            QVERIFY(::unlink(path.constData()) == 0);
            QCOMPARE(::mkfifo(path.constData(), 0600), 0);
        }
        QStringList problems;
        QCOMPARE(names(tree.byRules(u"p"_s, &problems)).last(), "a.log"_qba);
        QVERIFY(problems.contains(u".gitignore (not a regular file)"_s));
        QVERIFY(problems.contains(u".git/info/exclude (not a regular file)"_s));
    }

    void endsForCostlyRules()
    {
        const Tree tree;
        tree.put("p/.gitignore",
            QByteArray("**/a*").repeated(300) + "b\n" + QByteArray("*a").repeated(1'000) + "b\n");
        tree.put("p/" + QByteArray("a").repeated(200));
        // Tried every way, these rules would take longer than the universe is old.
        QCOMPARE(tree.byRules(u"p"_s).size(), 2);
    }
};

MEANWHILE_TEST(IgnoreRulesTest)
#include "tst_ignorerules.moc"
