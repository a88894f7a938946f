// SPDX-License-Identifier: MIT
#pragma once

#include "ui/theme.h"
#include "ui/workspace.h"

#include <QDialog>

#include <memory>

class Ui_SettingsDialog;

namespace Meanwhile::Ui {

/// Provider, key, model, theme and permissions. Not modal: show() it. Nothing changes before Save; Cancel and
/// Escape leave everything as it was.
///
/// A key goes to the Providers and nowhere else. Where it had to go to a file, the dialog stays open and says
/// so. Late answers for another provider, address or key are dropped. Not owned: the Providers.
class SettingsDialog : public QDialog {
    Q_OBJECT

public:
    SettingsDialog(
        const Theme &theme, Providers &providers, const Settings &settings, QWidget *parent = nullptr);
    ~SettingsDialog() override;

signals:
    /// To be applied and kept. The key is stored by then.
    void saved(const Meanwhile::Settings &settings);

private:
    enum class Tone { Quiet, Good, Bad };

    void fill();
    void connectAll();
    void providerChanged();
    void connectionEdited();
    void loadKey();
    void check();
    void showModels(const QVector<Llm::ModelInfo> &models);
    void save();
    void keyStored(const Settings &settings, const Result<QString> &place);
    void finish(const Settings &settings);
    void setBusy(bool busy);
    void makeRoom();
    void say(const QString &text, Tone tone);
    void recolour();
    QString provider() const;
    bool needsKey() const;
    /// Empty when the address can be used, otherwise what to do about it.
    QString addressProblem() const;
    Settings edited() const;

    std::unique_ptr<Ui_SettingsDialog> m_ui; ///< a global name: a global namespace Ui would be ambiguous
    const Theme &m_theme;
    Providers &m_providers;
    Settings m_settings;
    Tone m_tone = Tone::Quiet;
    QString m_storedKey; ///< of the provider chosen
    quint64 m_connection =
        0; ///< counts provider, address and key as edited; answers to older ones are dropped
};

} // namespace Meanwhile::Ui
