// SPDX-License-Identifier: MIT
#include "ui/dialogs/settingsdialog.h"

#include "base/whenfinished.h"
#include "ui_settingsdialog.h"

#include <QLineEdit>
#include <QPushButton>
#include <QStyle>
#include <QUrl>

#include <algorithm>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

namespace {

/// A provider as the dialog offers it: a line here makes another one.
struct ProviderEntry {
    const char *id;
    const char *title;
    bool needsKey;
    const char *address;
};

constexpr ProviderEntry kProviders[] = {
    {"anthropic", QT_TRANSLATE_NOOP("SettingsDialog", "Anthropic"), true, "https://api.anthropic.com"},
    {"demo", QT_TRANSLATE_NOOP("SettingsDialog", "Demo, offline and scripted"), false, ""},
};

const ProviderEntry &entryOf(const QString &id)
{
    for (const ProviderEntry &entry : kProviders) {
        if (id == QLatin1StringView(entry.id))
            return entry;
    }
    return kProviders[0];
}

void choose(QComboBox *box, const QString &value)
{
    box->setCurrentIndex(std::max(0, box->findData(value)));
}

} // namespace

SettingsDialog::SettingsDialog(
    const Theme &theme, Providers &providers, const Settings &settings, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui_SettingsDialog>())
    , m_theme(theme)
    , m_providers(providers)
    , m_settings(settings)
{
    m_ui->setupUi(this);
    setObjectName(u"settingsDialog"_s);
    setModal(false);
    QPushButton *saveButton = m_ui->buttons->button(QDialogButtonBox::Save);
    saveButton->setObjectName(u"saveSettings"_s);
    saveButton->setProperty("primary", true);
    saveButton->style()->polish(saveButton); // its box has shown it to the style already
    saveButton->setText(tr("Save"));
    QPushButton *cancelButton = m_ui->buttons->button(QDialogButtonBox::Cancel);
    cancelButton->setObjectName(u"cancelSettings"_s);
    cancelButton->setText(tr("Cancel"));
    m_ui->keyNote->setFont(Theme::dimFont());
    // Most answers take two lines; their place is kept so that nothing below moves.
    m_ui->status->setMinimumHeight(2 * fontMetrics().lineSpacing());
    m_ui->status->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::MinimumExpanding);
    m_ui->status->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_ui->model->lineEdit()->setObjectName(u"modelText"_s);
    m_ui->model->lineEdit()->setAccessibleName(m_ui->model->accessibleName());
    resize(520, sizeHint().height());
    fill();
    connectAll();
    setBusy(false);
    providerChanged();
}

SettingsDialog::~SettingsDialog() = default;

void SettingsDialog::fill()
{
    for (const ProviderEntry &entry : kProviders) {
        m_ui->provider->addItem(
            QCoreApplication::translate("SettingsDialog", entry.title), QString::fromLatin1(entry.id));
    }
    m_ui->theme->addItem(tr("As the system"), u"system"_s);
    m_ui->theme->addItem(tr("Light"), u"light"_s);
    m_ui->theme->addItem(tr("Dark"), u"dark"_s);
    m_ui->mode->addItem(tr("Ask before commands and changes"), u"ask"_s);
    m_ui->mode->addItem(tr("Edit files, ask before commands"), u"edits"_s);
    m_ui->mode->addItem(tr("Do everything without asking"), u"auto"_s);
    m_ui->mode->addItem(tr("Only read and plan"), u"plan"_s);
    choose(m_ui->provider, m_settings.provider);
    choose(m_ui->theme, m_settings.theme);
    choose(m_ui->mode, m_settings.permissionMode);
    m_ui->baseUrl->setText(m_settings.baseUrl);
    m_ui->model->setEditText(m_settings.model);
}

