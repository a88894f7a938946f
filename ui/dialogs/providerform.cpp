// SPDX-License-Identifier: MIT
#include "ui/dialogs/providerform.h"

#include "base/whenfinished.h"
#include "ui/dialogs/presetmenu.h"
#include "ui/widgets/restingbutton.h"
#include "ui/widgets/theme.h"
#include "ui_providerform.h"

#include <QResizeEvent>
#include <QSignalBlocker>

#include <algorithm>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

static const QString kDemo = u"demo"_s;

ProviderForm::ProviderForm(
    const Theme &theme, Providers &providers, const Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui_ProviderForm>())
    , m_theme(theme)
    , m_providers(providers)
    , m_given(new QLabel(this))
{
    m_ui->setupUi(this);
    setObjectName(u"providerForm"_s);
    placeWords();
    m_ui->headers->setFixedHeight(3 * fontMetrics().lineSpacing() + 12);
    m_ui->model->lineEdit()->setObjectName(u"modelText"_s);
    m_ui->model->lineEdit()->setAccessibleName(m_ui->model->accessibleName());
    m_ui->protocol->addItem(tr("OpenAI Chat Completions"), u"openai"_s);
    m_ui->protocol->addItem(tr("Anthropic Messages"), u"anthropic"_s);
    m_ui->localOffer->hide();
    m_check = new RestingButton(*m_ui->check);
    m_drafts = draftsOf(settings, providers.givenAtStart().provider, providers.givenAtStart().choice);
    for (const CustomProvider &own : settings.customProviders)
        m_order += own.id;
    connectAll();
    setBusy(false);
    QString shown = settings.provider;
    if (shown.isEmpty()) // the command line or the environment names it
        shown = m_unchosen = providers.available().value(0).id;
    if (!m_drafts.contains(shown)) {
        m_unchosen.clear();
        shown = builtInProviders().first().id;
        m_drafts[shown] = ProviderDraft::of({settings.baseUrl, settings.model});
    }
    fillProviders(shown);
    whenFinished(m_providers.localServers(), this,
        [this](const QVector<Llm::LocalServer> &servers) { offer(servers); });
}

ProviderForm::~ProviderForm() = default;

void ProviderForm::placeWords()
{
    m_ui->keyNote->setFont(Theme::dimFont());
    m_given->setObjectName(u"givenNote"_s);
    m_given->setFont(Theme::dimFont());
    m_given->setTextFormat(Qt::PlainText);
    m_given->setWordWrap(true);
    m_given->hide();
    int row = 0;
    QFormLayout::ItemRole role{};
    m_ui->form->getLayoutPosition(m_ui->checkRow, &row, &role);
    m_ui->form->insertRow(row, QString(), m_given);
    m_ui->providerLabel->setMinimumWidth(labelWidth());
    // A form puts a label that is lower than its field too high beside it.
    for (QLabel *label : {m_ui->providerLabel, m_ui->nameLabel, m_ui->protocolLabel, m_ui->baseUrlLabel,
             m_ui->keyLabel, m_ui->headersLabel, m_ui->modelLabel})
        label->setFixedHeight(m_ui->name->sizeHint().height());
}

void ProviderForm::connectAll()
{
    connect(m_ui->provider, &QComboBox::currentIndexChanged, this, [this] {
        keep();
        show(m_ui->provider->currentData().toString());
    });
    auto *presets = new PresetMenu(this);
    connect(presets, &PresetMenu::chosen, this, &ProviderForm::add);
    m_ui->addProvider->setMenu(presets);
    connect(m_ui->removeProvider, &QPushButton::clicked, this, &ProviderForm::remove);
    connect(m_ui->name, &QLineEdit::textEdited, this,
        [this](const QString &name) { m_ui->provider->setItemText(m_ui->provider->currentIndex(), name); });
    connect(m_ui->key, &QLineEdit::textEdited, this, [this] {
        m_drafts[m_shown].isKeyEdited = true;
        connectionEdited();
    });
    connect(m_ui->baseUrl, &QLineEdit::textEdited, this, &ProviderForm::connectionEdited);
    connect(m_ui->headers, &QPlainTextEdit::textChanged, this, &ProviderForm::connectionEdited);
    connect(m_ui->model, &QComboBox::editTextChanged, this, &ProviderForm::noteGiven);
    connect(m_ui->protocol, &QComboBox::activated, this, &ProviderForm::connectionEdited);
    connect(m_ui->showKey, &QPushButton::toggled, this,
        [this](bool show) { m_ui->key->setEchoMode(show ? QLineEdit::Normal : QLineEdit::Password); });
    connect(m_ui->removeKey, &QPushButton::clicked, this, [this] {
        m_ui->key->clear();
        m_drafts[m_shown].isKeyEdited = true;
        connectionEdited();
        m_ui->keyNote->setText(tr("The key will be removed when you save."));
    });
    connect(m_check, &RestingButton::clicked, this, &ProviderForm::check);
    connect(&m_theme, &Theme::changed, this, &ProviderForm::recolour);
}

