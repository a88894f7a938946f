// SPDX-License-Identifier: MIT
#include "restorebench.h"
#include "support/testregistry.h"

#include <QAccessible>
#include <QCheckBox>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;
using Conversation::NewsBlock;
using Conversation::RestoreBlock;
using Conversation::TextBlock;
using Ui::RestorePreview;

namespace {

/// What a preview shows and offers.
class Look {
public:
    explicit Look(RestorePreview *preview)
        : m_preview(preview)
    {
        preview->show();
    }

    QString label(const QString &name) const { return m_preview->findChild<QLabel *>(name)->text(); }
    QPushButton *restore() const { return m_preview->findChild<QPushButton *>(u"restoreNow"_s); }
    QCheckBox *all() const { return m_preview->findChild<QCheckBox *>(u"restoreAll"_s); }
    QListWidget *list() const { return m_preview->findChild<QListWidget *>(u"restoreFiles"_s); }
    QStringList files() const
    {
        QStringList found;
        for (int i = 0; i < list()->count(); ++i)
            found += list()->item(i)->text();
        return found;
    }

private:
    RestorePreview *m_preview;
};

} // namespace

class RestorePreviewTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support)"_s)); }

    void showsRestoresTellsAndUndoes()
    {
        RestoreBench bench;
        bench.put(u"notes.txt"_s, "as it was\n");
        bench.put(u"gone.txt"_s, "gone\n");
        bench.controller.submit(u"change everything"_s);
        QTRY_VERIFY(!bench.checkpoints.isBusy());
        bench.client.answer(u"Done."_s);
        bench.put(u"notes.txt"_s, "other\n");
        bench.put(u"src/new.txt"_s, "new\n");
        QVERIFY(QFile::remove(bench.folder.filePath(u"gone.txt"_s)));

        RestorePreview preview(bench.theme, bench.session, bench.firstMessage());
        const Look look(&preview);
        QVERIFY(!look.restore()->isEnabled());
        QTRY_VERIFY(look.restore()->isEnabled());
        QVERIFY(look.label(u"restoreTitle"_s).contains(u"“change everything”"));
        QCOMPARE(look.files(), QStringList({u"~  notes.txt"_s, u"+  gone.txt"_s, u"−  src/new.txt"_s}));
        QCOMPARE(look.label(u"restoreSummary"_s), u"1 file will be changed back. 1 file will be brought "
                                                  u"back. 1 file will be deleted. Files ignored "
                                                  "by git are not touched."_s);
        QCOMPARE(bench.contentOf(u"notes.txt"_s), QByteArray("other\n")); // looking changes nothing
        look.restore()->click();
        QTRY_VERIFY(!preview.isVisible());
        QCOMPARE(bench.contentOf(u"notes.txt"_s), QByteArray("as it was\n"));
        QCOMPARE(bench.contentOf(u"gone.txt"_s), QByteArray("gone\n"));
        QVERIFY(!QDir(bench.folder.filePath(u"src"_s)).exists());

        const Conversation::Message record = bench.controller.history().messages().last();
        QCOMPARE(record.role, Conversation::Role::Record);
        const auto restored = std::get<RestoreBlock>(record.content.first());
        QCOMPARE(restored.files, 3);
        QCOMPARE(restored.before, bench.firstMessage().id);
        bench.controller.submit(u"and now?"_s);
        const auto &said = bench.client.requests.last().messages.last().content;
        QCOMPARE(said.size(), 2);
        QVERIFY(std::get<NewsBlock>(said.first()).text.contains(u"earlier state"));
        QCOMPARE(std::get<TextBlock>(said.last()).text, u"and now?"_s);
        bench.client.answer(u"I see."_s);

        RestorePreview undo(bench.theme, bench.session, restored.undo);
        const Look undoLook(&undo);
        QTRY_VERIFY(undoLook.restore()->isEnabled());
        QCOMPARE(undoLook.list()->count(), 3);
        undoLook.restore()->click();
        QTRY_VERIFY(!undo.isVisible());
        QCOMPARE(bench.contentOf(u"notes.txt"_s), QByteArray("other\n"));
        QCOMPARE(bench.contentOf(u"gone.txt"_s), QByteArray("(none)"));
        QCOMPARE(bench.contentOf(u"src/new.txt"_s), QByteArray("new\n"));
    }

    void restoresWhatIsChosenAndUndoesExactlyThat()
    {
        RestoreBench bench;
        bench.put(u"a.txt"_s, "a\n");
        bench.put(u"b.txt"_s, "b\n");
        bench.controller.submit(u"change everything"_s);
        QTRY_VERIFY(!bench.checkpoints.isBusy());
        bench.client.answer(u"Done."_s);
        bench.put(u"a.txt"_s, "other\n");
        bench.put(u"b.txt"_s, "other\n");
        bench.put(u"new.txt"_s, "new\n");
        RestorePreview preview(bench.theme, bench.session, bench.firstMessage());
        const Look look(&preview);
        QTRY_VERIFY(look.restore()->isEnabled());
        QCOMPARE(look.all()->checkState(), Qt::Checked);
        look.list()->setCurrentRow(1);
        QTest::keyClick(look.list(), Qt::Key_Space);
        QCOMPARE(look.list()->item(1)->checkState(), Qt::Unchecked);
        QCOMPARE(look.all()->checkState(), Qt::PartiallyChecked);
        QCOMPARE(look.label(u"restoreSummary"_s),
            u"1 file will be changed back. 1 file will be deleted. Files ignored by git are not touched."_s);
        look.restore()->click();
        QTRY_VERIFY(!preview.isVisible());
        QCOMPARE(bench.contentOf(u"a.txt"_s), QByteArray("a\n"));
        QCOMPARE(bench.contentOf(u"b.txt"_s), QByteArray("other\n"));
        QCOMPARE(bench.contentOf(u"new.txt"_s), QByteArray("(none)"));
        const auto restored =
            std::get<RestoreBlock>(bench.controller.history().messages().last().content.first());
        QCOMPARE(restored.files, 2);

        RestorePreview undo(bench.theme, bench.session, restored.undo);
        const Look undoLook(&undo);
        QTRY_VERIFY(undoLook.restore()->isEnabled());
        QCOMPARE(undoLook.files(), QStringList({u"~  a.txt"_s, u"+  new.txt"_s}));
        undoLook.restore()->click();
        QTRY_VERIFY(!undo.isVisible());
        QCOMPARE(bench.contentOf(u"a.txt"_s), QByteArray("other\n"));
        QCOMPARE(bench.contentOf(u"b.txt"_s), QByteArray("other\n"));
        QCOMPARE(bench.contentOf(u"new.txt"_s), QByteArray("new\n"));
    }

    void leavesAloneWhatCameAfterItLooked()
    {
        RestoreBench bench;
        bench.put(u"a.txt"_s, "a\n");
        bench.put(u"b.txt"_s, "b\n");
        bench.controller.submit(u"change everything"_s);
        QTRY_VERIFY(!bench.checkpoints.isBusy());
        bench.client.answer(u"Done."_s);
        bench.put(u"a.txt"_s, "other\n");
        RestorePreview preview(bench.theme, bench.session, bench.firstMessage());
        const Look look(&preview);
        QTRY_VERIFY(look.restore()->isEnabled());
        QCOMPARE(look.files(), QStringList{u"~  a.txt"_s});
        bench.put(u"b.txt"_s, "the person's\n");
        bench.put(u"new.txt"_s, "the person's\n");
        look.restore()->click();
        QTRY_VERIFY(!preview.isVisible());
        QCOMPARE(bench.contentOf(u"a.txt"_s), QByteArray("a\n"));
        QCOMPARE(bench.contentOf(u"b.txt"_s), QByteArray("the person's\n"));
        QCOMPARE(bench.contentOf(u"new.txt"_s), QByteArray("the person's\n"));
    }

    void restoresNothingWhereNothingIsChosen()
    {
        RestoreBench bench;
        bench.put(u"a.txt"_s, "a\n");
        bench.put(u"b.txt"_s, "b\n");
        bench.controller.submit(u"change everything"_s);
        QTRY_VERIFY(!bench.checkpoints.isBusy());
        bench.client.answer(u"Done."_s);
        bench.put(u"a.txt"_s, "other\n");
        bench.put(u"b.txt"_s, "other\n");
        RestorePreview preview(bench.theme, bench.session, bench.firstMessage());
        const Look look(&preview);
        QTRY_VERIFY(look.restore()->isEnabled());
        look.all()->click();
        QCOMPARE(look.list()->item(0)->checkState(), Qt::Unchecked);
        QCOMPARE(look.label(u"restoreSummary"_s), u"No file is chosen."_s);
        QVERIFY(!look.restore()->isEnabled());
        look.list()->item(1)->setCheckState(Qt::Checked);
        QCOMPARE(look.all()->checkState(), Qt::PartiallyChecked);
        QVERIFY(look.restore()->isEnabled());
        look.all()->click();
        QCOMPARE(look.all()->checkState(), Qt::Checked);
        QCOMPARE(look.list()->item(0)->checkState(), Qt::Checked);
        QCOMPARE(look.label(u"restoreSummary"_s),
            u"2 files will be changed back. Files ignored by git are not touched."_s);
    }

    void saysThatThereIsNothingToRestore()
    {
        RestoreBench bench;
        bench.put(u"notes.txt"_s, "as it was\n");
        bench.controller.submit(u"look"_s);
        QTRY_VERIFY(!bench.checkpoints.isBusy());
        bench.client.answer(u"Done."_s);
        RestorePreview preview(bench.theme, bench.session, bench.firstMessage());
        const Look look(&preview);
        QTRY_VERIFY(look.label(u"restoreSummary"_s).startsWith(u"There is nothing to restore"));
        QVERIFY(!look.restore()->isVisible());
        QVERIFY(!look.list()->isVisible());
    }

    void saysWhyNothingIsKept()
    {
        RestoreBench bench;
        bench.controller.submit(u"look"_s);
        bench.client.answer(u"Done."_s);
        QTRY_VERIFY(!bench.checkpoints.isBusy());
        Conversation::Message other = bench.firstMessage();
        other.id = u"m99"_s;
        RestorePreview preview(bench.theme, bench.session, other);
        const Look look(&preview);
        QTRY_VERIFY(look.label(u"restoreSummary"_s).startsWith(u"No copy of the files"));
        bench.session.checkpoints = nullptr;
        RestorePreview none(bench.theme, bench.session, other);
        QVERIFY(Look(&none).label(u"restoreSummary"_s).contains(u"are not kept"));
    }

    void waitsWhileTheAgentWorks()
    {
        RestoreBench bench;
        bench.put(u"notes.txt"_s, "as it was\n");
        bench.controller.submit(u"change it"_s);
        QTRY_VERIFY(!bench.checkpoints.isBusy());
        bench.put(u"notes.txt"_s, "other\n");
        RestorePreview preview(bench.theme, bench.session, bench.firstMessage());
        const Look look(&preview);
        QTRY_COMPARE(look.list()->count(), 1);
        QCOMPARE(look.label(u"restoreSummary"_s), // nothing is said of what there is none of
            u"1 file will be changed back. Files ignored by git are not touched."_s);
        QVERIFY(!look.restore()->isEnabled());
        QVERIFY(look.label(u"restoreWarning"_s).contains(u"Stop it first"));
        bench.controller.stop();
        QVERIFY(look.restore()->isEnabled());
        QVERIFY(look.label(u"restoreWarning"_s).isEmpty());
    }

    void showsTheChangeOfTheSelectedFile()
    {
        RestoreBench bench;
        bench.put(u"a.txt"_s, "one\ntwo\n");
        bench.put(u"b.bin"_s, QByteArray("\0x", 2));
        bench.controller.submit(u"change it"_s);
        QTRY_VERIFY(!bench.checkpoints.isBusy());
        bench.client.answer(u"Done."_s);
        bench.put(u"a.txt"_s, "one\n2\n");
        bench.put(u"b.bin"_s, QByteArray("\0y", 2));
        RestorePreview preview(bench.theme, bench.session, bench.firstMessage());
        const Look look(&preview);
        const auto shown = [&preview] {
            QStringList texts;
            for (QWidget *part : preview.findChildren<QWidget *>(u"panelText"_s)) {
                QAccessibleTextInterface *text = QAccessible::queryAccessibleInterface(part)->textInterface();
                texts += text->text(0, text->characterCount());
            }
            return texts.join(u'\n');
        };
        QTRY_VERIFY2(shown().contains(u"− 2") && shown().contains(u"+ two"), qPrintable(shown()));
        look.list()->setCurrentRow(1);
        QTRY_VERIFY2(shown().contains(u"No lines to show"), qPrintable(shown()));
    }
};

MEANWHILE_TEST(RestorePreviewTest)
#include "tst_restorepreview.moc"
