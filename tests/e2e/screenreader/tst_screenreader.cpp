// SPDX-License-Identifier: MIT
#include "screenreader.h"
#include "spokenprogram.h"
#include "support/testregistry.h"

#include <QDBusArgument>
#include <QRegularExpression>
#include <QtTest>

#include <functional>

using namespace Meanwhile;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;

// A program is started, and the machine may be busy.
#define EVENTUALLY(what) QTRY_VERIFY_WITH_TIMEOUT(what, 30'000)

/// The window over the accessibility bus: what a screen reader finds there, and what it is told of.
class ScreenReaderTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void readsMessagesAsItemsOfAList();
    void readsByLineAndWord();
    void saysWhatWaitsForAnAnswer();
    void saysWhatEndsAndTheFirstSentenceOfAnAnswer();
    void saysWhyARequestFailed();
    void isSilentWhileOnlySecondsPass();
    void isSilentWhileAReplyIsWaitedFor();
    void tellsWhetherALineIsOpen();

private:
    void start(const QString &mode = u"auto"_s)
    {
        m_program = std::make_unique<SpokenProgram>(*m_reader, *m_model, mode);
    }
    /// The row that begins so; its path is empty where there is none.
    SpokenObject row(const QString &beginning) const
    {
        for (const SpokenObject &item : m_reader->findAll(SpokenRole::ListItem)) {
            if (item.name.startsWith(beginning))
                return item;
        }
        return {};
    }
    /// No name is told of while what `seconds` counts goes on.
    void verifySilence(const std::function<int()> &seconds);
    QStringList namesTold() const
    {
        QStringList told;
        for (const SpokenEvent &event : m_reader->events()) {
            if (event.kind == u"PropertyChange"_s)
                told += event.path + u' ' + event.detail + u' ' + event.words;
        }
        return told;
    }
    bool hasAnnounced(const QString &words) const { return m_reader->announcements().contains(words); }

    std::unique_ptr<ScreenReader> m_reader;
    std::unique_ptr<LoopbackServer> m_model;
    std::unique_ptr<SpokenProgram> m_program;
};

void ScreenReaderTest::init()
{
    if (const QString missing = ScreenReader::missing(); !missing.isEmpty())
        QSKIP(qPrintable(u"needs an accessibility bus and a display: %1"_s.arg(missing)));
    m_reader = std::make_unique<ScreenReader>();
    m_model = std::make_unique<LoopbackServer>();
}

void ScreenReaderTest::cleanup()
{
    m_program.reset();
    m_model.reset();
    m_reader.reset();
}

void ScreenReaderTest::readsMessagesAsItemsOfAList()
{
    m_model->enqueue(anthropicAnswer("## Found\n\n`212` packages in [the list](https://example.org/list).\n\n"
                                     "- one\n- **two**\n\n```sh\nls -l\n```"));
    start();
    EVENTUALLY(!row(u"Found"_s).path.isEmpty());
    const SpokenObject answer = row(u"Found"_s);
    const QString words = m_reader->text(answer);
    for (const QString &said : {u"212 packages in the list."_s, u"one"_s, u"two"_s, u"ls -l"_s})
        QVERIFY2(words.contains(said) && answer.name.contains(said), qPrintable(words + answer.name));
    for (const QString &mark : {u"`"_s, u"**"_s, u"]("_s, u"##"_s})
        QVERIFY2(!words.contains(mark) && !answer.name.contains(mark), qPrintable(words + answer.name));

    const std::optional<SpokenObject> list = m_reader->find(SpokenRole::List, u"Conversation"_s);
    QVERIFY(list);
    QCOMPARE(answer.parent, list->path);
    const SpokenObject said = row(u"You: Hello"_s);
    QCOMPARE(said.parent, list->path);
    QCOMPARE(m_reader->text(said), u"Hello"_s);
}

void ScreenReaderTest::readsByLineAndWord()
{
    m_model->enqueue(anthropicAnswer("# Head\n\nSome [link](https://example.org) here.\n\n" +
                                     QByteArray("long words wrap ").repeated(40)));
    start();
    EVENTUALLY(!row(u"Head"_s).path.isEmpty());
    const SpokenObject answer = row(u"Head"_s);
    const auto at = [&](int offset, uint boundary) {
        return m_reader->ask(answer, u"org.a11y.atspi.Text"_s, u"GetTextAtOffset"_s, {offset, boundary});
    };
    constexpr uint kCharacter = 0;
    constexpr uint kWord = 1;
    constexpr uint kLine = 5;
    QCOMPARE(at(0, kCharacter).value(0).toString(), u"H"_s);
    QVERIFY(at(5, kWord).value(0).toString().startsWith(u"Some"_s));
    QCOMPARE(at(6, kLine).value(0).toString().trimmed(), u"Some link here."_s);
    // A paragraph is read in the lines in which it is seen.
    const QString wrapped = at(30, kLine).value(0).toString();
    QVERIFY2(wrapped.startsWith(u"long words"_s) && wrapped.size() < 200, qPrintable(wrapped));
    QCOMPARE(at(30 + int(wrapped.size()), kLine).value(1).toInt(), at(30, kLine).value(2).toInt());

    const auto attributes = [&](int offset) {
        const QVariantList answered =
            m_reader->ask(answer, u"org.a11y.atspi.Text"_s, u"GetAttributes"_s, {offset});
        return answered.isEmpty() ? QMap<QString, QString>()
                                  : qdbus_cast<QMap<QString, QString>>(answered.first());
    };
    QCOMPARE(attributes(0).value(u"weight"_s), u"bold"_s);
    QCOMPARE(attributes(11).value(u"underline"_s), u"single"_s);
}

