// SPDX-License-Identifier: MIT
#include "ui/transcript/thinkingrow.h"

#include "ui/transcript/disclosureline.h"
#include "ui/transcript/shownpart.h"
#include "ui/transcript/textsurface.h"
#include "ui/widgets/spoken.h"
#include "ui/widgets/theme.h"

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

static constexpr int kIndent = 17;

ThinkingRow::ThinkingRow(const Theme &theme, DocumentCache &cache, QWidget *parent)
    : RowWidget(theme, cache, parent)
    , m_line(new DisclosureLine(theme, this))
    , m_surface(new TextSurface(theme, this))
{
    m_line->setObjectName(u"thinkingLine"_s);
    m_surface->setObjectName(u"rowText"_s);
    connect(m_line, &DisclosureLine::clicked, this, [this] {
        state().open = !state().open.value_or(false);
        refresh(false);
        emit resized();
    });
}

QList<TextSurface *> ThinkingRow::surfaces() const
{
    return m_surface->isHidden() ? QList<TextSurface *>() : QList<TextSurface *>{m_surface};
}

QString ThinkingRow::spokenName() const
{
    return row().streaming ? tr("The model is thinking") : tr("The model's thinking");
}

void ThinkingRow::refresh(bool)
{
    const bool open = state().open.value_or(false);
    const Tokens &t = theme().tokens();
    m_line->setParts(
        {{row().streaming ? tr("Thinking…") : tr("Thought"), t.dim}}, row().streaming ? t.accent : t.dim);
    m_line->setOpen(open);
    Spoken::setName(*m_line, spokenName());
    m_surface->setVisible(open);
    if (!open)
        return;
    const auto document = cache().document(uid());
    const qsizetype shown = shownPart(row().text);
    document->setMarkdown(
        shown == row().text.size() ? row().text : row().text.first(shown) + QStringLiteral("\n\n…"));
    if (m_surface->document() == document)
        m_surface->documentChanged();
    else
        m_surface->setDocument(document);
}

QSize ThinkingRow::layOut(const RowRoom &room)
{
    const int width = room.words;
    const QSize line = m_line->sizeHint();
    m_line->setGeometry(0, 0, std::min(line.width(), width), line.height());
    if (m_surface->isHidden())
        return {width, line.height()};
    const int height = m_surface->heightForWidth(width - kIndent);
    m_surface->setGeometry(kIndent, line.height() + 4, width - kIndent, height);
    return {width, line.height() + 4 + height + 2};
}

} // namespace Meanwhile::Ui
