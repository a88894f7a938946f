// SPDX-License-Identifier: MIT
#include "ui/composer/composer.h"

#include "images/imageheader.h"
#include "ui/composer/attachmentrow.h"
#include "ui/composer/composeredit.h"
#include "ui/composer/contextgauge.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/menubutton.h"
#include "ui/widgets/pathtext.h"
#include "ui/widgets/spoken.h"
#include "ui/widgets/theme.h"

#include <QDir>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLocale>
#include <QMimeData>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QVBoxLayout>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

Composer::Composer(Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_edit(new ComposerEdit(this))
    , m_images(new AttachmentRow(theme, this))
{
    setObjectName(u"composer"_s);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_edit->setObjectName(u"composerEdit"_s);
    m_edit->setAccessibleName(tr("Message"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 12, 14, 10);
    layout->setSpacing(12);
    layout->addWidget(m_images);
    layout->addWidget(m_edit);
    layout->addWidget(makeRow(theme));
    setFocusProxy(m_edit);
    m_images->setTabBefore(m_edit);

    m_typing.setSingleShot(true);
    m_typing.setInterval(1'500);
    connect(&m_typing, &QTimer::timeout, this, &Composer::endTyping);
    connect(m_edit, &ComposerEdit::sendRequested, this, &Composer::send);
    connect(m_edit, &ComposerEdit::editLastQueuedRequested, this, &Composer::editLastQueuedRequested);
    connect(m_edit, &ComposerEdit::pasteRefused, this, [this](qsizetype chars) {
        emit refused(tr("The pasted text is too long for a message (%1 characters). Save it as a file and "
                        "attach the file.")
                         .arg(QLocale().toString(chars)));
    });
    connect(m_edit, &ComposerEdit::filesPasted, this, &Composer::attach);
    connect(m_edit, &ComposerEdit::imagePasted, this, &Composer::attachFrom);
    connect(m_edit, &QPlainTextEdit::textChanged, this, &Composer::noteChange);
    connect(m_images, &AttachmentRow::changed, this, &Composer::noteImages);
    connect(m_images, &AttachmentRow::left, this, &Composer::takeFocus);
    connect(m_images, &AttachmentRow::tooMany, this, [this] {
        emit refused(tr("At most %1 images go into one message. The others were left out.")
                         .arg(AttachmentRow::kMaxImages));
    });
    noteChange();
}

QWidget *Composer::makeRow(Theme &theme)
{
    auto *row = new QWidget(this);
    m_model = new MenuButton(MenuButton::Opens::Above, row);
    m_model->setObjectName(u"modelButton"_s);
    m_model->setAccessibleName(tr("Model"));
    m_model->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_model->setToolTip(tr("Choose model and provider (Ctrl+M)"));
    auto *attach = new QPushButton(themedIcon(theme, u"paperclip"_s), tr("Attach"), row);
    attach->setIconSize(kIconBesideText);
    attach->setObjectName(u"attachButton"_s);
    attach->setToolTip(tr("Attach images or mention files (Ctrl+Shift+A)"));
    attach->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_A));
    m_context = new ContextGauge(theme, row);
    m_context->setObjectName(u"contextGauge"_s);
    m_cost = new ElidedLabel(row);
    m_cost->setObjectName(u"costText"_s);
    m_cost->setAccessibleDescription(tr("Cost of this session"));
    m_cost->setForegroundRole(QPalette::PlaceholderText);
    m_stop = new QPushButton(tr("Stop"), row);
    m_stop->setObjectName(u"stopButton"_s);
    m_stop->setToolTip(
        tr("Stop the agent and the command it waits for; background tasks keep running (Esc)"));
    m_stop->hide();
    m_send = new QPushButton(tr("Send"), row);
    m_send->setObjectName(u"sendButton"_s);
    m_send->setToolTip(tr("Send (Enter). Shift+Enter starts a new line."));
    m_send->setProperty("primary", true);
    // A click on one of them leaves the focus where the person writes.
    for (QPushButton *button : {attach, m_stop, m_send})
        button->setFocusPolicy(Qt::TabFocus);
    connect(attach, &QPushButton::clicked, this, &Composer::attachRequested);
    connect(m_stop, &QPushButton::clicked, this, &Composer::stopRequested);
    connect(m_send, &QPushButton::clicked, this, &Composer::send);

    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_model);
    layout->addWidget(attach);
    layout->addWidget(m_context);
    layout->addWidget(m_cost);
    layout->addStretch(1);
    layout->addWidget(m_stop);
    layout->addWidget(m_send);
    return row;
}

QString Composer::text() const
{
    return m_edit->toPlainText();
}

void Composer::setText(const QString &text)
{
    const QScopedValueRollback own(m_isOwnChange, true);
    m_edit->replaceText(text);
}