void ProviderForm::fillProviders(const QString &shown)
{
    {
        const QSignalBlocker quiet(m_ui->provider);
        m_ui->provider->clear();
        for (const BuiltInProvider &one : builtInProviders())
            m_ui->provider->addItem(one.name, one.id);
        for (const QString &id : std::as_const(m_order))
            m_ui->provider->addItem(m_drafts.value(id).own.name, id);
        m_ui->provider->addItem(tr("Offline demo"), kDemo);
        m_ui->provider->setCurrentIndex(m_ui->provider->findData(shown));
    }
    show(shown);
}

void ProviderForm::add(const QString &name, const QString &address, const QString &protocol)
{
    keep();
    ProviderDraft draft;
    draft.own.id = customProviderId(name, m_drafts.keys() + m_removed);
    const QStringList taken = namesBut(draft.own.id);
    draft.own.name = name;
    for (int i = 2; taken.contains(draft.own.name, Qt::CaseInsensitive); ++i)
        draft.own.name = name + u' ' + QString::number(i);
    draft.own.protocol = protocol;
    draft.baseUrl = address;
    m_order += draft.own.id;
    m_drafts.insert(draft.own.id, draft);
    fillProviders(draft.own.id);
    QWidget *next = address.isEmpty() ? static_cast<QWidget *>(m_ui->name) : m_ui->key;
    next->setFocus();
    if (address.isEmpty())
        m_ui->name->selectAll();
}

void ProviderForm::remove()
{
    m_removed += m_shown;
    m_order.removeAll(m_shown);
    m_drafts.remove(std::exchange(m_shown, QString()));
    fillProviders(m_order.isEmpty() ? builtInProviders().first().id : m_order.first());
    m_ui->provider->setFocus();
}

void ProviderForm::offer(const QVector<Llm::LocalServer> &servers)
{
    keep();
    for (const Llm::LocalServer &server : servers) {
        const bool isKnown = std::any_of(m_drafts.cbegin(), m_drafts.cend(),
            [&](const ProviderDraft &draft) { return draft.baseUrl == server.address; });
        if (isKnown)
            continue;
        auto *button = new QPushButton(tr("Use %1").arg(server.name), m_ui->localOffer);
        button->setObjectName(u"use."_s + server.name);
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, [this, server, button] {
            button->hide();
            add(server.name, server.address, u"openai"_s);
            check();
        });
        m_ui->localOfferRow->addWidget(button);
        m_ui->localOffer->show();
    }
    m_ui->localOfferRow->addStretch(1);
    makeRoom();
}

bool ProviderForm::isOwn() const
{
    return m_order.contains(m_shown);
}

void ProviderForm::keep()
{
    if (!m_drafts.contains(m_shown))
        return;
    ProviderDraft &draft = m_drafts[m_shown];
    draft.baseUrl = addressFromText(m_ui->baseUrl->text());
    draft.model = m_ui->model->currentText().trimmed();
    draft.key = m_ui->key->text().trimmed();
    if (!isOwn())
        return;
    draft.own.name = m_ui->name->text().trimmed();
    draft.own.protocol = m_ui->protocol->currentData().toString();
    draft.own.baseUrl = draft.toKeep().baseUrl;
    draft.own.headers.clear();
    const QStringList lines = m_ui->headers->toPlainText().split(u'\n', Qt::SkipEmptyParts);
    for (const QString &line : lines) {
        if (!line.trimmed().isEmpty())
            draft.own.headers += line.trimmed();
    }
}