void SettingsDialog::connectAll()
{
    connect(m_ui->provider, &QComboBox::currentIndexChanged, this, [this] {
        m_ui->baseUrl->clear();
        m_ui->model->clear();
        m_ui->model->clearEditText();
        providerChanged();
    });
    connect(m_ui->key, &QLineEdit::textEdited, this, &SettingsDialog::connectionEdited);
    connect(m_ui->baseUrl, &QLineEdit::textEdited, this, &SettingsDialog::connectionEdited);
    connect(m_ui->showKey, &QPushButton::toggled, this,
        [this](bool show) { m_ui->key->setEchoMode(show ? QLineEdit::Normal : QLineEdit::Password); });
    connect(m_ui->removeKey, &QPushButton::clicked, this, [this] {
        m_ui->key->clear();
        m_ui->key->setModified(true);
        connectionEdited();
        m_ui->keyNote->setText(tr("The stored key is forgotten when you save."));
    });
    connect(m_ui->check, &QPushButton::clicked, this, &SettingsDialog::check);
    connect(m_ui->buttons, &QDialogButtonBox::accepted, this, &SettingsDialog::save);
    connect(m_ui->buttons, &QDialogButtonBox::rejected, this, &SettingsDialog::reject);
    connect(&m_theme, &Theme::changed, this, &SettingsDialog::recolour);
}

QString SettingsDialog::provider() const
{
    return m_ui->provider->currentData().toString();
}

bool SettingsDialog::needsKey() const
{
    return entryOf(provider()).needsKey;
}

void SettingsDialog::providerChanged()
{
    const bool isReal = needsKey();
    for (QWidget *widget : {static_cast<QWidget *>(m_ui->key), static_cast<QWidget *>(m_ui->showKey),
             static_cast<QWidget *>(m_ui->removeKey), static_cast<QWidget *>(m_ui->baseUrl)})
        widget->setEnabled(isReal);
    m_storedKey.clear();
    m_ui->key->clear();
    m_ui->showKey->setChecked(false);
    m_ui->removeKey->setEnabled(false);
    m_ui->baseUrl->setPlaceholderText(QString::fromLatin1(entryOf(provider()).address));
    m_ui->keyNote->setText(isReal ? tr("Kept in the keychain of this computer, never in the settings.")
                                  : tr("The demo needs no key and no network."));
    connectionEdited();
    if (isReal)
        loadKey();
}

void SettingsDialog::connectionEdited()
{
    ++m_connection;
    setBusy(false);
    say({}, Tone::Quiet);
}

void SettingsDialog::loadKey()
{
    whenFinished(m_providers.storedKey(provider()), this, [this, asked = provider()](const QString &key) {
        if (asked != provider())
            return;
        m_storedKey = key;
        m_ui->removeKey->setEnabled(!key.isEmpty());
        if (!m_ui->key->isModified())
            m_ui->key->setText(key);
    });
}

void SettingsDialog::check()
{
    const QString problem = addressProblem();
    if (!problem.isEmpty())
        return say(problem, Tone::Bad);
    if (needsKey() && m_ui->key->text().trimmed().isEmpty()) {
        m_ui->key->setFocus();
        return say(tr("Enter a key first."), Tone::Bad);
    }
    setBusy(true);
    say(tr("Connecting…"), Tone::Quiet);
    const ProviderChoice choice{provider(), m_ui->baseUrl->text().trimmed(), m_ui->key->text().trimmed()};
    whenFinished(m_providers.check(choice), this,
        [this, asked = m_connection](const Result<QVector<Llm::ModelInfo>> &models) {
            if (asked != m_connection)
                return;
            setBusy(false);
            if (!models)
                return say(models.error().message, Tone::Bad);
            showModels(*models);
            say(models->size() == 1 ? tr("Connected. 1 model can be used.")
                                    : tr("Connected. %1 models can be used.").arg(models->size()),
                Tone::Good);
        });
}

void SettingsDialog::showModels(const QVector<Llm::ModelInfo> &models)
{
    const QString chosen = m_ui->model->currentText();
    m_ui->model->clear();
    for (const Llm::ModelInfo &model : models) {
        m_ui->model->addItem(model.id);
        m_ui->model->setItemData(m_ui->model->count() - 1, model.name, Qt::ToolTipRole);
    }
    if (!chosen.isEmpty())
        m_ui->model->setEditText(chosen);
}

