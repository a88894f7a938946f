// SPDX-License-Identifier: MIT
#pragma once

#include "ui/dialogs/providerdraft.h"
#include "ui/ports/providers.h"

#include <QMap>
#include <QWidget>

#include <memory>

class QLabel;
class Ui_ProviderForm;

namespace Meanwhile::Ui {

class RestingButton;
class Theme;

/// The part of the settings about providers: the one in use, its address, key and model; the person's own
/// ones added, described and taken away; servers on this computer offered. Each can be tested.
///
/// What is entered stays with its provider while another one is shown. Nothing is changed outside: the dialog
/// takes applied() and changedKeys(). Late answers for another provider, address or key are dropped.
/// Not owned: theme, Providers.
class ProviderForm : public QWidget {
    Q_OBJECT

public:
    enum class Tone { Quiet, Good, Bad };
    struct Key {
        QString provider;
        QString key; ///< empty: forget it
    };

    ProviderForm(
        const Theme &theme, Providers &providers, const Settings &settings, QWidget *parent = nullptr);
    ~ProviderForm() override;

    /// Empty when it can be saved; otherwise that provider is shown, with the words for what to do.
    QString problem();
    Settings applied(Settings settings);
    QVector<Key> changedKeys();
    /// `place` as of Providers::storeKey().
    void keyStored(const Key &key, const QString &place);
    void setBusy(bool busy);
    void say(const QString &text, Tone tone);
    QWidget *lastField() const;
    int labelWidth() const;

signals:
    /// It may need more height.
    void grown();

protected:
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void placeWords();
    void connectAll();
    void fillProviders(const QString &shown);
    void add(const QString &name, const QString &address, const QString &protocol);
    void remove();
    void offer(const QVector<Llm::LocalServer> &servers);
    void keep();
    void show(const QString &provider);
    void connectionEdited();
    void noteGiven();
    void loadKey();
    void check();
    void showModels(const QVector<Llm::ModelInfo> &models);
    void makeRoom();
    void recolour();
    bool isOwn() const;
    QStringList namesBut(const QString &provider) const;
    QString problemOf(const QString &provider) const;
    QString keyNote() const;

    std::unique_ptr<Ui_ProviderForm> m_ui; ///< a global name: a global namespace Ui would be ambiguous
    const Theme &m_theme;
    Providers &m_providers;
    RestingButton *m_check = nullptr; ///< while one check is under way
    QLabel *m_given;                  ///< that what is shown was said at the start
    QMap<QString, ProviderDraft> m_drafts;
    QStringList m_order; ///< of the person's own
    QStringList m_removed;
    QString m_shown;
    QString m_unchosen; ///< in use, though the person chose none; until it is edited
    Tone m_tone = Tone::Quiet;
    quint64 m_connection = 0; ///< counts what was edited; answers to older states are dropped
};

} // namespace Meanwhile::Ui