void ProviderForm::show(const QString &provider)
{
    m_shown = provider;
    const ProviderDraft draft = m_drafts.value(provider);
    const bool isReal = provider != kDemo;
    using Widgets = std::initializer_list<QWidget *>;
    for (QWidget *widget : Widgets{m_ui->nameLabel, m_ui->name, m_ui->protocolLabel, m_ui->protocol,
             m_ui->headersLabel, m_ui->headers})
        widget->setVisible(isOwn());
    for (QWidget *widget : Widgets{m_ui->key, m_ui->showKey, m_ui->baseUrl})
        widget->setEnabled(isReal);
    m_ui->removeProvider->setEnabled(isOwn());
    m_ui->removeKey->setEnabled(!draft.storedKey.isEmpty());
    m_ui->showKey->setChecked(false);
    m_ui->name->setText(draft.own.name);
    m_ui->protocol->setCurrentIndex(std::max(0, m_ui->protocol->findData(draft.own.protocol)));
    m_ui->baseUrl->setText(draft.baseUrl);
    m_ui->baseUrl->setPlaceholderText(isOwn() ? u"https://host/v1"_s : builtInAddress(provider));
    m_ui->key->setText(draft.key);
    {
        const QSignalBlocker quiet(m_ui->headers);
        m_ui->headers->setPlainText(draft.own.headers.join(u'\n'));
    }
    m_ui->model->clear();
    m_ui->model->setEditText(draft.model);
    m_ui->keyNote->setText(keyNote());
    connectionEdited();
    if (isReal && !draft.isKeyRead)
        loadKey();
    makeRoom();
}

QString ProviderForm::keyNote() const
{
    if (m_shown == kDemo)
        return tr("The demo needs no key and no network. Choose a provider above to connect a model.");
    const QString place =
        m_providers.hasKeychain()
            ? tr("Kept in the keychain or, where there is none, in a file that only you can read.")
            : tr("No keychain is available, so it is kept in a file that only you can read.");
    return isOwn() ? tr("Leave it empty where none is needed.") + u' ' + place : place;
}

void ProviderForm::connectionEdited()
{
    ++m_connection;
    setBusy(false);
    say({}, Tone::Quiet);
    noteGiven();
}

void ProviderForm::noteGiven()
{
    ProviderDraft draft = m_drafts.value(m_shown);
    draft.baseUrl = addressFromText(m_ui->baseUrl->text());
    draft.model = m_ui->model->currentText().trimmed();
    m_given->setText(tr("Set at startup, for this run only. It is saved only if you change it."));
    m_given->setVisible(draft.showsGiven());
}

void ProviderForm::loadKey()
{
    whenFinished(m_providers.storedKey(m_shown), this, [this, asked = m_shown](const QString &key) {
        if (!m_drafts.contains(asked))
            return;
        ProviderDraft &draft = m_drafts[asked];
        draft.storedKey = key;
        draft.isKeyRead = true;
        if (!draft.isKeyEdited)
            draft.key = key;
        if (asked != m_shown)
            return;
        m_ui->removeKey->setEnabled(!key.isEmpty());
        m_ui->keyNote->setText(keyNote());
        if (!draft.isKeyEdited)
            m_ui->key->setText(key);
    });
}

QStringList ProviderForm::namesBut(const QString &provider) const
{
    QStringList names;
    for (const BuiltInProvider &one : builtInProviders())
        names += one.name;
    for (const QString &id : m_order) {
        if (id != provider)
            names += m_drafts.value(id).own.name;
    }
    return names;
}

QString ProviderForm::problemOf(const QString &provider) const
{
    const ProviderDraft draft = m_drafts.value(provider);
    if (m_order.contains(provider))
        return draft.own.problem(namesBut(provider));
    const QString problem = draft.baseUrl.isEmpty() ? QString() : addressProblem(draft.baseUrl);
    return problem.isEmpty() ? problem : problem + u' ' + tr("Leave it empty for the provider's own.");
}

QString ProviderForm::problem()
{
    keep();
    // The one that is seen comes first.
    const QStringList all = QStringList{m_shown} + m_drafts.keys();
    for (const QString &id : all) {
        const QString words = problemOf(id);
        if (words.isEmpty())
            continue;
        if (id != m_shown)
            m_ui->provider->setCurrentIndex(m_ui->provider->findData(id));
        say(words, Tone::Bad);
        return words;
    }
    return {};
}

