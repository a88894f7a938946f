// SPDX-License-Identifier: MIT
#include "base/descriptor.h"
#include "support/testregistry.h"
#include "tools/toolbench.h"

#include <QRandomGenerator>
#include <QtTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Meanwhile;
using namespace Meanwhile::Project;
using namespace Meanwhile::Tools;
using namespace Qt::StringLiterals;
using Meanwhile::Testing::ToolBench;

namespace {

constexpr int kFixtures = 500;
constexpr auto kOld = "needle";
constexpr auto kNew = "thread of gold";

enum class Way { Utf8, Utf8Bom, Utf16Le, Utf16Be, Latin1, Broken };
enum class Shape { Plain, Symlink, HardLink };

// A file around one edit, made from its number alone: what stands before the edit and what stands after it.
struct Fixture {
    Way way = Way::Utf8;
    Shape shape = Shape::Plain;
    mode_t mode = 0644;
    QByteArray before;
    QByteArray after;

    QByteArray inBytes(const QString &text) const
    {
        QStringEncoder utf16Le(QStringConverter::Utf16LE);
        QStringEncoder utf16Be(QStringConverter::Utf16BE);
        switch (way) {
        case Way::Utf16Le:
            return utf16Le.encode(text);
        case Way::Utf16Be:
            return utf16Be.encode(text);
        case Way::Latin1:
            return text.toLatin1();
        case Way::Utf8:
        case Way::Utf8Bom:
        case Way::Broken:
            break;
        }
        return text.toUtf8();
    }
    QByteArray file(const char *middle) const
    {
        return before + inBytes(QString::fromLatin1(middle)) + after;
    }
};

QString someText(QRandomGenerator &random, Way way, int lineEnds, bool endsLine)
{
    static const QStringList latin{
        u"alpha"_s, u"café"_s, u"\tindented"_s, u"x = 1;"_s, u"  "_s, u"ÿ"_s, u""_s};
    static const QStringList wide{u"한국어"_s, u"beta"_s, u"𝔘nicode"_s, u"…"_s, u"\u200b"_s, u"é"_s, u""_s};
    const QStringList &words = way == Way::Latin1 ? latin : wide;
    QString text;
    const int lines = random.bounded(6);
    for (int line = 0; line < lines; ++line) {
        for (int word = random.bounded(4); word >= 0; --word)
            text += words.at(random.bounded(int(words.size()))) + u' ';
        const bool isCrLf = lineEnds == 1 || (lineEnds == 2 && random.bounded(2) == 1);
        text += line + 1 < lines || endsLine ? (isCrLf ? u"\r\n"_s : u"\n"_s) : QString();
    }
    return text;
}

Fixture fixture(int number)
{
    QRandomGenerator random(quint32(number) + 1);
    Fixture made;
    made.way = Way(number % 6);
    made.shape = Shape(number / 6 % 3);
    made.mode = QList<mode_t>{0644, 0600, 0755, 0664, 0400 | 0200, 0640}.at(random.bounded(6));
    const int lineEnds = number / 18 % 3; // LF, CR LF, mixed
    if (made.way == Way::Utf8Bom)
        made.before = "\xef\xbb\xbf";
    else if (made.way == Way::Utf16Le)
        made.before = "\xff\xfe";
    else if (made.way == Way::Utf16Be)
        made.before = "\xfe\xff";
    made.before += made.inBytes(someText(random, made.way, lineEnds, random.bounded(2) == 1));
    made.after = made.inBytes(someText(random, made.way, lineEnds, random.bounded(2) == 1));
    if (made.way == Way::Broken)
        (random.bounded(2) == 1 ? made.before : made.after) += "\xc3\x28\xff\n";
    if (made.way == Way::Latin1)
        made.after += "\xe9"; // so that it is not UTF-8
    return made;
}

} // namespace

/// What an edit does not name stays, byte by byte, over all that files are made of.
class EditFixturesTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void keepsEveryByteOutsideTheEdit()
    {
        const ToolBench bench;
        QSet<QByteArray> different;
        for (int number = 0; number < kFixtures; ++number) {
            const Fixture made = fixture(number);
            const QString name = u"f%1"_s.arg(number);
            bench.put(name, made.file(kOld));
            different.insert(made.file(kOld));
            QCOMPARE(::chmod(QFile::encodeName(bench.path(name)).constData(), made.mode), 0);
            const QString other = u"link%1"_s.arg(number);
            if (made.shape == Shape::Symlink)
                QVERIFY(QFile::link(name, bench.path(other)));
            if (made.shape == Shape::HardLink)
                QCOMPARE(::link(QFile::encodeName(bench.path(name)).constData(),
                             QFile::encodeName(bench.path(other)).constData()),
                    0);
            const ToolOutcome outcome = bench.run(u"edit_file"_s,
                {{u"path"_s, made.shape == Shape::Plain ? name : other},
                    {u"old_text"_s, QString::fromLatin1(kOld)}, {u"new_text"_s, QString::fromLatin1(kNew)}});
            const QByteArray label = "fixture " + QByteArray::number(number) + ": " + outcome.text.toUtf8();
            QVERIFY2(!outcome.isError, label.constData());
            QVERIFY2(bench.contentOf(name) == made.file(kNew), label.constData());
            checkShape(bench, made, name, other);
        }
        QVERIFY(different.size() > kFixtures / 2);
        QVERIFY(QDir(bench.path()).entryList({u".meanwhile-*"_s}, QDir::Files | QDir::Hidden).isEmpty());
    }

private:
    static void checkShape(
        const ToolBench &bench, const Fixture &made, const QString &name, const QString &other)
    {
        struct stat info {};
        QCOMPARE(::stat(QFile::encodeName(bench.path(name)).constData(), &info), 0);
        QCOMPARE(uint(info.st_mode & 07777), uint(made.mode));
        QCOMPARE(int(info.st_nlink), made.shape == Shape::HardLink ? 2 : 1);
        if (made.shape == Shape::Symlink)
            QVERIFY(QFileInfo(bench.path(other)).isSymLink());
        if (made.shape != Shape::Plain)
            QCOMPARE(bench.contentOf(other), made.file(kNew));
    }
};

MEANWHILE_TEST(EditFixturesTest)
#include "tst_editfixtures.moc"
