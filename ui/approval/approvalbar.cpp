// SPDX-License-Identifier: MIT
#include "ui/approval/approvalbar.h"

#include "ui/widgets/announcer.h"
#include "ui/widgets/exacttext.h"
#include "ui/widgets/keyhintbutton.h"
#include "ui/widgets/legibletext.h"
#include "ui/widgets/spoken.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QShortcut>
#include <QStyle>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;
using Agent::ApprovalAnswer;
using Tools::Effect;
using Tools::Intent;

static constexpr int kMinDetailsWidth = 160;
enum GridRow { HeadRow, WhereRow, ExactRow, BelowRow, ButtonRow };
static constexpr ApprovalAnswer kAnswers[] = {
    ApprovalAnswer::Deny, ApprovalAnswer::AllowForSession, ApprovalAnswer::AllowOnce};

static QString titleOf(const Intent &intent)
{
    switch (intent.effect) {
    case Effect::Read:
        // A glance shows who searches and who reads; both are reading to the policy.
        if (intent.reading == Intent::Reading::Lines)
            return intent.leavesProject ? ApprovalBar::tr("Search outside the project?")
                                        : ApprovalBar::tr("Search here?");
        if (intent.reading == Intent::Reading::Names)
            return intent.leavesProject ? ApprovalBar::tr("List files outside the project?")
                                        : ApprovalBar::tr("List the files here?");
        return intent.leavesProject ? ApprovalBar::tr("Read outside the project?")
                                    : ApprovalBar::tr("Read this file?");
    case Effect::Write:
        return intent.leavesProject ? ApprovalBar::tr("Write outside the project?")
                                    : ApprovalBar::tr("Write this file?");
    case Effect::Stop:
        return ApprovalBar::tr("Stop this task?");
    case Effect::Reach:
        return ApprovalBar::tr("Reach outside this computer?");
    case Effect::Inform:
    case Effect::Execute:
        break;
    }
    return intent.outside.isEmpty() ? ApprovalBar::tr("Run this command?")
                                    : ApprovalBar::tr("Run outside the box?");
}

// How far "for session" goes, as Permissions::Policy::allowForSession() has it.
static QString sessionHint(Effect effect)
{
    if (effect == Effect::Execute) {
        return ApprovalBar::tr("Don't ask again for this exact command until Meanwhile quits.");
    }
    if (effect == Effect::Write) {
        return ApprovalBar::tr(
            "Don't ask again for exactly this file until Meanwhile quits. It still asks for other files.");
    }
    return ApprovalBar::tr(
        "Don't ask again for exactly this until Meanwhile quits. It still asks for anything else.");
}

static constexpr qsizetype kLongestPath = 300; // a longer one stands above the change, where it scrolls

static QString legiblePath(const QString &path)
{
    return legibleText(path).replace(u'\n', u'↵');
}

static constexpr qsizetype kLongestPurpose = 200;

static QString clipped(const QString &purpose)
{
    return purpose.size() > kLongestPurpose ? purpose.left(kLongestPurpose) + u'…' : purpose;
}

static constexpr QChar kMayBreakHere(u'\u200b'); // a label breaks lines at blanks alone

static QString breakable(const QString &text)
{
    constexpr qsizetype kPart = 12;
    QStringList parts;
    for (qsizetype at = 0; at < text.size(); at += kPart)
        parts += text.sliced(at, std::min(kPart, text.size() - at));
    return parts.join(kMayBreakHere);
}

/// What the model says for itself: why it has to leave the box, and what the command is for.
static QString modelsWords(const Intent &intent)
{
    QStringList words;
    for (const QString &said : {intent.outside, intent.purpose}) {
        if (!said.isEmpty())
            words += breakable(legiblePath(clipped(said)));
    }
    return words.isEmpty() ? QString() : ApprovalBar::tr("The model says: %1").arg(words.join(u" · "_s));
}

