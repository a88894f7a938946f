// SPDX-License-Identifier: MIT
// Pictures of the window in five states, light and dark: screenshots FOLDER
#include "openwindow.h"
#include "support/loopbackserver.h"
#include "support/patience.h"
#include "ui/composer/composer.h"
#include "ui/transcript/disclosureline.h"
#include "ui/transcript/transcriptview.h"

#include <QApplication>
#include <QBuffer>
#include <QCursor>
#include <QFileInfo>
#include <QImage>
#include <QPainter>
#include <QPushButton>
#include <QTest>

#include <cstdio>

using namespace Meanwhile;
using namespace Meanwhile::Testing;
using namespace Qt::StringLiterals;

namespace {

class Photographer {
public:
    Photographer(QString folder, QString theme)
        : m_folder(std::move(folder))
        , m_theme(std::move(theme))
    {
    }

    bool takeAll() { return firstRun() && streaming() && approval() && diff() && images(); }

private:
    std::unique_ptr<OpenWindow> open(const LoopbackServer &server, Permissions::Mode mode)
    {
        QProcessEnvironment environment;
        environment.insert(u"ANTHROPIC_API_KEY"_s, u"scripted"_s);
        App::CommandLine line = OpenWindow::anthropicLine(server.url());
        line.model = u"a-model"_s;
        line.mode = mode;
        auto window = std::make_unique<OpenWindow>(line, environment, m_theme, u"webshop"_s);
        settleAtHome(*window);
        return window;
    }

    // The project as a person would have it, at home rather than in a folder for this run.
    static void settleAtHome(OpenWindow &window)
    {
        qputenv("HOME", QFileInfo(window.project()).path().toLocal8Bit());
        window.window().openFolder(window.project());
    }

    // The last change of a state is painted within a repaint or two.
    bool save(OpenWindow &window, const QString &state)
    {
        const QString file = u"%1/%2-%3.png"_s.arg(m_folder, state, m_theme);
        QImage last;
        const bool still = Testing::waitFor([&] {
            const QImage now = window.window().grab().toImage();
            return std::exchange(last, now) == now;
        });
        std::printf("%s\n", qPrintable(file));
        return still && last.save(file);
    }

    bool firstRun()
    {
        App::CommandLine line;
        line.provider = u"demo"_s;
        OpenWindow window(line, {}, m_theme, u"webshop"_s);
        settleAtHome(window);
        return save(window, u"first-run"_s);
    }

