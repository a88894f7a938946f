// SPDX-License-Identifier: MIT
#include "ui/dialogs/settingsdialog.h"

#include "base/whenfinished.h"
#include "ui_settingsdialog.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QShowEvent>
#include <QStyle>

#include <algorithm>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;
using Tone = ProviderForm::Tone;

static void choose(QComboBox *box, const QString &value)
{
    box->setCurrentIndex(std::max(0, box->findData(value)));
}

static constexpr int kRoomForTheFrame = 48;

/// A form asks for more height than its wrapping words take; these have theirs as a minimum.
class Fields final : public QWidget {
public:
    using QWidget::QWidget;
    int heightForWidth(int) const override
    {
        const int least = layout()->totalMinimumSize().height();
        // Where they are scrolled, there is room for what they would like.
        return least <= parentWidget()->height() ? least : layout()->totalSizeHint().height();
    }
};

SettingsDialog::SettingsDialog(
    const Theme &theme, Providers &providers, const Settings &settings, QWidget *parent)
    : SettingsDialog(theme, providers, settings, {}, parent)
{
}

SettingsDialog::SettingsDialog(const Theme &theme, Providers &providers, const Settings &settings,
    const Surroundings &surroundings, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui_SettingsDialog>())
    , m_providers(providers)
    , m_settings(settings)
{
    m_ui->setupUi(this);
    setObjectName(u"settingsDialog"_s);
    setModal(false);
    makeScrollable();
    m_form = new ProviderForm(theme, providers, settings, m_content);
    static_cast<QVBoxLayout *>(m_content->layout())
        ->insertWidget(0, m_form, 1); // what is said there gets the room
    connect(m_form, &ProviderForm::grown, this, [this] { makeRoom(height()); });
    m_notices = new NoticesForm(settings, surroundings.notifier, this);
    auto *noticesLabel = new QLabel(tr("&Notify of"), this);
    noticesLabel->setBuddy(m_notices);
    m_ui->form->addRow(noticesLabel, m_notices);
    m_logs = new LogsForm(settings, this);
    auto *logsLabel = new QLabel(tr("Task lo&gs"), this);
    logsLabel->setBuddy(m_logs->firstField());
    m_ui->form->addRow(logsLabel, m_logs);
    if (!surroundings.heldBack.isEmpty() || settings.passedOn.contains(surroundings.folder)) {
        m_passOn = new PassOnForm(surroundings.folder, surroundings.heldBack, settings, this);
        auto *passOnLabel = new QLabel(tr("&Variables"), this);
        passOnLabel->setBuddy(m_passOn->list());
        m_ui->form->addRow(passOnLabel, m_passOn);
    }
    QPushButton *saveButton = m_ui->buttons->button(QDialogButtonBox::Save);
    saveButton->setObjectName(u"saveSettings"_s);
    saveButton->setProperty("primary", true);
    saveButton->style()->polish(saveButton); // its box has shown it to the style already
    saveButton->setText(tr("Save"));
    QPushButton *cancelButton = m_ui->buttons->button(QDialogButtonBox::Cancel);
    cancelButton->setObjectName(u"cancelSettings"_s);
    cancelButton->setText(tr("Cancel"));
    fill();
    m_ui->themeLabel->setMinimumWidth(m_form->labelWidth());
    const auto labels = findChildren<QLabel *>();
    for (QLabel *label : labels) { // see ProviderForm
        if (label->buddy() && label->parentWidget() == m_content)
            label->setFixedHeight(m_ui->theme->sizeHint().height());
    }
    setTabOrder(m_form->lastField(), m_ui->theme);
    setTabOrder(m_ui->theme, m_ui->mode);
    QWidget *before = m_ui->mode;
    const QList<QWidget *> boxes = m_notices->fields();
    for (QWidget *box : boxes) {
        setTabOrder(before, box);
        before = box;
    }
    setTabOrder(before, m_logs->firstField());
    setTabOrder(m_logs->firstField(), m_logs->lastField());
    if (m_passOn)
        setTabOrder(m_logs->lastField(), m_passOn->list());
    setTabOrder(m_passOn ? m_passOn->list() : m_logs->lastField(), saveButton);
    m_form->findChild<QComboBox *>(u"provider"_s)->setFocus();
    connect(m_ui->buttons, &QDialogButtonBox::accepted, this, &SettingsDialog::save);
    connect(m_ui->buttons, &QDialogButtonBox::rejected, this, &SettingsDialog::reject);
    resize(560, sizeHint().height());
}

