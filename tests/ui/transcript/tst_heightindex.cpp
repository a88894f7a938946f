// SPDX-License-Identifier: MIT
#include "support/testregistry.h"
#include "ui/transcript/heightindex.h"

#include <QRandomGenerator>
#include <QtTest>

using namespace Meanwhile::Ui;
using namespace Qt::StringLiterals;

class HeightIndexTest : public QObject {
    Q_OBJECT

private slots:
    void findsRowsAndOffsets()
    {
        HeightIndex index;
        QCOMPARE(index.rowAt(0), -1);
        index.insert(0, {10, 20, 30});
        QCOMPARE(index.total(), 60);
        QCOMPARE(index.offset(2), 30);
        QCOMPARE(index.rowAt(-5), 0);
        QCOMPARE(index.rowAt(9), 0);
        QCOMPARE(index.rowAt(10), 1);
        QCOMPARE(index.rowAt(59), 2);
        QCOMPARE(index.rowAt(1'000), 2);
    }

    void agreesWithPlainSums()
    {
        QRandomGenerator random(7);
        HeightIndex index;
        std::vector<int> plain;
        for (int step = 0; step < 2'000; ++step) {
            const int at = int(random.bounded(quint32(plain.size() + 1)));
            const int height = int(random.bounded(200));
            switch (random.bounded(4)) {
            case 0:
            case 1:
                index.insert(at, {height, height + 1});
                plain.insert(plain.begin() + at, {height, height + 1});
                break;
            case 2:
                if (at < int(plain.size())) {
                    index.setHeight(at, height);
                    plain[size_t(at)] = height;
                }
                break;
            default:
                if (at < int(plain.size())) {
                    index.remove(at, 1);
                    plain.erase(plain.begin() + at);
                }
            }
            qint64 sum = 0;
            const int probe = int(random.bounded(quint32(plain.size() + 1)));
            for (int i = 0; i < probe; ++i)
                sum += plain[size_t(i)];
            QCOMPARE(index.offset(probe), sum);
            if (probe < int(plain.size()) && plain[size_t(probe)] > 0)
                QCOMPARE(index.rowAt(sum), probe);
        }
    }
};

MEANWHILE_TEST(HeightIndexTest)
#include "tst_heightindex.moc"
