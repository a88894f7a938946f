// SPDX-License-Identifier: MIT
#include "scriptedworkspace.h"
#include "support/testregistry.h"
#include "ui/modelpicker/modelmenu.h"
#include "ui/modelpicker/modelpicker.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QScrollBar>
#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Testing;
using namespace Meanwhile::Ui;
using namespace Qt::StringLiterals;

class ModelPickerTest : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_workspace = std::make_unique<ScriptedWorkspace>();
        m_theme = std::make_unique<Theme>(*qApp);
        m_menu = std::make_unique<ModelMenu>(*m_theme, *m_workspace, *m_workspace);
    }

    void isAsHighAsWhatItLists()
    {
        listModels(1);
        const int few = heightOf(*open());
        listModels(4);
        const int more = heightOf(*open());
        listModels(100);
        const int most = heightOf(*open());
        QVERIFY2(few < more && more < most, qPrintable(u"%1 %2 %3"_s.arg(few).arg(more).arg(most)));
        QCOMPARE(most, 380);
        QVERIFY2(few > 200, qPrintable(QString::number(few))); // others may be found on this computer
    }

    // What is typed makes nothing jump, now and at the next time.
    void staysAsItIsWhileItIsOpen()
    {
        listModels(4);
        const auto first = open();
        const int height = heightOf(*first);
        auto *view = first->findChild<QListView *>(u"modelList"_s);
        QCOMPARE(view->verticalScrollBar()->maximum(), 0);
        first->findChild<QLineEdit *>(u"modelField"_s)->setText(u"model 3"_s);
        QCOMPARE(heightOf(*first), height);
        first->close();
        QCOMPARE(heightOf(*open()), height);
    }

    void saysOnceThatAProviderIsOnThisComputer()
    {
        m_workspace->modelFacts.price.kind = Llm::Price::Kind::Local;
        m_workspace->modelFacts.contextWindow = 200'000;
        listModels(1);
        Llm::ModelInfo found{u"qwen"_s, {}};
        found.facts.contextWindow = 32'768;
        m_workspace->servers = {{u"Ollama"_s, u"http://127.0.0.1:11434/v1"_s}};
        m_workspace->listed.insert(u"http://127.0.0.1:11434/v1"_s, QVector{found});
        const auto menu = open();
        const QAbstractItemModel *rows = menu->findChild<QListView *>(u"modelList"_s)->model();
        QCOMPARE(rows->index(0, 0).data().toString(), u"Anthropic · on this computer"_s);
        QCOMPARE(rows->index(1, 0).data(ModelList::DetailRole).toString(), u"200 K"_s);
        const auto last = [&] { return rows->index(rows->rowCount() - 1, 0); };
        QTRY_COMPARE(last().data().toString(), u"qwen"_s);
        QCOMPARE(last().data(ModelList::DetailRole).toString(), u"32 K"_s);
        QCOMPARE(rows->match(rows->index(0, 0), Qt::DisplayRole, u"Demo"_s).size(), 1); // not a server
    }

private:
    void listModels(int count)
    {
        QVector<Llm::ModelInfo> models;
        for (int i = 0; i < count; ++i)
            models.append({u"m%1"_s.arg(i), u"Model %1"_s.arg(i)});
        m_workspace->listed.insert(u"anthropic"_s, models);
        m_menu->forget();
    }
    std::unique_ptr<QMenu> open()
    {
        auto menu = std::make_unique<QMenu>();
        m_menu->fill(*menu);
        menu->popup({0, 0});
        return menu;
    }
    static int heightOf(const QMenu &menu) { return menu.findChild<ModelPicker *>()->height(); }

    std::unique_ptr<ScriptedWorkspace> m_workspace;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<ModelMenu> m_menu;
};

MEANWHILE_TEST(ModelPickerTest)
#include "tst_modelpicker.moc"