void Composer::showDraft(const QString &text)
{
    setText(text);
    m_edit->document()->clearUndoRedoStacks();
}

void Composer::putBefore(const QString &text)
{
    if (text.isEmpty())
        return;
    const QString written = this->text();
    setText(written.trimmed().isEmpty() ? text : text + u'\n' + written);
}

void Composer::attach(const QStringList &paths)
{
    QStringList named;
    QStringList shown;
    for (const QString &given : paths) {
        const QString path = QDir::cleanPath(given);
        const bool isImage = Images::isImageName(path);
        if (isImage)
            shown += path;
        if (!isImage || (!m_projectFolder.isEmpty() && path.startsWith(m_projectFolder + u'/')))
            named += path;
    }
    m_images->addFiles(shown);
    takeFocus();
    if (named.isEmpty())
        return;
    QTextCursor cursor = m_edit->textCursor();
    const bool needsSpace =
        cursor.positionInBlock() > 0 && !m_edit->document()->characterAt(cursor.position() - 1).isSpace();
    cursor.insertText((needsSpace ? u" "_s : QString()) + pathsForMessage(named, m_projectFolder) + u' ');
}

void Composer::attachFrom(const QMimeData *source)
{
    m_images->addFrom(*source);
    takeFocus();
}

QVector<Conversation::ImageBlock> Composer::images() const
{
    return m_images->images();
}

void Composer::setImages(const QVector<Conversation::ImageBlock> &images)
{
    m_images->clear();
    m_images->addImages(images);
}

void Composer::addImages(const QVector<Conversation::ImageBlock> &images)
{
    m_images->addImages(images);
}

bool Composer::isEmpty() const
{
    return text().trimmed().isEmpty() && images().isEmpty() && !isPreparing();
}

bool Composer::isPreparing() const
{
    return m_images->has(AttachmentChip::State::Preparing);
}

void Composer::takeFocus()
{
    m_edit->setFocus();
}

bool Composer::takeTyped(const QKeyEvent &event)
{
    const QString letters = event.text();
    const bool isText =
        !letters.isEmpty() && (letters.front().isPrint() || letters.front().isHighSurrogate());
    // No message begins with a space, which presses buttons and scrolls elsewhere.
    if (!isText || event.key() == Qt::Key_Space || m_edit->hasFocus() ||
        (event.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier)))
        return false;
    takeFocus();
    QKeyEvent here(event.type(), event.key(), event.modifiers(), letters, event.isAutoRepeat());
    static_cast<QObject *>(m_edit)->event(&here); // not sent: what it leaves must not come back here
    return true;
}

void Composer::setPlaceholder(const QString &text)
{
    m_edit->setPlaceholderText(text);
    m_edit->viewport()->update(); // 6.4 leaves the old words on the screen
}

void Composer::setContext(qint64 used, qint64 limit)
{
    m_context->setTokens(used, limit);
}

void Composer::setCost(const QString &text, const QString &details)
{
    m_cost->setText(text);
    m_cost->setToolTip(details);
    Spoken::setDescription(*m_cost, details);
    m_cost->setVisible(!text.isEmpty());
}

void Composer::setWorking(bool working)
{
    // A hidden button hands its focus on; the person's next key belongs into the text.
    if (!working && m_stop->hasFocus())
        takeFocus();
    m_stop->setVisible(working);
}

void Composer::setModelText(const QString &model)
{
    m_model->setChoice(model);
    Spoken::setDescription(*m_model, model);
}

void Composer::send()
{
    if (isEmpty())
        return;
    if (isPreparing()) {
        m_sendsWhenReady = true;
        return;
    }
    m_sendsWhenReady = false;
    const QString message = text().trimmed();
    const QVector<Conversation::ImageBlock> images = m_images->images();
    m_edit->replaceText({});
    m_images->clear();
    endTyping();
    emit submitted(message, images);
    takeFocus();
}

void Composer::noteChange()
{
    m_sendsWhenReady = false; // not finished after all
    m_send->setEnabled(!isEmpty());
    emit draftChanged();
    if (text().trimmed().isEmpty()) {
        endTyping();
        return;
    }
    if (m_isOwnChange)
        return;
    m_typing.start();
    if (!m_isTyping) {
        m_isTyping = true;
        emit typingChanged(true);
    }
}

void Composer::noteImages()
{
    m_send->setEnabled(!isEmpty());
    emit draftChanged();
    if (!m_sendsWhenReady || isPreparing())
        return;
    if (m_images->has(AttachmentChip::State::Failed))
        m_sendsWhenReady = false;
    else
        send();
}

void Composer::endTyping()
{
    m_typing.stop();
    if (!m_isTyping)
        return;
    m_isTyping = false;
    emit typingChanged(false);
}

} // namespace Meanwhile::Ui
