// SPDX-License-Identifier: MIT
// Draws a conversation with every kind of row into pictures: show_transcript FOLDER
#include "models/transcriptmodel.h"
#include "show/samples.h"
#include "support/knowntools.h"
#include "ui/transcript/disclosureline.h"
#include "ui/transcript/transcriptview.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QDir>
#include <QScrollBar>
#include <QTextStream>

using namespace Meanwhile;
using namespace Qt::StringLiterals;

static void grab(Ui::TranscriptView &view, const QString &file)
{
    QCoreApplication::sendPostedEvents();
    QApplication::processEvents();
    if (view.grab().save(file))
        QTextStream(stdout) << file << Qt::endl;
}

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    const QDir folder(app.arguments().value(1, QDir::tempPath()));
    Ui::Theme theme(app);
    Models::TranscriptModel model{Testing::knownTools()};
    Ui::TranscriptView view(theme);
    view.resize(637, 1000);
    view.setModel(&model);
    Testing::playSampleConversation(model);
    view.show();
    for (const bool dark : {false, true}) {
        theme.setChoice(dark ? Ui::Theme::Choice::Dark : Ui::Theme::Choice::Light);
        const QString scheme = dark ? u"dark"_s : u"light"_s;
        view.jumpToLatest();
        QApplication::processEvents();
        grab(view, folder.filePath(u"transcript-%1-end.png"_s.arg(scheme)));
        view.verticalScrollBar()->setValue(0);
        grab(view, folder.filePath(u"transcript-%1.png"_s.arg(scheme)));
        const auto lines = view.findChildren<Ui::DisclosureLine *>();
        for (auto *line : lines) {
            if (line->isVisible() && !line->isOpen())
                line->click();
        }
        view.verticalScrollBar()->setValue(0);
        grab(view, folder.filePath(u"transcript-%1-open.png"_s.arg(scheme)));
        for (auto *line : lines) {
            if (line->isVisible() && line->isOpen())
                line->click();
        }
    }
    return 0;
}
