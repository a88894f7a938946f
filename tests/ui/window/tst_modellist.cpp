// SPDX-License-Identifier: MIT
#include "support/testregistry.h"
#include "ui/modelpicker/modellist.h"

#include <QAbstractItemModelTester>
#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Ui;
using namespace Qt::StringLiterals;

class ModelListTest : public QObject {
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void changesByRow()
    {
        ModelList list;
        const QAbstractItemModelTester tester(&list, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QSignalSpy reset(&list, &QAbstractItemModel::modelReset);
        list.addProvider({u"a"_s, u"A"_s}, u"Asking"_s);
        list.addProvider({u"b"_s, u"B"_s}, u"Asking"_s);
        QCOMPARE(texts(list), (QStringList{u"A"_s, u"Asking"_s, u"B"_s, u"Asking"_s}));
        list.setModels(u"a"_s, {{u"one"_s, u"One"_s}, {u"two"_s, {}}}, {u"200 K"_s});
        list.setNote(u"b"_s, u"No key"_s);
        QCOMPARE(texts(list), (QStringList{u"A"_s, u"One"_s, u"two"_s, u"B"_s, u"No key"_s}));
        QCOMPARE(list.index(1).data(ModelList::DetailRole).toString(), u"200 K"_s);
        list.setFilter(u"tw"_s);
        QCOMPARE(
            texts(list), (QStringList{u"A"_s, u"two"_s, u"Use “tw”"_s, u"B"_s, u"No key"_s, u"Use “tw”"_s}));
        list.setFilter(u"two"_s); // listed, so it need not be typed there
        QCOMPARE(texts(list), (QStringList{u"A"_s, u"two"_s, u"B"_s, u"No key"_s, u"Use “two”"_s}));
        list.setFilter({});
        QCOMPARE(texts(list).size(), 5);
        list.setModels(u"unknown"_s, {{u"x"_s, {}}});
        QCOMPARE(reset.count(), 0);
    }

    void marksTheOneInUse()
    {
        ModelList list;
        list.setCurrent(u"b"_s, u"same"_s);
        for (const QString &id : {u"a"_s, u"b"_s}) {
            list.addProvider({id, id}, {});
            list.setModels(id, {{u"same"_s, {}}});
        }
        QVERIFY(!list.index(1).data(ModelList::IsCurrentRole).toBool());
        QVERIFY(list.index(3).data(ModelList::IsCurrentRole).toBool());
        QCOMPARE(list.index(3).data(Qt::AccessibleTextRole).toString(), u"same, in use"_s);
        QVERIFY(!list.index(0).flags().testFlag(Qt::ItemIsEnabled));
    }

    void hasNoTypedIdForTheDemo()
    {
        ModelList list;
        list.addProvider({u"demo"_s, u"Demo"_s}, {});
        list.setModels(u"demo"_s, {{u"demo"_s, {}}});
        list.setFilter(u"x"_s);
        QCOMPARE(list.rowCount(), 0);
    }

private:
    static QStringList texts(const ModelList &list)
    {
        QStringList all;
        for (int row = 0; row < list.rowCount(); ++row)
            all += list.index(row).data().toString();
        return all;
    }
};

MEANWHILE_TEST(ModelListTest)
#include "tst_modellist.moc"
