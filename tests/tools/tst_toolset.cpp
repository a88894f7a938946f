// SPDX-License-Identifier: MIT
#include "base/jsontext.h"
#include "support/testregistry.h"
#include "tools/toolbench.h"

#include <QtTest>

using namespace Meanwhile;
using namespace Meanwhile::Project;
using namespace Meanwhile::Tools;
using namespace Qt::StringLiterals;
using Meanwhile::Testing::ToolBench;

class ToolsetTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void hasTheTenToolsWithTheirRequiredParameters()
    {
        const ToolBench bench;
        QStringList calls;
        for (const ToolSpec *spec : bench.registry.specs()) {
            QStringList parameters;
            for (const Parameter &parameter : spec->parameters)
                parameters += parameter.required ? parameter.name : parameter.name + u'?';
            calls += spec->name + u'(' + parameters.join(u' ') + u')';
        }
        QCOMPARE(calls,
            (QStringList{u"bash(command timeout_s? description?)"_s, u"read_file(path offset? limit?)"_s,
                u"write_file(path content)"_s, u"edit_file(path old_text new_text replace_all?)"_s,
                u"background_run(command description? timeout_s? notify_on?)"_s,
                u"check_background(task_id? tail? grep? since?)"_s,
                u"wait_background(mode timeout_s task_ids?)"_s, u"stop_background(task_id reason?)"_s,
                u"list_files(glob? path?)"_s, u"search_files(regex path? glob?)"_s}));
    }

    // They are part of every request.
    void describesThemAllInSixAndAHalfThousandBytes()
    {
        const ToolBench bench;
        qsizetype bytes = 0;
        for (const ToolSpec *spec : bench.registry.specs()) {
            const QByteArray schema = inputSchema(*spec);
            QVERIFY2(QJsonDocument::fromJson(schema).isObject(), schema.constData());
            bytes += qsizetype(qstrlen(R"({"name":,"description":,"input_schema":},)")) +
                     jsonString(spec->name).size() + jsonString(spec->description).size() + schema.size();
        }
        qInfo("all tool definitions: %lld bytes", qint64(bytes));
        QVERIFY(bytes <= 6'500);
    }

    void saysTheSameInEachSession()
    {
        const ToolBench one;
        const ToolBench other;
        for (qsizetype i = 0; i < one.registry.specs().size(); ++i)
            QCOMPARE(inputSchema(*one.registry.specs().at(i)), inputSchema(*other.registry.specs().at(i)));
    }
};

MEANWHILE_TEST(ToolsetTest)
#include "tst_toolset.moc"
