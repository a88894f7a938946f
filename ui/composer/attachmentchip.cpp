// SPDX-License-Identifier: MIT
#include "ui/composer/attachmentchip.h"

#include "ui/pictures/picture.h"
#include "ui/widgets/announcer.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QProgressBar>
#include <QToolButton>
#include <QVBoxLayout>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

static constexpr int kPictureSide = 40;
static constexpr int kNameWidth = 180;
static constexpr int kFailureWidth = 300;

AttachmentChip::AttachmentChip(Theme &theme, const QString &name, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_name(name)
    , m_picture(new QLabel(this))
    , m_title(new QLabel(this))
    , m_facts(new QLabel(tr("Preparing…"), this))
    , m_progress(new QProgressBar(this))
    , m_remove(new QToolButton(this))
{
    setObjectName(u"attachment"_s);
    m_picture->setFixedSize(kPictureSide, kPictureSide);
    m_picture->setAlignment(Qt::AlignCenter);
    m_title->setText(m_title->fontMetrics().elidedText(name, Qt::ElideMiddle, kNameWidth));
    m_facts->setObjectName(u"attachmentFacts"_s);
    m_facts->setFont(Theme::dimFont());
    m_facts->setForegroundRole(QPalette::PlaceholderText);
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(4);
    m_progress->setAccessibleName(tr("Preparing %1").arg(name));
    m_remove->setObjectName(u"removeAttachment"_s);
    m_remove->setIcon(themedIcon(theme, u"x"_s));
    m_remove->setProperty("quiet", true);
    m_remove->setFocusPolicy(Qt::StrongFocus);
    m_remove->setToolTip(tr("Remove (Delete)"));
    m_remove->setAccessibleName(tr("Remove %1").arg(name));
    connect(m_remove, &QToolButton::clicked, this, &AttachmentChip::removeRequested);

    auto *words = new QVBoxLayout;
    words->setSpacing(1);
    words->addWidget(m_title);
    words->addWidget(m_facts);
    words->addWidget(m_progress);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(5, 5, 5, 5);
    layout->setSpacing(8);
    layout->addWidget(m_picture);
    layout->addLayout(words);
    layout->addWidget(m_remove, 0, Qt::AlignVCenter);
    setFacts(m_facts->text());
}

void AttachmentChip::setFacts(const QString &text)
{
    m_facts->setText(text);
    setAccessibleName(m_name + u", "_s + text);
    setToolTip(m_name + u'\n' + text);
}

void AttachmentChip::setReady(const Conversation::ImageBlock &image)
{
    m_state = State::Ready;
    m_image = image;
    m_progress->hide();
    setFacts(pictureFacts(image));
}

void AttachmentChip::setResult(const Result<PreparedImage> &result)
{
    if (result) {
        setReady(result->image);
        QPixmap picture = QPixmap::fromImage(result->thumbnail);
        if (!picture.isNull()) {
            picture.setDevicePixelRatio(double(std::max(picture.width(), picture.height())) / kPictureSide);
            m_picture->setPixmap(picture);
        }
        return;
    }
    m_state = State::Failed;
    m_progress->hide();
    m_picture->hide();
    layout()->setContentsMargins(12, 5, 5, 5);
    const QString words = wordsFor(result.error().kind);
    m_facts->setWordWrap(true);
    m_facts->setFixedSize(m_facts->fontMetrics()
                              .boundingRect(0, 0, kFailureWidth, 1'000, Qt::TextWordWrap, words)
                              .size()
                              .expandedTo({kFailureWidth, 0}));
    setFacts(words);
    colourFailure();
    connect(&m_theme, &Theme::changed, this, &AttachmentChip::colourFailure);
    Announcer::say(*this, accessibleName());
}

void AttachmentChip::colourFailure()
{
    QPalette colours = m_facts->palette();
    colours.setColor(QPalette::PlaceholderText, m_theme.tokens().failed);
    m_facts->setPalette(colours);
}

void AttachmentChip::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        emit removeRequested();
        break;
    default:
        QFrame::keyPressEvent(event);
    }
}

void AttachmentChip::paintEvent(QPaintEvent *)
{
    const Tokens &t = m_theme.tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_state == State::Failed ? t.failed : t.border);
    painter.setBrush(t.code);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
}

} // namespace Meanwhile::Ui