// The buttons stay in sight on a screen that is lower than all the fields.
void SettingsDialog::makeScrollable()
{
    m_scroll = new QScrollArea(this);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_content = new Fields(m_scroll);
    m_content->setAutoFillBackground(false);
    auto *column = new QVBoxLayout(m_content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(m_ui->column->spacing());
    m_ui->column->removeItem(m_ui->form);
    m_ui->form->setParent(nullptr);
    column->addLayout(m_ui->form);
    m_scroll->setWidget(m_content);
    m_scroll->viewport()->setAutoFillBackground(false);
    m_ui->column->insertWidget(0, m_scroll, 1);
}

// As high as all the fields and no higher, where the screen has room for that; at least `least`.
void SettingsDialog::makeRoom(int least)
{
    if (!isVisible())
        return;
    const QLayout &fields = *m_content->layout();
    const QMargins margins = layout()->contentsMargins();
    const int width = this->width() - margins.left() - margins.right();
    // Words that wrap have their height as a minimum once they are shown, see ProviderForm.
    const int asShown = least == 0 ? fields.totalMinimumHeightForWidth(width) : 0;
    const int needed = std::max(fields.totalMinimumSize().height(), asShown);
    const int beside = layout()->totalMinimumSize().height() - m_scroll->minimumSizeHint().height();
    const int wanted = std::max(least, needed + beside);
    const int most = screen()->availableGeometry().height() - kRoomForTheFrame;
    m_scroll->setMinimumWidth(fields.totalMinimumSize().width());
    if (std::min(wanted, most) != height())
        resize(this->width(), std::min(wanted, most));
}

// Before, fonts and borders are not known.
void SettingsDialog::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    if (!event->spontaneous())
        makeRoom(0);
}

SettingsDialog::~SettingsDialog() = default;

void SettingsDialog::fill()
{
    m_ui->theme->addItem(tr("System"), u"system"_s);
    m_ui->theme->addItem(tr("Light"), u"light"_s);
    m_ui->theme->addItem(tr("Dark"), u"dark"_s);
    m_ui->mode->addItem(tr("Run in the box"), u"box"_s);
    m_ui->mode->addItem(tr("Ask before commands and changes"), u"ask"_s);
    m_ui->mode->addItem(tr("Edit files, ask before commands"), u"edits"_s);
    m_ui->mode->addItem(tr("Run without asking, outside the box too"), u"auto"_s);
    m_ui->mode->addItem(tr("Only read and plan"), u"plan"_s);
    choose(m_ui->theme, m_settings.theme);
    choose(m_ui->mode, m_settings.permissionMode);
}

Settings SettingsDialog::edited() const
{
    Settings settings = m_notices->applied(m_logs->applied(m_form->applied(m_settings)));
    settings.theme = m_ui->theme->currentData().toString();
    settings.permissionMode = m_ui->mode->currentData().toString();
    return m_passOn ? m_passOn->applied(settings) : settings;
}

void SettingsDialog::save()
{
    if (m_form->problem().isEmpty())
        storeKeys(m_form->changedKeys(), false);
}

void SettingsDialog::storeKeys(QVector<ProviderForm::Key> keys, bool wentToFile)
{
    QPushButton *saveButton = m_ui->buttons->button(QDialogButtonBox::Save);
    saveButton->setEnabled(keys.isEmpty());
    if (keys.isEmpty())
        return finish(wentToFile);
    m_form->setBusy(true);
    m_form->say(tr("Storing the key…"), Tone::Quiet);
    const ProviderForm::Key key = keys.takeFirst();
    whenFinished(m_providers.storeKey(key.provider, key.key), this,
        [this, saveButton, key, keys, wentToFile](const Result<QString> &place) {
            m_form->setBusy(false);
            if (!place) {
                saveButton->setEnabled(true);
                return m_form->say(place.error().message, Tone::Bad);
            }
            m_form->keyStored(key, *place);
            storeKeys(keys, wentToFile || (!place->isEmpty() && *place != u"keychain"_s));
        });
}

void SettingsDialog::finish(bool wentToFile)
{
    m_settings = edited();
    emit saved(m_settings);
    if (!wentToFile)
        return accept();
    m_form->say(tr("Saved."), Tone::Good);
    QPushButton *close = m_ui->buttons->button(QDialogButtonBox::Cancel);
    close->setText(tr("Close"));
    close->setFocus(); // what is typed now is meant for the conversation
}

} // namespace Meanwhile::Ui
