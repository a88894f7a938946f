// SPDX-License-Identifier: MIT
// The least that a window must do.
#include <QApplication>
#include <QMainWindow>
#include <QPlainTextEdit>

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    QMainWindow window;
    window.setCentralWidget(new QPlainTextEdit(QStringLiteral("hello")));
    window.resize(1280, 800);
    window.show();
    return QApplication::exec();
}