void ProviderForm::check()
{
    keep();
    const ProviderDraft draft = m_drafts.value(m_shown);
    if (const QString words = problemOf(m_shown); !words.isEmpty())
        return say(words, Tone::Bad);
    if (m_shown != kDemo && !isOwn() && draft.key.isEmpty() && draft.baseUrl.isEmpty()) {
        m_ui->key->setFocus();
        return say(tr("Enter a key first."), Tone::Bad);
    }
    setBusy(true);
    say(tr("Connecting…"), Tone::Quiet);
    whenFinished(m_providers.check({m_shown, draft.baseUrl, draft.key, draft.own}), this,
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

void ProviderForm::showModels(const QVector<Llm::ModelInfo> &models)
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

Settings ProviderForm::applied(Settings settings)
{
    keep();
    settings.customProviders.clear();
    for (const QString &id : std::as_const(m_order))
        settings.customProviders += m_drafts.value(id).own;
    const ProviderDraft draft = m_drafts.value(m_shown);
    const auto kept = [this](const QString &provider, const ProviderDraft &from) {
        const Settings::LastChoice choice = from.toKeep();
        return Settings::LastChoice{m_order.contains(provider) ? QString() : choice.baseUrl, choice.model};
    };
    const Settings::LastChoice choice = kept(m_shown, draft);
    const bool isAsItWas = !draft.isKeyEdited && choice == settings.lastChoice(m_shown);
    settings.provider = m_shown == m_unchosen && isAsItWas ? QString() : m_shown;
    for (auto it = m_drafts.cbegin(); it != m_drafts.cend(); ++it) {
        const Settings::LastChoice last = kept(it.key(), *it);
        if (it.key() == settings.provider) {
            settings.baseUrl = last.baseUrl;
            settings.model = last.model;
        }
        // One with a key was set up, even where nothing else is known of it; whether one that was not looked
        // at has a key is not known here, so that it stays what it was.
        const bool isBare = last == Settings::LastChoice() && it->key.isEmpty();
        if (it.key() == settings.provider || (isBare && it->isKeyRead))
            settings.otherProviders.remove(it.key());
        else if (!isBare)
            settings.otherProviders.insert(it.key(), last);
    }
    for (const QString &id : std::as_const(m_removed))
        settings.otherProviders.remove(id);
    return settings;
}

QVector<ProviderForm::Key> ProviderForm::changedKeys()
{
    keep();
    QVector<Key> keys;
    for (auto it = m_drafts.cbegin(); it != m_drafts.cend(); ++it) {
        if (it->isKeyEdited && it->key != it->storedKey)
            keys.append({it.key(), it->key});
    }
    for (const QString &id : std::as_const(m_removed))
        keys.append({id, {}});
    return keys;
}

void ProviderForm::keyStored(const Key &key, const QString &place)
{
    m_removed.removeAll(key.provider);
    if (!m_drafts.contains(key.provider))
        return;
    ProviderDraft &draft = m_drafts[key.provider];
    draft.storedKey = key.key;
    if (key.provider != m_shown)
        return;
    m_ui->removeKey->setEnabled(!key.key.isEmpty());
    if (!place.isEmpty() && place != u"keychain"_s)
        m_ui->keyNote->setText(
            tr("No keychain is available; the key was saved to %1. Only your account can read that file.")
                .arg(place));
}

void ProviderForm::setBusy(bool busy)
{
    m_ui->progress->setVisible(busy);
    m_check->setResting(busy);
}

void ProviderForm::say(const QString &text, Tone tone)
{
    m_tone = tone;
    m_ui->status->setText(text);
    recolour();
    makeRoom();
}

// A long answer, or a provider with more to say, makes the dialog higher by what is missing and no more. The
// words get their height here: a form shares what it has between all that wraps.
void ProviderForm::makeRoom()
{
    if (!isVisible())
        return;
    m_ui->keyNote->setFixedHeight(m_ui->keyNote->heightForWidth(m_ui->keyNote->width()));
    // Most answers take two lines, which fit beside the button; a longer one makes its row higher.
    m_ui->status->setMinimumHeight(std::max(2 * QFontMetrics(m_ui->status->font()).lineSpacing(),
        m_ui->status->heightForWidth(m_ui->status->width())));
    layout()->activate();
    emit grown();
}

// Before, fonts and borders are not known.
void ProviderForm::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    makeRoom();
}

void ProviderForm::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (event->oldSize().width() != event->size().width())
        makeRoom();
}

// The widest, whether it is shown or not: fields must not move sideways from one provider to the next.
int ProviderForm::labelWidth() const
{
    return m_ui->headersLabel->sizeHint().width();
}

QWidget *ProviderForm::lastField() const
{
    return m_ui->check;
}

void ProviderForm::recolour()
{
    const Tokens &tokens = m_theme.tokens();
    const auto paint = [](QLabel *label, const QColor &colour) {
        QPalette colours = label->palette();
        colours.setColor(QPalette::WindowText, colour);
        label->setPalette(colours);
    };
    paint(m_ui->keyNote, tokens.dim);
    paint(m_given, tokens.dim);
    paint(m_ui->status, m_tone == Tone::Bad    ? tokens.failed
                        : m_tone == Tone::Good ? tokens.done
                                               : tokens.dim);
}

} // namespace Meanwhile::Ui
