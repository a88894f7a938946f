// SPDX-License-Identifier: MIT
// Pictures of the sidebar in light and dark, for people to look at: look_sessions FOLDER
#include "listedsession.h"
#include "models/sessionlistmodel.h"
#include "ui/sessions/sessionlist.h"
#include "ui/sessions/sessionsidebar.h"
#include "ui/widgets/theme.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QLineEdit>
#include <QMenu>
#include <QTextStream>
#include <QTimer>

using namespace Meanwhile;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Models::SessionListModel;
using Models::SessionState;
using Store::SessionSummary;
using Testing::listedSession;

static QVector<SessionSummary> listed()
{
    const QString shop = u"/home/eva/src/webshop"_s;
    const QString board = u"/home/eva/src/firmware"_s;
    QVector<SessionSummary> all{listedSession(u"1"_s, shop, 90, u"Install and configure"_s),
        listedSession(u"2"_s, shop, 80, u"Fix the cart rounding"_s),
        listedSession(u"3"_s, shop, 70, u"Upgrade to Node 22"_s),
        listedSession(u"4"_s, shop, 60, u"Why does the checkout page take four seconds to load?"_s),
        listedSession(u"5"_s, board, 50, u"Flash over serial"_s),
        listedSession(u"6"_s, board, 40, u"이미지 크기를 줄여 주세요"_s),
        listedSession(u"7"_s, board, 30, QString()), listedSession(u"8"_s, shop, 20, u"An old idea"_s),
        listedSession(u"9"_s, board, 10, u"Blink"_s)};
    all[7].isArchived = true;
    all[8].isArchived = true;
    return all;
}

namespace {

struct Shown {
    SessionListModel model;
    Ui::SessionSidebar sidebar;

    explicit Shown(const Ui::Theme &theme)
        : sidebar(theme)
    {
        sidebar.setModel(&model);
        sidebar.resize(Ui::SessionSidebar::kWidth, 480);
        sidebar.show();
    }
    Ui::SessionList *list() const { return sidebar.findChild<Ui::SessionList *>(); }
    void fill()
    {
        model.setSessions(listed());
        model.setCurrent(u"1"_s);
        model.setState(u"1"_s, SessionState::Working);
        model.setState(u"3"_s, SessionState::WaitsForPerson);
        model.setState(u"5"_s, SessionState::TasksRun);
        model.setUnfolded(u"/home/eva/src/webshop"_s, true);
    }
    void search(const QString &text, const QVector<Store::SessionHit> &hits)
    {
        sidebar.findChild<QLineEdit *>(u"sessionSearch"_s)->setText(text);
        sidebar.setHits(text, hits);
    }
    void remove(const QString &id)
    {
        list()->setCurrentIndex(model.index(model.rowOf(id)));
        sidebar.findChild<QAction *>(u"sessionDelete"_s)->trigger();
        model.remove(id);
    }
};

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    if (argc < 2) {
        QTextStream(stderr) << "usage: look_sessions FOLDER\n";
        return 2;
    }
    const QDir folder(QString::fromLocal8Bit(argv[1]));
    Ui::Theme theme(application);
    Shown empty(theme);
    Shown nothing(theme);
    nothing.fill();
    nothing.search(u"kubernetes"_s, {});
    Shown found(theme);
    found.fill();
    found.search(u"크기"_s,
        {{u"2"_s, u"m"_s, u"…the cart shows a rounding of 크기 that nobody expects, and…"_s},
            {u"6"_s, {}, {}}, {u"8"_s, u"n"_s, u"크기를 먼저 재고 나서 줄이는 편이 낫습니다. 그다음…"_s}});
    Shown removed(theme);
    removed.fill();
    removed.remove(u"4"_s);
    Shown shown(theme);
    shown.fill();
    shown.list()->setCurrentIndex(shown.model.index(2));
    Shown renaming(theme);
    renaming.fill();
    renaming.list()->setCurrentIndex(renaming.model.index(renaming.model.rowOf(u"2"_s)));
    renaming.list()->edit(renaming.list()->currentIndex());
    const auto saveAll = [&](const QList<std::pair<QWidget *, QString>> &widgets) {
        for (const auto &[choice, name] :
            {std::pair{Ui::Theme::Choice::Light, u"light"_s}, {Ui::Theme::Choice::Dark, u"dark"_s}}) {
            theme.setChoice(choice);
            for (const auto &[widget, what] : widgets)
                widget->grab().save(folder.filePath(u"sessions-%1-%2.png"_s.arg(what, name)));
        }
    };
    auto *menu = shown.sidebar.findChild<QMenu *>(u"sessionMenu"_s);
    QTimer::singleShot(400ms, &application, [&] {
        saveAll({{&found.sidebar, u"found"_s}, {&nothing.sidebar, u"nothing"_s}, {&empty.sidebar, u"empty"_s},
            {&removed.sidebar, u"removed"_s}, {&renaming.sidebar, u"renaming"_s}});
        shown.sidebar.activateWindow();
        shown.list()->setFocus();
    });
    QTimer::singleShot(800ms, &application, [&] {
        saveAll({{&shown.sidebar, u"list"_s}});
        emit shown.list()->menuRequested(shown.model.index(2), QPoint());
        saveAll({{menu, u"menu"_s}});
        application.quit();
    });
    return application.exec();
}
