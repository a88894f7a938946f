// SPDX-License-Identifier: MIT
#pragma once

#include "models/transcriptmodel.h"
#include "show/samples.h"
#include "support/knowntools.h"
#include "support/patience.h"
#include "ui/transcript/disclosureline.h"
#include "ui/transcript/transcriptview.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QLineEdit>
#include <QScrollBar>
#include <QtTest>

namespace Meanwhile::Testing {

using namespace Qt::StringLiterals;
using Models::TranscriptModel;
using namespace Agent;
using namespace Ui;

inline MessageAdded person(const QString &text)
{
    Conversation::Message message;
    message.id = u"m"_s;
    message.content = {Conversation::TextBlock{text}};
    return {message};
}

/// A transcript between two fields, and what a conversation tells it.
struct Window {
    Theme theme{*qApp};
    TranscriptModel model{Testing::knownTools()};
    QWidget window;
    QLineEdit before{&window};
    TranscriptView view{theme, &window};
    QLineEdit after{&window};

    explicit Window(int rows = 0)
    {
        window.resize(700, 660);
        before.setGeometry(0, 0, 100, 24);
        view.setGeometry(0, 30, 660, 600);
        after.setGeometry(0, 632, 100, 24);
        if (rows > 0)
            Testing::playLongConversation(model, rows);
        view.setModel(&model);
        window.show();
        window.activateWindow();
        settle();
    }
    void settle()
    {
        QCoreApplication::sendPostedEvents();
        QTRY_VERIFY(window.isActiveWindow());
    }
    void say(const QString &markdown)
    {
        model.handle(ResponseStarted{1});
        model.handle(TextStreamed{markdown});
        model.handle(ResponseEnded{1, Conversation::StopReason::EndTurn, true, {}});
        settle();
    }
    void callTool(const QString &output, const QString &id = u"c1"_s)
    {
        model.handle(ToolCallMade{id, u"read_file"_s, "{\"path\":\"a.txt\"}"});
        Tools::ToolOutcome outcome;
        outcome.text = output;
        outcome.summary = u"1 line"_s;
        model.handle(ToolCallEnded{id, {}, outcome});
        settle();
    }
    RowWidget *last() { return view.rowWidget(model.rowCount() - 1); }
    template <typename Widget>
    Widget *find(const QString &name)
    {
        for (Widget *widget : view.findChildren<Widget *>(name)) {
            if (widget->isVisible())
                return widget;
        }
        return nullptr;
    }
    DisclosureLine *toolLine() { return find<DisclosureLine>(u"toolLine"_s); }
    bool isAtEnd() { return view.verticalScrollBar()->value() == view.verticalScrollBar()->maximum(); }
};

} // namespace Meanwhile::Testing