    bool streaming()
    {
        LoopbackServer server;
        server.enqueue(
            anthropicAnswer("I'll start the install beside our work and write the configuration meanwhile.",
                {{"c1", "background_run", R"({"command":"npm install"})"},
                    {"c2", "background_run", R"({"command":"npm run lint"})"},
                    {"c3", "background_run", R"({"command":"npm test"})"},
                    {"c4", "write_file",
                        R"({"path":"config/app.toml","content":"[server]\nport = 8080\nworkers = 4\n"})"}}));
        ScriptedAnswer answer = anthropicAnswer(
            "The install finished: 212 packages, no warnings. The tests run now; lint found two "
            "errors in `cart.ts`:\n\n```bash\nnpm test -- --reporter=dot\nnpm run lint\n```\n\nI look at");
        answer.pieces = answer.pieces.mid(0, 3);
        answer.holdOpen = true;
        server.enqueue(answer);
        const auto window = open(server, Permissions::Mode::Auto);
        window->say(
            u"Install the dependencies, and while that runs create the config file. Then run the tests."_s);
        const bool ready =
            Testing::waitFor([&] { return window->answers().contains(u"I look at"_s); }, 10'000);
        return ready && save(*window, u"streaming"_s);
    }

    bool approval()
    {
        LoopbackServer server;
        server.enqueue(anthropicAnswer("The schema is ready. Next comes the migration.",
            {{"c1", "bash", R"({"command":"npx prisma migrate dev --name init"})"}}));
        const auto window = open(server, Permissions::Mode::Ask);
        window->say(u"Add a table for the orders."_s);
        const bool asked =
            Testing::waitFor([&] { return window->find<QWidget>(u"approvalBar"_s)->isVisible(); });
        // The buttons are armed a moment later.
        const bool armed = asked && Testing::waitFor([&] {
            const auto buttons = window->find<QWidget>(u"approvalBar"_s)->findChildren<QPushButton *>();
            return std::all_of(buttons.begin(), buttons.end(),
                [](const QPushButton *button) { return button->isEnabled(); });
        });
        return armed && save(*window, u"approval"_s);
    }

    bool diff()
    {
        LoopbackServer server;
        const auto window = open(server, Permissions::Mode::Auto);
        QFile file(window->path(u"cart.ts"_s));
        if (!file.open(QIODevice::WriteOnly))
            return false;
        file.write("export function total(items: Item[]): number {\n  let sum = 0;\n  for (const item of "
                   "items) {\n    sum += "
                   "item.price * item.count;\n  }\n  return sum;\n}\n");
        file.close();
        server.enqueue(anthropicAnswer("Prices are cents, so the rounding belongs at the end.",
            {{"c1", "edit_file",
                R"({"path":"cart.ts","old_text":"  return sum;","new_text":"  // Cents: round once, at the end.\n  return Math.round(sum);"})"}}));
        server.enqueue(anthropicAnswer("The total is rounded once now, where it leaves the function."));
        window->say(u"Fix the rounding in the cart."_s);
        const bool done = Testing::waitFor(
            [&] { return window->answers().contains(u"rounded once"_s) && window->isAtRest(); });
        return done && save(*window, u"diff"_s);
    }

    // A page with a heading and lines of text, as a screenshot shows it.
    static QByteArray page(int width, int height, QColor ground, QColor ink)
    {
        QImage image(width, height, QImage::Format_RGB32);
        image.fill(ground);
        QPainter painter(&image);
        painter.fillRect(width / 16, height / 12, width / 3, height / 12, ink);
        for (int y = height / 4; y < height * 9 / 10; y += height / 12)
            painter.fillRect(width / 16, y, width / 2 + (y * 7) % (width / 3), height / 40, ink.lighter(140));
        painter.end();
        QByteArray bytes;
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::WriteOnly);
        image.save(&buffer, "png");
        return bytes;
    }

    bool put(const OpenWindow &window, const QString &name, const QByteArray &bytes)
    {
        QFile file(window.path(name));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
    }

    bool images()
    {
        LoopbackServer server;
        const auto window = open(server, Permissions::Mode::Auto);
        if (!put(*window, u"../broken.png"_s, page(900, 600, Qt::white, Qt::darkGray).chopped(100)) ||
            !put(*window, u"../before.png"_s, page(1'600, 1'000, Qt::white, Qt::darkGray)) ||
            !put(*window, u"../phone.png"_s, page(600, 1'200, QColor(30, 34, 40), Qt::gray)) ||
            !put(*window, u"logo.png"_s, page(480, 320, QColor(20, 90, 160), Qt::white)))
            return false;
        server.enqueue(anthropicAnswer("The page breaks at 600 pixels. I look at the logo, too.",
            {{"c1", "read_file", R"({"path":"logo.png"})"}}));
        server.enqueue(anthropicAnswer("The logo is wider than the column on the telephone."));
        auto *composer = window->window().findChild<Ui::Composer *>();
        composer->attach({window->path(u"../before.png"_s), window->path(u"../phone.png"_s)});
        if (!Testing::waitFor([&] { return composer->images().size() == 2; }))
            return false;
        window->say(u"Why does the second one look so empty?"_s);
        const bool done = Testing::waitFor(
            [&] { return window->answers().contains(u"wider than"_s) && window->isAtRest(); });
        if (auto *line = window->find<Ui::DisclosureLine>(u"toolLine"_s))
            line->click();
        window->find<Ui::TranscriptView>(u"transcript"_s)->jumpToLatest();
        composer->setText(u"And what is wrong with this one?"_s);
        composer->attach({window->path(u"../phone.png"_s), window->path(u"../broken.png"_s)});
        const bool prepared = Testing::waitFor([&] { return composer->images().size() == 1; });
        return done && prepared && save(*window, u"images"_s);
    }

    QString m_folder;
    QString m_theme;
};

} // namespace

// Commands that say what the real ones would, in a home of its own.
static bool prepareHome(const QTemporaryDir &home)
{
    QFile npm(home.filePath(u"bin/npm"_s));
    if (!QDir(home.path()).mkpath(u"bin"_s) || !QDir(home.path()).mkpath(u"src"_s) ||
        !npm.open(QIODevice::WriteOnly))
        return false;
    npm.write("#!/bin/sh\ncase \"$*\" in\n"
              "install) echo 'added 212 packages';;\n"
              "'run lint') echo '2 errors in cart.ts'; exit 1;;\n"
              "test) printf '> vitest run\\n\\n ✓ src/cart.test.ts (14)\\n ✓ src/price.test.ts (9)\\n ✓ "
              "src/user.test.ts (15)\\n'; sleep 600;;\n"
              "esac\n");
    npm.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    qputenv("HOME", home.path().toLocal8Bit());
    qputenv("TMPDIR", home.filePath(u"src"_s).toLocal8Bit());
    qputenv("PATH", home.filePath(u"bin:"_s).toLocal8Bit() + qgetenv("PATH"));
    return true;
}

int main(int argc, char **argv)
{
    const QTemporaryDir home;
    if (!prepareHome(home))
        return 1;
    QApplication app(argc, argv);
    QCursor::setPos(640, 300); // over nothing that changes under the pointer
    if (argc != 2 || !QDir().mkpath(QString::fromLocal8Bit(argv[1]))) {
        std::fputs("Give the folder the pictures go to.\n", stderr);
        return 2;
    }
    for (const QString &theme : {u"light"_s, u"dark"_s}) {
        if (!Photographer(QString::fromLocal8Bit(argv[1]), theme).takeAll())
            return 1;
    }
    return 0;
}
