// SPDX-License-Identifier: MIT
#include "ui/window/firstrunpage.h"

#include "models/visibletext.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/pathtext.h"
#include "ui/widgets/theme.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyleOptionButton>
#include <QStylePainter>
#include <QVBoxLayout>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

static constexpr int kShownFolders = 5;

static QLabel *dimLabel(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setForegroundRole(QPalette::PlaceholderText);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

namespace {

/// Cuts its text with "…" where it does not fit.
class RowButton final : public QPushButton {
public:
    using QPushButton::QPushButton;

protected:
    void paintEvent(QPaintEvent *) override
    {
        QStyleOptionButton option;
        initStyleOption(&option);
        const int width = style()->subElementRect(QStyle::SE_PushButtonContents, &option, this).width();
        option.text = fontMetrics().elidedText(option.text, Qt::ElideRight, width, Qt::TextShowMnemonic);
        QStylePainter(this).drawControl(QStyle::CE_PushButton, option);
    }
};

} // namespace

static QPushButton *rowButton(const QString &text, const QString &objectName, QWidget *parent)
{
    auto *button = new RowButton(text, parent);
    button->setObjectName(objectName);
    button->setProperty("startsLeft", true);
    return button;
}

FirstRunPage::FirstRunPage(Theme &theme, QWidget *parent)
    : QScrollArea(parent)
    , m_theme(theme)
{
    setObjectName(u"firstRunPage"_s);
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    auto *page = new QWidget(viewport());
    auto *column = new QWidget(page);
    column->setMaximumWidth(560);
    m_title = new QLabel(column);
    m_title->setObjectName(u"firstRunTitle"_s);
    QFont big = m_title->font();
    big.setPointSizeF(big.pointSizeF() * 1.5);
    m_title->setFont(big);
    m_title->setWordWrap(true);
    m_title->setTextFormat(Qt::PlainText);
    m_explanation = dimLabel({}, column);
    m_openButton =
        new QPushButton(themedIcon(theme, u"folder-open"_s, &Tokens::onAccent), tr("Open Folder…"), column);
    m_openButton->setIconSize(kIconBesideText);
    m_openButton->setProperty("primary", true);
    m_openButton->setObjectName(u"firstRunOpen"_s);
    m_open = new QWidget(column);
    auto *openLayout = new QHBoxLayout(m_open);
    openLayout->setContentsMargins(0, 4, 0, 0);
    openLayout->addWidget(m_openButton);
    openLayout->addStretch(1);
    m_recent = new QWidget(column);
    m_recentLayout = new QVBoxLayout(m_recent);
    m_recentLayout->setContentsMargins(0, 8, 0, 0);
    m_recentLayout->setSpacing(4);
    connect(m_openButton, &QPushButton::clicked, this, &FirstRunPage::openFolderRequested);

    auto *layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    for (QWidget *widget : std::initializer_list<QWidget *>{
             m_title, m_explanation, m_open, m_recent, makeExamples(column), makeDemoRow(column)})
        layout->addWidget(widget);
    auto *centre = new QVBoxLayout(page);
    centre->setContentsMargins(26, 24, 26, 24);
    centre->addStretch(2);
    centre->addWidget(column);
    centre->addStretch(3);
    setWidget(page);
    setProjectName({});
    setRecentFolders({});
    setIsDemo(false);
}

void FirstRunPage::takeFocus()
{
    m_openButton->setFocus();
}

QWidget *FirstRunPage::makeExamples(QWidget *parent)
{
    auto *box = new QWidget(parent);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 12, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(dimLabel(tr("Try one of these"), box));
    const QString examples[] = {
        tr("Run \"sleep 5 && echo done\" in the background, then create a file while it runs"),
        tr("Start 3 background tasks: \"sleep 2\", \"sleep 4\", \"sleep 6\". Check their status."),
        tr("Run pytest in the background and keep working on other things")};
    int number = 0;
    for (const QString &example : examples) {
        QString shown = example;
        auto *button = rowButton(shown.replace(u'&', u"&&"_s), u"example%1"_s.arg(++number), box);
        button->setAccessibleName(example);
        button->setToolTip(tr("Puts this into the message; nothing is sent yet"));
        button->setMinimumWidth(0);
        button->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        connect(button, &QPushButton::clicked, this, [this, example] { emit exampleChosen(example); });
        layout->addWidget(button);
    }
    return box;
}

QWidget *FirstRunPage::makeDemoRow(QWidget *parent)
{
    m_demo = new QWidget(parent);
    m_demo->setObjectName(u"demoRow"_s);
    auto *layout = new QHBoxLayout(m_demo);
    layout->setContentsMargins(0, 12, 0, 0);
    layout->setSpacing(12);
    layout->addWidget(dimLabel(tr("You are using the offline demo: a small scripted model. Connect a model "
                                  "to get real work done."),
                          m_demo),
        1);
    auto *connectButton = new QPushButton(tr("Connect a model…"), m_demo);
    connectButton->setObjectName(u"connectModelButton"_s);
    connect(connectButton, &QPushButton::clicked, this, &FirstRunPage::settingsRequested);
    layout->addWidget(connectButton);
    return m_demo;
}

void FirstRunPage::setProjectName(const QString &name)
{
    m_title->setText(name.isEmpty() ? tr("Drop a folder here, or open one")
                                    : tr("What would you like to do in %1?").arg(Models::visibleLine(name)));
    m_explanation->setText(
        name.isEmpty()
            ? tr("This becomes your project. Files outside it are read or changed only when you allow it.")
            : tr("Slow commands run in the background; their results are delivered automatically."));
    m_open->setVisible(name.isEmpty());
    m_recent->setVisible(name.isEmpty() && m_recentLayout->count() > 0);
}

void FirstRunPage::setRecentFolders(const QStringList &recent)
{
    const QStringList folders = existingFolders(recent);
    while (QLayoutItem *item = m_recentLayout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    if (!folders.isEmpty())
        m_recentLayout->addWidget(dimLabel(tr("Recent folders"), m_recent));
    const QStringList shown = folders.mid(0, kShownFolders);
    QWidget *before = m_openButton;
    for (const QString &folder : shown) {
        QString text = Models::visibleLine(folderForPeople(folder));
        auto *button = rowButton(
            text.replace(u'&', u"&&"_s), u"recentFolder%1"_s.arg(m_recentLayout->count()), m_recent);
        button->setToolTip(Models::plainToolTip(folder));
        button->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        connect(button, &QPushButton::clicked, this, [this, folder] { emit folderChosen(folder); });
        m_recentLayout->addWidget(button);
        setTabOrder(std::exchange(before, button), button);
    }
    m_recent->setVisible(!folders.isEmpty() && m_open->isVisibleTo(m_open->parentWidget()));
}

void FirstRunPage::setIsDemo(bool isDemo)
{
    m_demo->setVisible(isDemo);
}

} // namespace Meanwhile::Ui