QString SettingsDialog::addressProblem() const
{
    const QString text = m_ui->baseUrl->text().trimmed();
    if (text.isEmpty())
        return {};
    const QUrl url(text, QUrl::StrictMode);
    const bool isWeb = url.scheme() == u"https"_s || url.scheme() == u"http"_s;
    if (url.isValid() && isWeb && !url.host().isEmpty())
        return {};
    return tr("The address must look like https://host/path. Leave it empty for the provider's own.");
}

Settings SettingsDialog::edited() const
{
    Settings settings = m_settings;
    settings.provider = provider();
    settings.baseUrl = needsKey() ? m_ui->baseUrl->text().trimmed() : QString();
    settings.model = m_ui->model->currentText().trimmed();
    settings.theme = m_ui->theme->currentData().toString();
    settings.permissionMode = m_ui->mode->currentData().toString();
    return settings;
}

void SettingsDialog::save()
{
    const QString problem = addressProblem();
    if (!problem.isEmpty()) {
        m_ui->baseUrl->setFocus();
        return say(problem, Tone::Bad);
    }
    const Settings settings = edited();
    const QString key = m_ui->key->text().trimmed();
    if (!needsKey() || !m_ui->key->isModified() || key == m_storedKey)
        return finish(settings);
    setBusy(true);
    m_ui->buttons->button(QDialogButtonBox::Save)->setEnabled(false);
    say(tr("Storing the key…"), Tone::Quiet);
    whenFinished(
        m_providers.storeKey(provider(), key), this, [this, settings, key](const Result<QString> &place) {
            m_ui->buttons->button(QDialogButtonBox::Save)->setEnabled(true);
            setBusy(false);
            if (place) {
                m_storedKey = key;
                m_ui->key->setModified(false);
            }
            keyStored(settings, place);
        });
}

void SettingsDialog::keyStored(const Settings &settings, const Result<QString> &place)
{
    if (!place)
        return say(place.error().message, Tone::Bad);
    if (place->isEmpty() || *place == u"keychain"_s)
        return finish(settings);
    m_settings = settings;
    emit saved(settings);
    m_ui->removeKey->setEnabled(true);
    m_ui->keyNote->setText(
        tr("No keychain answered, so the key is in %1. Only your account can read that file.").arg(*place));
    say(tr("Saved."), Tone::Good);
    m_ui->buttons->button(QDialogButtonBox::Cancel)->setText(tr("Close"));
}

void SettingsDialog::finish(const Settings &settings)
{
    emit saved(settings);
    accept();
}

void SettingsDialog::setBusy(bool busy)
{
    m_ui->progress->setVisible(busy);
    m_ui->check->setEnabled(!busy);
}

void SettingsDialog::say(const QString &text, Tone tone)
{
    m_tone = tone;
    m_ui->status->setText(text);
    recolour();
    makeRoom();
}

// A long path or answer makes the dialog higher, by what is missing and no more: nothing else moves.
void SettingsDialog::makeRoom()
{
    int missing = 0;
    for (const QLabel *label : {m_ui->keyNote, m_ui->status})
        missing += std::max(0, label->heightForWidth(label->width()) - label->height());
    if (isVisible() && missing > 0)
        resize(width(), height() + missing);
}

void SettingsDialog::recolour()
{
    const Tokens &tokens = m_theme.tokens();
    const auto paint = [](QLabel *label, const QColor &colour) {
        QPalette colours = label->palette();
        colours.setColor(QPalette::WindowText, colour);
        label->setPalette(colours);
    };
    paint(m_ui->keyNote, tokens.dim);
    paint(m_ui->status, m_tone == Tone::Bad    ? tokens.failed
                        : m_tone == Tone::Good ? tokens.done
                                               : tokens.dim);
}

} // namespace Meanwhile::Ui
