// SPDX-License-Identifier: MIT
#include "ui/modelpicker/modelpicker.h"

#include "ui/widgets/clearbutton.h"
#include "ui/widgets/theme.h"

#include <QButtonGroup>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;
using Kind = ModelList::Kind;

namespace {

constexpr QSize kSize(400, 380); // at most
constexpr int kMargin = 12;
constexpr int kSpacing = 8;
constexpr int kLeastRows = 5; // one or two may come that were not known of

/// A name at the left, what is known of the model at the right.
class RowPainter final : public QStyledItemDelegate {
public:
    RowPainter(Theme &theme, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
    {
    }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const bool isHeader = index.data(ModelList::KindRole).value<Kind>() == Kind::Provider;
        return {0, option.fontMetrics.height() + (isHeader ? 12 : 10)};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Tokens &tokens = m_theme.tokens();
        const auto kind = index.data(ModelList::KindRole).value<Kind>();
        if (option.state.testFlag(QStyle::State_Selected))
            painter->fillRect(option.rect, tokens.accentTint);
        const bool isQuiet = kind == Kind::Provider || kind == Kind::Note;
        painter->setFont(isQuiet ? Theme::dimFont() : option.font);
        QRect rect = option.rect.adjusted(kMargin, 0, -kMargin, kind == Kind::Provider ? -2 : 0);
        const QFontMetrics metrics = painter->fontMetrics();
        const QString detail = index.data(ModelList::DetailRole).toString();
        if (!detail.isEmpty()) {
            painter->setPen(tokens.dim);
            painter->drawText(rect, Qt::AlignRight | Qt::AlignVCenter, detail);
            rect.setRight(rect.right() - metrics.horizontalAdvance(detail) - kMargin);
        }
        if (kind != Kind::Provider) {
            painter->setPen(tokens.accent);
            if (index.data(ModelList::IsCurrentRole).toBool())
                painter->drawText(rect, Qt::AlignLeft | Qt::AlignVCenter, u"✓"_s);
            rect.setLeft(rect.left() + 18);
        }
        painter->setPen(isQuiet ? tokens.dim : tokens.text);
        painter->drawText(rect, Qt::AlignLeft | (kind == Kind::Provider ? Qt::AlignBottom : Qt::AlignVCenter),
            metrics.elidedText(index.data().toString(), Qt::ElideMiddle, rect.width()));
    }

private:
    Theme &m_theme;
};

} // namespace

ModelPicker::ModelPicker(Theme &theme, ModelList &list, QWidget *parent)
    : QWidget(parent)
    , m_list(list)
    , m_field(new QLineEdit(this))
    , m_view(new QListView(this))
{
    setObjectName(u"modelPicker"_s);
    setFixedSize(kSize);
    m_field->setObjectName(u"modelField"_s);
    m_field->setPlaceholderText(tr("Find a model, or type its id"));
    m_field->setAccessibleName(tr("Model"));
    offerClearing(*m_field);
    m_field->installEventFilter(this);
    m_view->setObjectName(u"modelList"_s);
    m_view->setAccessibleName(tr("Models"));
    m_view->setModel(&m_list);
    m_view->setItemDelegate(new RowPainter(theme, m_view));
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setFocusPolicy(Qt::NoFocus); // its keys come from the field
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(kSpacing, kSpacing, kSpacing, kSpacing);
    layout->setSpacing(kSpacing);
    layout->addWidget(m_field);
    layout->addWidget(m_view, 1);
    m_footer = makeFooter();
    layout->addWidget(m_footer);
    setFocusProxy(m_field);
    connect(m_field, &QLineEdit::textChanged, this, &ModelPicker::filter);
    // The focus stays in the field; what its arrows choose is said there.
    connect(
        m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &now) {
            m_field->setAccessibleDescription(now.data(Qt::AccessibleTextRole).toString());
        });
    connect(m_view, &QListView::clicked, this, &ModelPicker::choose);
    connect(m_view, &QListView::activated, this, &ModelPicker::choose);
    // Lists come later than the window opens.
    connect(&m_list, &QAbstractItemModel::rowsInserted, this, [this] {
        if (!m_hasMoved && m_field->text().isEmpty())
            selectCurrent();
    });
    connect(&theme, &Theme::changed, m_view->viewport(), qOverload<>(&QWidget::update));
}

