// SPDX-License-Identifier: MIT
#include "ui/composer/approvalbar.h"

#include "ui/composer/exacttext.h"
#include "ui/composer/keyhintbutton.h"
#include "ui/composer/legibletext.h"
#include "ui/theme.h"

#include <QAccessible>
#include <QApplication>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QShortcut>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;
using Agent::ApprovalAnswer;
using Tools::Intent;

static constexpr int kMinDetailsWidth = 160;
static constexpr ApprovalAnswer kAnswers[] = {
    ApprovalAnswer::Deny, ApprovalAnswer::AllowForSession, ApprovalAnswer::AllowOnce};

static QString titleOf(const Intent &intent)
{
    switch (intent.kind) {
    case Intent::Kind::Read:
        return intent.leavesProject ? ApprovalBar::tr("Read outside the project?")
                                    : ApprovalBar::tr("Read this file?");
    case Intent::Kind::Write:
        return intent.leavesProject ? ApprovalBar::tr("Write outside the project?")
                                    : ApprovalBar::tr("Write this file?");
    case Intent::Kind::Stop:
        return ApprovalBar::tr("Stop this task?");
    case Intent::Kind::Inform:
    case Intent::Kind::Execute:
        break;
    }
    return ApprovalBar::tr("Run this command?");
}

// How far "for session" goes, as Permissions::Policy::allowForSession() has it.
static QString sessionHint(Intent::Kind kind)
{
    if (kind == Intent::Kind::Execute) {
        return ApprovalBar::tr("Don't ask again for this exact command until Meanwhile quits.");
    }
    if (kind == Intent::Kind::Write) {
        return ApprovalBar::tr("Writing to exactly this file is not asked about again until Meanwhile is "
                               "closed. To any other one it is.");
    }
    return ApprovalBar::tr(
        "Exactly this is not asked about again until Meanwhile is closed. Anything else is.");
}

static QString verbOf(Intent::Kind kind)
{
    switch (kind) {
    case Intent::Kind::Read:
        return ApprovalBar::tr("Read");
    case Intent::Kind::Write:
        return ApprovalBar::tr("Write");
    case Intent::Kind::Stop:
        return ApprovalBar::tr("Stop");
    case Intent::Kind::Inform:
    case Intent::Kind::Execute:
        break;
    }
    return ApprovalBar::tr("Run");
}

ApprovalBar::ApprovalBar(Theme &theme, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_title(new QLabel(this))
    , m_where(new QLabel(this))
    , m_count(new QLabel(this))
    , m_exact(new ExactText(theme, this))
    , m_buttonRow(new QWidget(this))
{
    setObjectName(u"approvalBar"_s);
    setFocusPolicy(Qt::ClickFocus);
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_title->setObjectName(u"approvalTitle"_s);
    m_where->setObjectName(u"approvalWhere"_s);
    m_where->setForegroundRole(QPalette::PlaceholderText);
    m_where->setWordWrap(true);
    m_where->setTextFormat(Qt::PlainText);
    m_title->setTextFormat(Qt::PlainText);
    m_count->setObjectName(u"approvalCount"_s);
    m_count->setForegroundRole(QPalette::PlaceholderText);
    m_exact->setObjectName(u"approvalExact"_s);
    m_exact->setAccessibleName(tr("Exactly this"));

    addButtons();
    layOut();
    m_arming.setSingleShot(true);
    m_arming.setInterval(500);
    connect(&m_arming, &QTimer::timeout, this, &ApprovalBar::arm);
    connect(qApp, &QApplication::focusChanged, this, &ApprovalBar::showHints);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    disarm();
    hide();
}

ApprovalBar::~ApprovalBar()
{
    // The focus still moves while the widget beneath is taken down.
    disconnect(qApp, nullptr, this, nullptr);
}

void ApprovalBar::addButtons()
{
    const QString names[] = {tr("Deny"), tr("Allow for this session"), tr("Run")};
    const QString objectNames[] = {u"denyButton"_s, u"allowForSessionButton"_s, u"allowButton"_s};
    auto *layout = new QHBoxLayout(m_buttonRow);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    for (int i = 0; i < 3; ++i) {
        const QString shortcutText = tr("Alt+%1").arg(i + 1);
        auto *button = new KeyHintButton(m_theme, shortcutText, m_buttonRow);
        button->setText(names[i]);
        button->setObjectName(objectNames[i]);
        button->setProperty("primary", i == 2);
        // Space and Enter belong to the person's typing until they have come here on purpose.
        button->setFocusPolicy(Qt::TabFocus);
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, [this, i] { answer(kAnswers[i]); });
        layout->addWidget(button);
        m_buttons += button;

        auto *shortcut = new QShortcut(QKeySequence(Qt::ALT | Qt::Key(Qt::Key_1 + i)), this);
        shortcut->setAutoRepeat(false);
        connect(shortcut, &QShortcut::activated, this, [this, i] { answer(kAnswers[i]); });
        m_shortcuts += shortcut;
    }
}

void ApprovalBar::layOut()
{
    auto *head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(m_title);
    head->addWidget(m_where, 1);
    head->addWidget(m_count);
    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(14, 10, 14, 10);
    layout->setHorizontalSpacing(12);
    layout->setVerticalSpacing(6);
    layout->addLayout(head, 0, 0);
    layout->addWidget(m_exact, 1, 0, 1, 2);
    layout->addWidget(m_buttonRow, 0, 1);
    layout->setColumnStretch(0, 1);
}

