// SPDX-License-Identifier: MIT
#include "ui/window/boxmark.h"

#include "models/visibletext.h"
#include "ui/widgets/spoken.h"
#include "ui/widgets/theme.h"

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;
using Kind = Permissions::Box; // QFrame has a Box of its own
using Permissions::Mode;

static constexpr qsizetype kMostReason = 300;

static QString nameFor(Kind kind)
{
    switch (kind) {
    case Kind::Unknown:
        break;
    case Kind::Full:
        return BoxMark::tr("Box");
    case Kind::Reduced:
        return BoxMark::tr("Reduced box");
    case Kind::None:
    case Kind::Off:
        return BoxMark::tr("No box");
    }
    return {};
}

static QString sentenceFor(Kind kind)
{
    switch (kind) {
    case Kind::Unknown:
        break;
    case Kind::Full:
        return BoxMark::tr("Commands run in a box: they change only the project, do not see the rest of your "
                           "files and have no network.");
    case Kind::Reduced:
        return BoxMark::tr(
            "Commands change only the project and have no network, but they can read all your files.");
    case Kind::None:
        return BoxMark::tr("No box can be built on this computer: commands can do all that you can.");
    case Kind::Off:
        return BoxMark::tr("The box is switched off: commands can do all that you can.");
    }
    return {};
}

BoxMark::BoxMark(Theme &theme, QWidget *parent)
    : ElidedLabel(parent)
    , m_theme(theme)
{
    connect(&theme, &Theme::changed, this, &BoxMark::paintByTheme);
    refresh();
}

void BoxMark::setBox(Kind kind, const QString &reason)
{
    m_kind = kind;
    m_reason = reason;
    refresh();
}

void BoxMark::setMode(Mode mode)
{
    m_mode = mode;
    refresh();
}

void BoxMark::refresh()
{
    setText(nameFor(m_kind));
    QStringList lines{sentenceFor(m_kind)};
    if (m_mode == Mode::Box && m_kind != Kind::Full)
        lines += tr("That is why commands ask before they run.");
    if (!m_reason.isEmpty())
        lines += tr("The system says: %1").arg(Models::visibleLine(m_reason, kMostReason));
    const QString said = m_kind == Kind::Unknown ? QString() : lines.join(u'\n');
    setToolTip(said.isEmpty() ? said : Models::plainToolTip(said));
    Spoken::setDescription(*this, said);
    paintByTheme();
    setVisible(m_kind != Kind::Unknown);
}

void BoxMark::paintByTheme()
{
    const Tokens &tokens = m_theme.tokens();
    QPalette colours;
    colours.setColor(foregroundRole(), m_kind == Kind::Full      ? tokens.dim
                                       : m_kind == Kind::Reduced ? tokens.waiting
                                                                 : tokens.failed);
    setPalette(colours);
}

} // namespace Meanwhile::Ui
