// SPDX-License-Identifier: MIT
#include "support/testregistry.h"

#include <QtTest>
#include <QXmlStreamReader>

using namespace Meanwhile;
using namespace Qt::StringLiterals;

namespace {

struct Wording {
    QString context;
    QString source;
    QString translation; ///< all of its forms, where the language counts
    bool isFinished = true;
};

QVector<Wording> wordings(const QString &path)
{
    QVector<Wording> all;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return all;
    QXmlStreamReader reader(&file);
    QString context;
    while (!reader.atEnd()) {
        if (reader.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (reader.name() == u"name") {
            context = reader.readElementText();
        } else if (reader.name() == u"source") {
            all.append({context, reader.readElementText(), {}, true});
        } else if (reader.name() == u"translation") {
            all.last().isFinished = reader.attributes().value(u"type"_s) != u"unfinished";
            all.last().translation = reader.readElementText(QXmlStreamReader::IncludeChildElements);
        }
    }
    return all;
}

QStringList placesIn(const QString &text)
{
    static const QRegularExpression kPlace(u"%(?:[0-9]+|n)"_s);
    QStringList places;
    for (auto it = kPlace.globalMatch(text); it.hasNext();)
        places += it.next().captured();
    places.removeDuplicates();
    places.sort();
    return places;
}

} // namespace

/// Every string that a person can see has its translations, under the name by which the program asks for
/// them.
class WordingTest : public QObject {
    Q_OBJECT

private slots:
    void everyStringIsTranslated_data() { languages(); }
    void everyStringIsTranslated();
    void translationsKeepTheirPlaces_data() { languages(); }
    void translationsKeepTheirPlaces();
    void everyContextIsAskedFor();

private:
    void languages() const;
    QVector<Wording> wordingsOf(const QString &language) const
    {
        return wordings(m_top + u"/resources/translations/meanwhile_%1.ts"_s.arg(language));
    }

    const QString m_top = QStringLiteral(MEANWHILE_SOURCE_DIR);
};

void WordingTest::languages() const
{
    QTest::addColumn<QString>("language");
    QTest::newRow("Spanish") << u"es"_s;
    QTest::newRow("Korean") << u"ko"_s;
}

void WordingTest::everyStringIsTranslated()
{
    QFETCH(QString, language);
    const QVector<Wording> all = wordingsOf(language);
    QVERIFY(all.size() > 300);
    QStringList open;
    for (const Wording &wording : all) {
        if (!wording.isFinished || wording.translation.trimmed().isEmpty())
            open += wording.context + u": "_s + wording.source;
    }
    QVERIFY2(open.isEmpty(), qPrintable(open.join(u'\n')));
}

void WordingTest::translationsKeepTheirPlaces()
{
    QFETCH(QString, language);
    QStringList wrong;
    for (const Wording &wording : wordingsOf(language)) {
        if (placesIn(wording.translation) != placesIn(wording.source))
            wrong += wording.context + u": "_s + wording.source;
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
}

// lupdate takes the class or the namespace around a tr() for its context. A function of our own called tr()
// must ask for just that, and a class without Q_OBJECT would inherit the tr() of its base, with another name.
void WordingTest::everyContextIsAskedFor()
{
    static const QRegularExpression kNamed(
        u"(?:translate|QT_TRANSLATE_NOOP|Q_DECLARE_TR_FUNCTIONS)\\(\\s*\"?([A-Za-z:]+)"_s);
    static const QRegularExpression kClass(u"class (\\w+)[^;{]*\\{\\s*Q_OBJECT"_s);
    static const QRegularExpression kForm(u"<class>(\\w+)</class>"_s);
    QSet<QString> asked;
    for (const QString &room : {u"/src"_s, u"/ui"_s}) {
        QDirIterator files(
            m_top + room, {u"*.h"_s, u"*.cpp"_s, u"*.ui"_s}, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QString text = QString::fromUtf8(file.readAll());
            for (const QRegularExpression &expression : {kNamed, kClass, kForm}) {
                for (auto it = expression.globalMatch(text); it.hasNext();)
                    asked.insert(it.next().captured(1));
            }
        }
    }
    QStringList unasked;
    for (const Wording &wording : wordingsOf(u"ko"_s)) {
        if (!asked.contains(wording.context) && !asked.contains(wording.context.section(u"::"_s, -1)))
            unasked += wording.context;
    }
    unasked.removeDuplicates();
    QVERIFY2(unasked.isEmpty(), qPrintable(unasked.join(u'\n')));
}

MEANWHILE_TEST(WordingTest)
#include "tst_wording.moc"
