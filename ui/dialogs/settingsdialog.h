// SPDX-License-Identifier: MIT
#pragma once

#include "ui/dialogs/logsform.h"
#include "ui/dialogs/noticesform.h"
#include "ui/dialogs/passonform.h"
#include "ui/dialogs/providerform.h"
#include "ui/widgets/theme.h"

#include <QDialog>

#include <memory>

class QScrollArea;
class Ui_SettingsDialog;

namespace Meanwhile::Ui {

/// Providers, theme, permissions, what the person is notified of, how long logs are kept and which variables
/// commands get. Not modal: show() it. Nothing changes before Save; Cancel and Escape leave everything as it
/// was.
///
/// Keys go to the Providers and nowhere else. Where one had to go to a file, the dialog stays open and says
/// so. Not owned: the Providers.
class SettingsDialog : public QDialog {
    Q_OBJECT

public:
    /// What is there around it: the project that is open, what is held back from its commands (see
    /// Project::heldBack), and what notifies the person.
    struct Surroundings {
        QString folder; ///< empty: none is open
        QStringList heldBack;
        Notify::Notifier *notifier = nullptr;
    };

    SettingsDialog(
        const Theme &theme, Providers &providers, const Settings &settings, QWidget *parent = nullptr);
    SettingsDialog(const Theme &theme, Providers &providers, const Settings &settings,
        const Surroundings &surroundings, QWidget *parent = nullptr);
    ~SettingsDialog() override;

signals:
    /// To be applied and kept. The keys are stored by then.
    void saved(const Meanwhile::Settings &settings);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void makeScrollable();
    void makeRoom(int least);
    void fill();
    void save();
    /// One after the other, then the rest is saved.
    void storeKeys(QVector<ProviderForm::Key> keys, bool wentToFile);
    void finish(bool wentToFile);
    Settings edited() const;

    std::unique_ptr<Ui_SettingsDialog> m_ui; ///< a global name: a global namespace Ui would be ambiguous
    Providers &m_providers;
    Settings m_settings;
    QScrollArea *m_scroll = nullptr;
    QWidget *m_content = nullptr; ///< all but the buttons
    ProviderForm *m_form = nullptr;
    LogsForm *m_logs = nullptr;
    NoticesForm *m_notices = nullptr;
    PassOnForm *m_passOn = nullptr; ///< null where nothing is held back
};

} // namespace Meanwhile::Ui