void ScreenReaderTest::saysWhatWaitsForAnAnswer()
{
    m_model->enqueue(anthropicAnswer("May I?", {{"c1", "bash", R"({"command":"touch made"})"}}));
    m_model->enqueue(anthropicAnswer("Thank you."));
    start(u"ask"_s);
    const auto asked = [&] {
        const QStringList said = m_reader->announcements();
        return std::any_of(said.begin(), said.end(), [](const QString &words) {
            return words.contains(u"Run this command?"_s) && words.contains(u"touch made"_s);
        });
    };
    EVENTUALLY(asked());
    QVector<SpokenObject> alerts = m_reader->findAll(SpokenRole::Alert);
    alerts.removeIf([](const SpokenObject &alert) { return !alert.has(SpokenState::Showing); });
    QCOMPARE(alerts.size(), 1);
    EVENTUALLY(m_reader->find(SpokenRole::Button, u"Run"_s)->has(SpokenState::Enabled));
    m_reader->press(*m_reader->find(SpokenRole::Button, u"Run"_s));
    EVENTUALLY(hasAnnounced(u"Thank you."_s));
}

void ScreenReaderTest::saysWhatEndsAndTheFirstSentenceOfAnAnswer()
{
    m_model->enqueue(anthropicAnswer(
        "I **start** it. It takes a while.", {{"c1", "background_run", R"({"command":"exit 3"})"}}));
    m_model->enqueue(anthropicAnswer("Now we wait for `exit 3`\n\nMore of it."));
    m_model->setFallback([](const ReceivedRequest &) { return anthropicAnswer("It failed! So it goes."); });
    start();
    EVENTUALLY(hasAnnounced(u"I start it."_s));
    EVENTUALLY(hasAnnounced(u"exit 3: Ended with exit code 3."_s));
    EVENTUALLY(hasAnnounced(u"It failed!"_s));
}

void ScreenReaderTest::saysWhyARequestFailed()
{
    ScriptedAnswer refused;
    refused.status = 401;
    refused.contentType = "application/json";
    refused.pieces = {
        R"({"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"}})"};
    m_model->enqueue(refused);
    start();
    const auto told = [&] {
        const QStringList said = m_reader->announcements();
        return std::any_of(said.begin(), said.end(), [](const QString &words) {
            return words.startsWith(u"Error: "_s) && words.contains(u"invalid x-api-key"_s);
        });
    };
    EVENTUALLY(told());
}

// What has just come up may still be told of; then three seconds pass in which nothing is.
void ScreenReaderTest::verifySilence(const std::function<int()> &seconds)
{
    EVENTUALLY(seconds() > 0);
    for (int tries = 0; tries < 5; ++tries) {
        const int from = seconds();
        m_reader->forgetEvents();
        EVENTUALLY(seconds() >= from + 3);
        if (namesTold().isEmpty())
            return;
    }
    QVERIFY2(namesTold().isEmpty(), qPrintable(namesTold().join(u'\n')));
}

// The line is read until it has changed three times.
void ScreenReaderTest::isSilentWhileOnlySecondsPass()
{
    m_model->enqueue(anthropicAnswer("", {{"c1", "bash", R"({"command":"sleep 60"})"}}));
    start();
    EVENTUALLY(!row(u"Running sleep 60"_s).path.isEmpty());
    const SpokenObject line = row(u"Running sleep 60"_s);
    static const QRegularExpression kClock(u"0:(\\d\\d)"_s);
    verifySilence([&] { return kClock.match(m_reader->text(line)).captured(1).toInt(); });
    QVERIFY2(!line.name.contains(u"0:0"_s), qPrintable(line.name));
    m_reader->press(*m_reader->find(SpokenRole::Button, u"Stop sleep 60"_s));
    EVENTUALLY(!row(u"Ran sleep 60"_s).path.isEmpty());
}

void ScreenReaderTest::isSilentWhileAReplyIsWaitedFor()
{
    ScriptedAnswer never;
    never.neverAnswer = true;
    m_model->enqueue(never);
    start();
    EVENTUALLY(!row(u"Waiting for a reply"_s).path.isEmpty());
    const SpokenObject line = row(u"Waiting for a reply"_s);
    static const QRegularExpression kSeconds(u"(\\d+) s$"_s);
    verifySilence([&] { return kSeconds.match(m_reader->text(line)).captured(1).toInt(); });
}

void ScreenReaderTest::tellsWhetherALineIsOpen()
{
    m_model->enqueue(anthropicAnswer("", {{"c1", "bash", R"({"command":"echo words"})"}}));
    m_model->enqueue(anthropicAnswer("Done."));
    start();
    EVENTUALLY(hasAnnounced(u"Done."_s));
    const auto line = [&] {
        for (const SpokenObject &button : m_reader->findAll(SpokenRole::Button)) {
            if (button.name.contains(u"echo words"_s) && button.has(SpokenState::Expandable))
                return button;
        }
        return SpokenObject();
    };
    EVENTUALLY(!line().path.isEmpty());
    QVERIFY(line().has(SpokenState::Collapsed) && !line().has(SpokenState::Expanded));
    m_reader->press(line());
    EVENTUALLY(line().has(SpokenState::Expanded) && !line().has(SpokenState::Collapsed));
    const auto isTold = [&] {
        return std::any_of(
            m_reader->events().begin(), m_reader->events().end(), [](const SpokenEvent &event) {
                return event.kind == u"StateChanged"_s && event.detail == u"expanded"_s && event.value == 1;
            });
    };
    EVENTUALLY(isTold());
    EVENTUALLY(m_reader->text(row(u"Ran echo words"_s)).contains(u"words\n"_s) ||
               m_reader->text(row(u"Ran echo words"_s)).endsWith(u"words"_s));
}

MEANWHILE_TEST(ScreenReaderTest)
#include "tst_screenreader.moc"
