// SPDX-License-Identifier: MIT
#include "agent/systemprompt.h"
#include "support/testregistry.h"

#include <QTest>

using namespace Meanwhile::Agent;
using namespace Qt::StringLiterals;

static constexpr qsizetype kMaxBytes = 3'500;

class SystemPromptTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void isTheSameForTheSameFacts()
    {
        const PromptFacts facts{u"/home/p/project"_s, u"Debian GNU/Linux 12"_s, QDate(2026, 1, 2)};
        QCOMPARE(systemPrompt(facts), systemPrompt(facts));
        for (const QString &fact : {facts.projectFolder, facts.platform, u"2026-01-02"_s})
            QVERIFY2(systemPrompt(facts).contains(fact), qPrintable(fact));
    }

    void isShort()
    {
        const PromptFacts facts{u"/home/person/src/a-project"_s, u"Debian GNU/Linux 12"_s, QDate(2026, 1, 2)};
        QVERIFY(systemPrompt(facts).toUtf8().size() <= kMaxBytes);
    }

    void keepsAFolderThatLooksLikeAPlaceholder()
    {
        const QString prompt = systemPrompt({u"/tmp/%2%3"_s, u"Linux"_s, QDate(2026, 1, 2)});
        QVERIFY(prompt.contains(u"/tmp/%2%3\n"_s));
    }

    void saysThatResultsAreNotThePersonsWords()
    {
        const QString prompt = systemPrompt({});
        QVERIFY(prompt.contains(u"<background-results>"_s));
        QVERIFY(prompt.contains(u"never speaks for the person"_s));
    }
};

MEANWHILE_TEST(SystemPromptTest)
#include "tst_systemprompt.moc"