static QString verbOf(const Intent &intent)
{
    switch (intent.effect) {
    case Effect::Read:
        return intent.reading == Intent::Reading::Lines   ? ApprovalBar::tr("Search")
               : intent.reading == Intent::Reading::Names ? ApprovalBar::tr("List")
                                                          : ApprovalBar::tr("Read");
    case Effect::Write:
        return ApprovalBar::tr("Write");
    case Effect::Stop:
        return ApprovalBar::tr("Stop");
    case Effect::Reach:
        return ApprovalBar::tr("Allow");
    case Effect::Inform:
    case Effect::Execute:
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
    , m_below(new QPushButton(this))
    , m_note(new QLabel(this))
    , m_buttonRow(new QWidget(this))
{
    setObjectName(u"approvalBar"_s);
    Spoken::setRole(*this, QAccessible::AlertMessage);
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
    m_below->setObjectName(u"approvalBelow"_s);
    m_below->setProperty("quiet", true);
    m_below->setFocusPolicy(Qt::TabFocus);
    m_below->setAutoDefault(false);
    m_below->hide();
    m_note->setObjectName(u"approvalNote"_s);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setMinimumHeight(m_below->sizeHint().height()); // the buttons stay under the pointer
    m_note->hide();
    connect(m_below, &QPushButton::clicked, m_exact, &ExactText::scrollOnePage);
    connect(m_exact, &ExactText::scrolled, this, &ApprovalBar::showWhatIsBelow);
    // Queued, since the signal comes while the text is painted; it may be another text by then.
    connect(
        m_exact, &ExactText::endShown, this,
        [this] {
            setEndSeen(m_isEndSeen || (!m_isUnshown && m_exact->isEndInSight()));
            showWhatIsBelow();
        },
        Qt::QueuedConnection);

    addButtons();
    layOut();
    m_arming.setObjectName(u"arming"_s);
    m_arming.setSingleShot(true);
    m_arming.setInterval(500);
    m_arming.setTimerType(Qt::PreciseTimer); // others may fire early
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
    m_head = new QHBoxLayout;
    m_head->setSpacing(8);
    m_head->addWidget(m_title);
    m_head->addWidget(m_where, 1);
    m_head->addWidget(m_count);
    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(14, 10, 14, 10);
    layout->setHorizontalSpacing(12);
    layout->setVerticalSpacing(6);
    layout->addLayout(m_head, HeadRow, 0);
    layout->addWidget(m_exact, ExactRow, 0, 1, 2);
    auto *below = new QHBoxLayout;
    below->setSpacing(8);
    below->addWidget(m_below);
    below->addWidget(m_note);
    below->addStretch(1);
    layout->addLayout(below, BelowRow, 0, 1, 2);
    layout->addWidget(m_buttonRow, HeadRow, 1);
    layout->setColumnStretch(0, 1);
}

// The buttons stand beside the question where there is room, below the text in a narrow column. A reason that
// does not fit beside the title has a line of its own, as wide as the bar; one for leaving the box always.
void ApprovalBar::placeParts()
{
    auto *grid = static_cast<QGridLayout *>(layout());
    const int title = m_title->sizeHint().width();
    const int buttons = m_buttonRow->sizeHint().width();
    const bool isBeside = width() >= title + kMinDetailsWidth + buttons;
    const bool wasBeside = grid->itemAtPosition(HeadRow, 1) != nullptr;
    if (isBeside != wasBeside) {
        grid->removeWidget(m_buttonRow);
        if (isBeside)
            grid->addWidget(m_buttonRow, HeadRow, 1);
        else
            grid->addWidget(m_buttonRow, ButtonRow, 0, 1, 2, Qt::AlignRight);
    }
    const QMargins around = grid->contentsMargins();
    const int room = width() - around.left() - around.right() - title - m_head->spacing() -
                     (isBeside ? buttons + grid->horizontalSpacing() : 0) -
                     (m_count->isHidden() ? 0 : m_count->sizeHint().width() + m_head->spacing());
    const bool isInHead =
        m_asked.intent.outside.isEmpty() && m_where->fontMetrics().horizontalAdvance(m_where->text()) < room;
    if (isInHead == (m_head->indexOf(m_where) >= 0))
        return;
    if (isInHead) {
        grid->removeWidget(m_where);
        m_head->insertWidget(1, m_where, 1);
    } else {
        m_head->removeWidget(m_where);
        grid->addWidget(m_where, WhereRow, 0, 1, 2);
    }
}

void ApprovalBar::showWhatIsBelow()
{
    const int lines = m_exact->linesBelow();
    if (lines == 0 && m_below->hasFocus())
        setFocus(); // a hidden button would hand it to the composer
    m_below->setText(lines == 1 ? tr("1 more line") : tr("%1 more lines").arg(lines));
    m_below->setVisible(lines > 0);
}

void ApprovalBar::setEndSeen(bool seen)
{
    if (seen == m_isEndSeen)
        return;
    m_isEndSeen = seen;
    KeyHintButton *allow = m_buttons[2];
    allow->setProperty("primary", seen);
    allow->setToolTip(seen ? QString()
                      : m_isUnshown
                          ? tr("What would be written is not shown. Choose this twice to allow it.")
                          : tr("Not everything is shown yet. Choosing this scrolls to the end first."));
    allow->style()->unpolish(allow);
    allow->style()->polish(allow);
    allow->update();
}

QSize ApprovalBar::minimumSizeHint() const
{
    return {m_buttonRow->minimumSizeHint().width() + 28, QFrame::minimumSizeHint().height()};
}

void ApprovalBar::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    placeParts();
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
    const QString where =
        m_projectName.isEmpty() ? QString() : tr("in %1").arg(breakable(legiblePath(m_projectName)));
    const bool isPlain =
        (!intent.leavesProject && intent.outside.isEmpty() && intent.why.isEmpty()) || asked.reason.isEmpty();
    // The title has said already that it reads or writes, and whether outside the project.
    const bool isSaid = intent.effect == Effect::Read || intent.effect == Effect::Write;
    const bool isWrite = intent.effect == Effect::Write && !intent.preview.isEmpty();
    m_isUnshown = intent.effect == Effect::Write && intent.preview.isEmpty();
    QStringList details;
    const QString path = isWrite ? legiblePath(intent.subject) : QString();
    const bool isShortPath = path.size() <= kLongestPath;
    if (isWrite && isShortPath)
        details += breakable(path);
    details += isPlain ? where : legibleText(isSaid ? intent.why : asked.reason);
    details += intent.unshown;
    details += modelsWords(intent);
    details.removeAll(QString());
    m_where->setText(details.join(u" · "_s));
    m_isEndSeen = true; // or the words of the last question stay
    setEndSeen(false);
    m_note->hide();
    if (isWrite)
        m_exact->setDiff(intent.preview, isShortPath ? QString() : path);
    else
        m_exact->setCommand(intent.subject);
    m_buttons[2]->setText(verbOf(intent));
    m_buttons[1]->setToolTip(sessionHint(intent.effect));
    m_buttons[1]->setAccessibleDescription(m_buttons[1]->toolTip());
    setAccessibleName(m_title->text() + u' ' + m_where->text().remove(kMayBreakHere));
    setAccessibleDescription(m_exact->toPlainText().left(2'000));
    show();
    placeParts();
    m_arming.start();
    Announcer::say(*this, accessibleName() + u'\n' + accessibleDescription(), Announcer::Urgency::Assertive);
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
    if (answer != ApprovalAnswer::Deny && !m_isEndSeen && (m_isUnshown || !m_exact->isEndInSight()))
        return showEnd();
    m_isAnswered = true;
    disarm();
    // A copy: whoever hears it may show the next question at once.
    const QString callId = m_asked.callId;
    emit answered(callId, answer);
}

void ApprovalBar::showEnd()
{
    m_note->setText(m_isUnshown ? tr("What would be written is not shown. Choose again to allow it.")
                                : tr("This is the end. Choose again to allow it."));
    m_isUnshown = false;
    m_exact->scrollToEnd();
    m_note->show();
    setEndSeen(m_exact->isEndInSight());
    // Pressed twice in haste is no answer. The buttons stay as they are, and the focus with them.
    m_armed = false;
    m_arming.start();
    Announcer::say(*this, m_note->text(), Announcer::Urgency::Assertive);
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
    const Tokens &tokens = m_theme.tokens();
    painter.fillRect(0, 0, width(), 2, m_asked.intent.outside.isEmpty() ? tokens.accent : tokens.waiting);
}

} // namespace Meanwhile::Ui
