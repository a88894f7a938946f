// SPDX-License-Identifier: MIT
// Pictures of the composer's gauge and model picker in light and dark, for people to look at:
// look_models FOLDER
#include "scriptedworkspace.h"
#include "ui/widgets/menubutton.h"
#include "ui/window/mainwindow.h"

#include <QApplication>
#include <QDir>
#include <QMenu>
#include <QTextStream>
#include <QTimer>

using namespace Meanwhile;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

static void fill(ScriptedWorkspace &workspace)
{
    workspace.current.provider = u"anthropic"_s;
    workspace.current.model = u"claude-sonnet-4-5"_s;
    workspace.current.thinking = u"low"_s;
    workspace.modelFacts =
        Llm::ModelCatalog::builtIn().factsFor(QUrl(u"https://api.anthropic.com"_s), workspace.current.model);
    workspace.modelFacts.contextWindow = 1'000;
    workspace.servers = {{u"Ollama"_s, u"http://127.0.0.1:11434/v1"_s}};
    workspace.listed = {{u"anthropic"_s, QVector<Llm::ModelInfo>{{u"claude-opus-4-5"_s, u"Claude Opus 4.5"_s},
                                             {u"claude-sonnet-4-5"_s, u"Claude Sonnet 4.5"_s},
                                             {u"claude-haiku-4-5"_s, u"Claude Haiku 4.5"_s}}},
        {u"openai"_s,
            failure(ErrorKind::Authentication, u"There is no key for OpenAI yet. Add one in Settings."_s)},
        {u"http://127.0.0.1:11434/v1"_s, QVector<Llm::ModelInfo>{{u"qwen3:8b"_s, {}}}},
        {u"demo"_s, QVector<Llm::ModelInfo>{{u"demo"_s, u"Demo (offline)"_s}}}};
}

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    if (argc < 2) {
        QTextStream(stderr) << "usage: look_models FOLDER\n";
        return 2;
    }
    const QDir folder(QString::fromLocal8Bit(argv[1]));
    Ui::Theme theme(application);
    ScriptedWorkspace workspace;
    fill(workspace);
    const QTemporaryDir state;
    StatePaths paths;
    paths.state = state.path();
    Ui::MainWindow window(workspace, workspace, workspace, theme, paths);
    window.resize(1280, 800);
    window.show();
    window.openFolder(u"/p/shop"_s);
    Llm::Price price;
    price.kind = Llm::Price::Kind::Known;
    price.rates = {3'000'000'000, 15'000'000'000, {}, {}};
    workspace.controller->setClient(&workspace.client, workspace.current.model, price);
    window.send(u"Why is the build red?"_s);
    workspace.client.stream->answer(u"A test expects the old name. Shall I change it?"_s);
    auto *button = window.findChild<Ui::MenuButton *>(u"modelButton"_s);
    QTimer::singleShot(300ms, &window, [&] { button->open(); });
    QTimer::singleShot(900ms, &window, [&] {
        for (const auto &[choice, name] :
            {std::pair{Ui::Theme::Choice::Light, u"light"_s}, {Ui::Theme::Choice::Dark, u"dark"_s}}) {
            theme.setChoice(choice);
            button->openMenu()->grab().save(folder.filePath(u"models-%1.png"_s.arg(name)));
            window.grab().save(folder.filePath(u"composer-%1.png"_s.arg(name)));
        }
        application.quit();
    });
    return application.exec();
}
