// SPDX-License-Identifier: MIT
#include "ui/window/folderbutton.h"

#include "models/visibletext.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/pathtext.h"
#include "ui/widgets/theme.h"

#include <QFileInfo>
#include <QStyleOptionToolButton>
#include <QStylePainter>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

static constexpr int kPadding = 8;
static constexpr int kIconSize = 16;
static constexpr int kGap = 8;

FolderButton::FolderButton(Theme &theme, QWidget *parent)
    : MenuButton(Opens::Below, parent)
    , m_theme(theme)
{
    setProperty("quiet", true);
    setIcon(themedIcon(theme, u"folder"_s));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setProject({}, {});
}

void FolderButton::setProject(const QString &folder, const QString &gitBranch)
{
    m_name = folder.isEmpty() ? tr("No project") : Models::visibleLine(QFileInfo(folder).fileName());
    if (m_name.isEmpty())
        m_name = folder;
    m_details = folder.isEmpty() ? tr("Open a folder") : Models::visibleLine(folderForPeople(folder));
    if (!gitBranch.isEmpty())
        m_details += u" · "_s + gitBranch;
    setAccessibleName(folder.isEmpty() ? tr("Open a folder") : tr("Project %1").arg(m_name));
    setAccessibleDescription(m_details);
    setToolTip(Models::plainToolTip(folder));
    updateGeometry();
    update();
}

QFont FolderButton::nameFont() const
{
    QFont bold = font();
    bold.setBold(true);
    return bold;
}

QSize FolderButton::sizeHint() const
{
    const int width = 2 * kPadding + kIconSize + 2 * kGap +
                      QFontMetrics(nameFont()).horizontalAdvance(m_name) +
                      fontMetrics().horizontalAdvance(m_details);
    return {width + 2, fontMetrics().height() + 10};
}

QSize FolderButton::minimumSizeHint() const
{
    return {120, sizeHint().height()};
}

void FolderButton::paintEvent(QPaintEvent *)
{
    QStylePainter painter(this);
    QStyleOptionToolButton option;
    initStyleOption(&option);
    option.text.clear();
    option.icon = QIcon();
    painter.drawComplexControl(QStyle::CC_ToolButton, option);

    const QRect inner = rect().adjusted(kPadding, 0, -kPadding, 0);
    icon().paint(&painter, QRect(inner.left(), (height() - kIconSize) / 2, kIconSize, kIconSize));
    QRect text = inner.adjusted(kIconSize + kGap, 0, 0, 0);
    const QFontMetrics bold(nameFont());
    const QString name = bold.elidedText(m_name, Qt::ElideRight, text.width());
    painter.setFont(nameFont());
    painter.setPen(m_theme.tokens().text);
    painter.drawText(text, Qt::AlignVCenter | Qt::AlignLeft, name);
    text.setLeft(text.left() + bold.horizontalAdvance(name) + kGap);
    painter.setFont(font());
    painter.setPen(m_theme.tokens().dim);
    painter.drawText(text, Qt::AlignVCenter | Qt::AlignLeft,
        fontMetrics().elidedText(m_details, Qt::ElideMiddle, text.width()));
}

} // namespace Meanwhile::Ui
