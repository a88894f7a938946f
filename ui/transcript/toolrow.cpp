// SPDX-License-Identifier: MIT
#include "ui/transcript/toolrow.h"

#include "models/difflines.h"
#include "ui/pictures/thumbnailstrip.h"
#include "ui/transcript/disclosureline.h"
#include "ui/transcript/linkbutton.h"
#include "ui/transcript/panel.h"
#include "ui/transcript/textsurface.h"
#include "ui/widgets/spoken.h"
#include "ui/widgets/theme.h"

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;
using Models::Tone;
using CallState = Models::TranscriptRow::CallState;

static constexpr int kPanelGap = 6;

static QColor colorOf(Tone tone, const Tokens &t)
{
    switch (tone) {
    case Tone::Active:
        return t.accent;
    case Tone::Waiting:
    case Tone::Unknown:
        return t.waiting;
    case Tone::Done:
        return t.done;
    case Tone::Failed:
        return t.failed;
    case Tone::Ended:
        break;
    }
    return t.dim;
}

ToolRow::ToolRow(const Theme &theme, DocumentCache &cache, ThumbnailCache &thumbnails, QWidget *parent)
    : RowWidget(theme, cache, parent)
    , m_line(new DisclosureLine(theme, this))
    , m_background(new LinkButton(theme, tr("Continue in background"), this))
    , m_stop(new LinkButton(theme, tr("Stop"), this))
    , m_showTask(new LinkButton(theme, tr("Show task"), this))
    , m_images(new ThumbnailStrip(theme, thumbnails, this))
{
    m_line->setObjectName(u"toolLine"_s);
    m_background->setObjectName(u"continueInBackground"_s);
    m_stop->setObjectName(u"stopTask"_s);
    m_showTask->setObjectName(u"showTask"_s);
    connect(m_line, &DisclosureLine::clicked, this, &ToolRow::toggle);
    connect(m_background, &LinkButton::clicked, this,
        [this] { emit commanded(ContinueInBackground{row().taskId}); });
    connect(m_stop, &LinkButton::clicked, this, [this] { emit commanded(StopTask{row().taskId}); });
    connect(m_showTask, &LinkButton::clicked, this, [this] { emit commanded(ShowTask{row().taskId}); });
}

QString ToolRow::messageText() const
{
    QStringList parts{Models::plainText(row()), row().input, row().diff, row().output};
    parts.removeAll(QString());
    return parts.join(u"\n\n"_s);
}

QList<TextSurface *> ToolRow::surfaces() const
{
    QList<TextSurface *> surfaces;
    for (const Panel *panel : {m_input, m_output}) {
        if (panel && !panel->isHidden())
            surfaces.append(panel->surface());
    }
    return surfaces;
}

// How long a command has run by now is read in the row's line; a name that ticks would be spoken each second.
QString ToolRow::spokenName() const
{
    Models::TranscriptRow said = row();
    if (said.tone == Tone::Active)
        said.elapsed.clear();
    return Models::plainText(said);
}

QString ToolRow::spokenLine() const
{
    return Models::plainText(row());
}

/// A short change is shown as soon as it is made; everything else waits to be opened.
bool ToolRow::isOpen() const
{
    if (state().open)
        return *state().open;
    return !row().diff.isEmpty() && row().callState == CallState::Done &&
           Models::parseDiff(row().diff).size() <= Panel::kFoldedLines;
}

void ToolRow::toggle()
{
    state().open = !isOpen();
    refresh(false);
    emit resized();
}

void ToolRow::refresh(bool isOther)
{
    refreshLine();
    refreshPanels(isOther);
    // Closed, it lets its bytes go.
    m_images->setImages(uid(), isOpen() ? row().images : QVector<Conversation::ImageBlock>());
}

