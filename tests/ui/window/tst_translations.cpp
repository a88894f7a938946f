// SPDX-License-Identifier: MIT
#include "support/testregistry.h"

#include <QTranslator>
#include <QtTest>

using namespace Meanwhile;
using namespace Qt::StringLiterals;

class TranslationsTest : public QObject {
    Q_OBJECT

private slots:
    void speaksThePersonsLanguage_data()
    {
        QTest::addColumn<QLocale>("locale");
        QTest::addColumn<QString>("deny");
        QTest::addColumn<QString>("manyTasks");
        QTest::newRow("Spanish of Mexico") << QLocale(u"es_MX"_s) << u"Denegar"_s << u"3 tareas en curso"_s;
        QTest::newRow("Korean") << QLocale(u"ko_KR"_s) << u"거부"_s << u"작업 3개 실행 중"_s;
    }

    void speaksThePersonsLanguage()
    {
        QFETCH(QLocale, locale);
        QTranslator translator;
        QVERIFY(translator.load(locale, u"meanwhile"_s, u"_"_s, u":/translations"_s));
        QTEST(translator.translate("Meanwhile::Ui::ApprovalBar", "Deny"), "deny");
        QTEST(translator.translate("ConversationState", "%n tasks running", nullptr, 3)
                  .replace(u"%n"_s, u"3"_s),
            "manyTasks");
    }

    void hasWordsForEveryPartOfTheWindow_data()
    {
        QTest::addColumn<QString>("file");
        QTest::newRow("Spanish") << u":/translations/meanwhile_es.qm"_s;
        QTest::newRow("Korean") << u":/translations/meanwhile_ko.qm"_s;
    }

    void hasWordsForEveryPartOfTheWindow()
    {
        QFETCH(QString, file);
        QTranslator translator;
        QVERIFY(translator.load(file));
        const QPair<const char *, const char *> samples[] = {
            {"Meanwhile::Ui::TitleRow", "Ask before commands and edits"},
            {"Meanwhile::Ui::QuitQuestion", "Keep running"},
            {"Meanwhile::Ui::FirstRunPage", "Recent folders"}, {"Meanwhile::Ui::Composer", "Send"},
            {"Meanwhile::Ui::ModelMenu", "Demo (offline)"}, {"Meanwhile::Ui::DropTarget", "Drop it here"},
            {"Meanwhile::Ui::WindowActions", "Full screen"}};
        for (const auto &[context, source] : samples)
            QVERIFY2(!translator.translate(context, source).isEmpty(), source);
    }
};

MEANWHILE_TEST(TranslationsTest)
#include "tst_translations.moc"