// Beside the question where there is room, below the text in a narrow column.
void ApprovalBar::placeButtons()
{
    auto *grid = static_cast<QGridLayout *>(layout());
    const int textWidth = m_title->sizeHint().width() + kMinDetailsWidth;
    const bool isBeside = width() >= textWidth + m_buttonRow->sizeHint().width();
    const bool wasBeside = grid->itemAtPosition(0, 1) && grid->itemAtPosition(0, 1)->widget() == m_buttonRow;
    if (isBeside == wasBeside)
        return;
    grid->removeWidget(m_buttonRow);
    if (isBeside)
        grid->addWidget(m_buttonRow, 0, 1);
    else
        grid->addWidget(m_buttonRow, 2, 0, 1, 2, Qt::AlignRight);
}

QSize ApprovalBar::minimumSizeHint() const
{
    return {m_buttonRow->minimumSizeHint().width() + 28, QFrame::minimumSizeHint().height()};
}

void ApprovalBar::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    placeButtons();
}

void ApprovalBar::setProjectName(const QString &name)
{
    m_projectName = name;
}

void ApprovalBar::setPending(const QVector<Agent::ApprovalAsked> &pending)
{
    if (pending.isEmpty()) {
        disarm();
        m_arming.stop();
        m_asked = {};
        hide();
        return;
    }
    m_count->setText(tr("1 of %1").arg(pending.size()));
    m_count->setVisible(pending.size() > 1);
    if (isVisibleTo(parentWidget()) && pending.first() == m_asked)
        return;
    showQuestion(pending.first());
}

void ApprovalBar::showQuestion(const Agent::ApprovalAsked &asked)
{
    m_asked = asked;
    m_isAnswered = false;
    disarm();
    const Intent &intent = asked.intent;
    m_title->setText(titleOf(intent));
    // Inside the project the title has said why it asks, unless there is something special about the file.
    const QString where = m_projectName.isEmpty() ? QString() : tr("in %1").arg(m_projectName);
    const bool isPlain = (!intent.leavesProject && intent.why.isEmpty()) || asked.reason.isEmpty();
    const bool isWrite = intent.kind == Intent::Kind::Write && !intent.preview.isEmpty();
    QStringList details;
    if (isWrite)
        details += legibleText(intent.subject);
    details += isPlain ? where : legibleText(asked.reason);
    details.removeAll(QString());
    m_where->setText(details.join(u" · "_s));
    if (isWrite)
        m_exact->setDiff(intent.preview);
    else
        m_exact->setCommand(intent.subject);
    m_buttons[2]->setText(verbOf(intent.kind));
    m_buttons[1]->setToolTip(sessionHint(intent.kind));
    m_buttons[1]->setAccessibleDescription(m_buttons[1]->toolTip());
    setAccessibleName(m_title->text() + u' ' + m_where->text());
    setAccessibleDescription(m_exact->toPlainText().left(2'000));
    show();
    placeButtons();
    m_arming.start();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void ApprovalBar::arm()
{
    m_armed = true;
    for (KeyHintButton *button : std::as_const(m_buttons))
        button->setEnabled(true);
    for (QShortcut *shortcut : std::as_const(m_shortcuts))
        shortcut->setEnabled(true);
}

void ApprovalBar::disarm()
{
    m_armed = false;
    // A disabled button would hand the focus on to the composer, and with it the next key.
    if (focusWidget() && isAncestorOf(QApplication::focusWidget()))
        setFocus();
    for (KeyHintButton *button : std::as_const(m_buttons))
        button->setEnabled(false);
    for (QShortcut *shortcut : std::as_const(m_shortcuts))
        shortcut->setEnabled(false);
}

void ApprovalBar::answer(ApprovalAnswer answer)
{
    if (!m_armed || m_isAnswered)
        return;
    m_isAnswered = true;
    disarm();
    // A copy: whoever hears it may show the next question at once.
    const QString callId = m_asked.callId;
    emit answered(callId, answer);
}

bool ApprovalBar::event(QEvent *event)
{
    // The click that brings the window to the front must not be an answer as well.
    if (event->type() == QEvent::WindowActivate && isVisible() && !m_isAnswered) {
        disarm();
        m_arming.start();
    }
    return QFrame::event(event);
}

void ApprovalBar::keyPressEvent(QKeyEvent *event)
{
    const int index = event->key() - Qt::Key_1;
    const bool isPlain = (event->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
    if (index < 0 || index > 2 || !isPlain) {
        QFrame::keyPressEvent(event);
        return;
    }
    if (!event->isAutoRepeat())
        answer(kAnswers[index]);
}

void ApprovalBar::showHints()
{
    const QWidget *focus = QApplication::focusWidget();
    const bool inside = focus && (focus == this || isAncestorOf(focus));
    for (int i = 0; i < m_buttons.size(); ++i)
        m_buttons[i]->setHint(inside ? QString::number(i + 1) : tr("Alt+%1").arg(i + 1));
}

void ApprovalBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.tokens().accentTint);
    painter.fillRect(0, 0, width(), 2, m_theme.tokens().accent);
}

} // namespace Meanwhile::Ui