void ToolRow::refreshLine()
{
    const Tokens &t = theme().tokens();
    const QColor tone = colorOf(row().tone, t);
    QVector<DisclosureLine::Part> parts{{row().verb, t.text}, {row().subject, t.dim}};
    if (!row().outside.isEmpty())
        parts.append({row().outside, t.dim});
    const bool isPlainEnd = row().callState == CallState::Done && row().taskId.isEmpty();
    if (!row().diff.isEmpty() && isPlainEnd) {
        for (const QString &count : row().summary.split(u' ', Qt::SkipEmptyParts))
            parts.append({count, count.startsWith(u'−') ? t.failed : t.done});
    } else if (const QString summary = Models::summaryText(row()); !summary.isEmpty()) {
        parts.append({isPlainEnd ? summary : row().shape + u' ' + summary, isPlainEnd ? t.dim : tone});
    } else if (!isPlainEnd) {
        const bool waits = row().callState == CallState::Writing;
        parts.append({waits ? row().shape + u' ' + tr("waiting") : row().shape, tone});
    }
    const bool isDimmed = row().tone == Tone::Done || row().tone == Tone::Ended;
    m_line->setNote(row().outsideTip);
    m_line->setParts(parts, isDimmed ? t.dim : tone);
    m_line->setOpenable(!row().input.isEmpty() || !row().output.isEmpty() || !row().diff.isEmpty() ||
                        !row().images.isEmpty());
    m_line->setOpen(isOpen());
    Spoken::setName(*m_line, spokenName());
    m_background->setVisible(row().waitsForTask);
    m_stop->setVisible(row().waitsForTask);
    m_showTask->setVisible(row().hasTask && !row().waitsForTask);
    Spoken::setName(*m_background, tr("Continue %1 in background").arg(row().subject));
    Spoken::setName(*m_stop, tr("Stop %1").arg(row().subject));
    Spoken::setName(*m_showTask, tr("Show the task %1").arg(row().subject));
}

Panel *ToolRow::makePanel(const QString &name, bool RowState::*whole)
{
    auto *panel = new Panel(theme(), this);
    panel->setObjectName(name);
    connect(panel, &Panel::showAllRequested, this, [this, whole] {
        state().*whole = true;
        m_shownInput.clear();
        m_shownOutput.clear();
        refresh(true);
        emit resized();
    });
    return panel;
}

void ToolRow::refreshPanels(bool isOther)
{
    const bool open = isOpen();
    if (open && !m_input) {
        m_input = makePanel(u"inputPanel"_s, &RowState::wholeInput);
        m_output = makePanel(u"outputPanel"_s, &RowState::wholeOutput);
    }
    if (!m_input)
        return;
    const bool hasDiff = !row().diff.isEmpty();
    const QString input = hasDiff ? row().diff : row().input;
    // What a write answers says nothing that its change does not show.
    const bool isTold = hasDiff && row().callState == CallState::Done;
    const QString output = isTold ? QString() : row().output;
    m_input->setVisible(open && !input.isEmpty());
    m_output->setVisible(open && !output.isEmpty());
    if (open && !input.isEmpty() && (isOther || input != m_shownInput)) {
        if (hasDiff)
            m_input->showDiff(row().subject, input, state().wholeInput);
        else
            m_input->showText(tr("Input"), input, state().wholeInput);
    }
    if (open && !output.isEmpty() && (isOther || output != m_shownOutput))
        m_output->showText(tr("Output"), output, state().wholeOutput);
    m_shownInput = open ? input : QString();
    m_shownOutput = open ? output : QString();
}

QSize ToolRow::layOut(const RowRoom &room)
{
    const int width = room.words;
    int widest = width;
    const int line = m_line->sizeHint().height();
    int right = width;
    for (LinkButton *button : {m_stop, m_background, m_showTask}) {
        if (button->isHidden())
            continue;
        const QSize size = button->sizeHint();
        right -= size.width();
        button->setGeometry(QRect(QPoint(right, (line - size.height()) / 2), size));
        right -= 4;
    }
    m_line->setGeometry(0, 0, std::min(m_line->sizeHint().width(), right), line);
    int y = line;
    for (Panel *panel : {m_input, m_output}) {
        if (!panel || panel->isHidden())
            continue;
        const int wanted = std::clamp(panel->wantedWidth(), width, room.most);
        const int height = panel->layOut(wanted);
        panel->setGeometry(0, y + kPanelGap, wanted, height);
        widest = std::max(widest, wanted);
        y += height + kPanelGap;
    }
    if (!m_images->isHidden()) {
        const int height = m_images->layOut(width);
        m_images->setGeometry(0, y + kPanelGap, width, height);
        y += height + kPanelGap;
    }
    return {widest, y + (y > line ? kPanelGap + 2 : 0)};
}

} // namespace Meanwhile::Ui