QWidget *ModelPicker::makeFooter()
{
    auto *footer = new QWidget(this);
    m_thinking = new QWidget(footer);
    m_thinkingRow = new QHBoxLayout(m_thinking);
    m_thinkingRow->setContentsMargins(0, 0, 0, 0);
    m_thinkingRow->setSpacing(4);
    m_thinkingRow->addWidget(new QLabel(tr("Thinking"), m_thinking));
    m_thinkingRow->addStretch(1);
    auto *settings = new QPushButton(tr("Providers and keys…"), footer);
    settings->setObjectName(u"modelSettings"_s);
    settings->setAutoDefault(false);
    connect(settings, &QPushButton::clicked, this, &ModelPicker::settingsRequested);
    auto *layout = new QVBoxLayout(footer);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_thinking);
    layout->addWidget(settings, 0, Qt::AlignLeft);
    m_thinking->hide();
    return footer;
}

QString ModelPicker::wordFor(Llm::ThinkingLevel level)
{
    switch (level) {
    case Llm::ThinkingLevel::Automatic:
        return tr("Automatic");
    case Llm::ThinkingLevel::Off:
        return tr("Off");
    case Llm::ThinkingLevel::Low:
        return tr("Low");
    case Llm::ThinkingLevel::Medium:
        return tr("Medium");
    case Llm::ThinkingLevel::High:
        return tr("High");
    }
    return {};
}

void ModelPicker::setThinking(Llm::ThinkingForm form, Llm::ThinkingLevel level)
{
    delete m_levels;
    m_levels = new QButtonGroup(m_thinking);
    const QVector<Llm::ThinkingLevel> levels = Llm::levelsOf(form);
    for (const Llm::ThinkingLevel one : levels) {
        auto *button = new QPushButton(wordFor(one), m_thinking);
        button->setObjectName(u"thinking."_s + Llm::nameOf(one));
        button->setAccessibleName(tr("Thinking: %1").arg(wordFor(one)));
        button->setCheckable(true);
        button->setChecked(one == level);
        button->setAutoDefault(false);
        m_levels->addButton(button);
        m_thinkingRow->addWidget(button);
        connect(button, &QPushButton::clicked, this, [this, one] { emit thinkingChosen(one); });
    }
    m_thinking->setVisible(!levels.isEmpty());
}

int ModelPicker::rowsHeight() const
{
    int height = 0;
    for (int row = 0; row < m_list.rowCount(); ++row)
        height += m_view->sizeHintForRow(row);
    return height;
}

void ModelPicker::fitTo(int rowsHeight)
{
    const int around = m_field->sizeHint().height() + m_footer->sizeHint().height() + 4 * kSpacing;
    const int least = kLeastRows * (m_view->fontMetrics().height() + 10);
    setFixedHeight(qMin(kSize.height(), around + qMax(least, rowsHeight)));
}

void ModelPicker::selectCurrent()
{
    QModelIndex first;
    for (int row = 0; row < m_list.rowCount(); ++row) {
        const QModelIndex index = m_list.index(row);
        if (!index.flags().testFlag(Qt::ItemIsSelectable))
            continue;
        if (!first.isValid() || index.data(ModelList::IsCurrentRole).toBool())
            first = index;
    }
    m_view->setCurrentIndex(first);
}

void ModelPicker::filter(const QString &text)
{
    m_list.setFilter(text);
    // Enter takes the first model that fits, or else the id as it was typed.
    for (const Kind wanted : {Kind::Model, Kind::TypedId}) {
        for (int row = 0; row < m_list.rowCount(); ++row) {
            if (m_list.index(row).data(ModelList::KindRole).value<Kind>() == wanted)
                return m_view->setCurrentIndex(m_list.index(row));
        }
    }
}

void ModelPicker::choose(const QModelIndex &index)
{
    if (index.flags().testFlag(Qt::ItemIsSelectable))
        emit modelChosen(
            index.data(ModelList::ProviderRole).toString(), index.data(ModelList::ModelRole).toString());
}

bool ModelPicker::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_field || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        m_hasMoved = true;
        return QCoreApplication::sendEvent(m_view, event);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        choose(m_view->currentIndex());
        return true;
    default:
        return false;
    }
}

// A menu would take the focus for itself and keep it.
bool ModelPicker::focusNextPrevChild(bool next)
{
    QWidgetList stops;
    const auto children = findChildren<QWidget *>();
    for (QWidget *child : children) {
        if (child->isVisible() && child->isEnabled() && (child->focusPolicy() & Qt::TabFocus))
            stops += child;
    }
    const qsizetype count = stops.size();
    if (count == 0)
        return false;
    const qsizetype at = stops.indexOf(focusWidget());
    stops.at((at + (next ? 1 : count - 1)) % count)
        ->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    return true;
}

// The menu would close over Enter.
void ModelPicker::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    auto *button = qobject_cast<QAbstractButton *>(focusWidget());
    if (isEnter && button)
        button->click();
    else
        QWidget::keyPressEvent(event);
}

void ModelPicker::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_field->setFocus();
}

} // namespace Meanwhile::Ui
