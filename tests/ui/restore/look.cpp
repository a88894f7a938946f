// SPDX-License-Identifier: MIT
// Pictures of what restoring files shows, in light and dark, for people to look at: look_restore FOLDER
#include "restorebench.h"

#include <QApplication>
#include <QListWidget>
#include <QTextStream>
#include <QTimer>

using namespace Meanwhile;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

static void fill(const Testing::RestoreBench &bench)
{
    bench.put(u"src/cart.cpp"_s,
        "#include \"cart.h\"\n\nint total(const Cart &cart)\n{\n    int sum = 0;\n    for (const "
        "Item &item : cart.items)\n        sum += item.price * item.count;\n    return sum;\n}\n");
    bench.put(u"src/a/very/long/path/to/some/file/that/does/not/fit/into/the/list.txt"_s, "x\n");
    bench.put(u"README.md"_s, "# Webshop\n");
}

static void change(const Testing::RestoreBench &bench)
{
    bench.put(u"src/cart.cpp"_s,
        "#include \"cart.h\"\n\nint total(const Cart &cart)\n{\n    return std::accumulate(cart);\n}\n");
    bench.put(u"src/a/very/long/path/to/some/file/that/does/not/fit/into/the/list.txt"_s, "y\n");
    bench.put(u"src/rounding.cpp"_s, "new\n");
    QFile::remove(bench.folder.filePath(u"README.md"_s));
}

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    if (argc < 2) {
        QTextStream(stderr) << "usage: look_restore FOLDER\n";
        return 2;
    }
    const QDir folder(QString::fromLocal8Bit(argv[1]));
    Testing::RestoreBench bench;
    bench.theme.setChoice(Ui::Theme::Choice::Light);
    fill(bench);
    bench.controller.submit(u"Please rewrite the whole cart so that it rounds the way our bank does it"_s);
    QTimer::singleShot(500ms, &bench.controller, [&] { change(bench); });
    QTimer::singleShot(600ms, &bench.controller, [&] {
        auto *preview = new Ui::RestorePreview(bench.theme, bench.session, bench.firstMessage());
        preview->show();
        QTimer::singleShot(800ms, preview, [&, preview] {
            preview->grab().save(folder.filePath(u"restore-light.png"_s));
            bench.controller.stop();
            preview->findChild<QListWidget *>()->setCurrentRow(1);
            preview->findChild<QListWidget *>()->item(2)->setCheckState(Qt::Unchecked);
            bench.theme.setChoice(Ui::Theme::Choice::Dark);
        });
        QTimer::singleShot(1'600ms, preview, [&, preview] {
            preview->grab().save(folder.filePath(u"restore-dark.png"_s));
            application.quit();
        });
    });
    return QApplication::exec();
}
