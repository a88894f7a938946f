// SPDX-License-Identifier: MIT
#pragma once

#include "app/commandline.h"
#include "app/window/windowsessions.h"
#include "ui/ports/givenwords.h"
#include "ui/ports/providers.h"
#include "ui/ports/workspace.h"

#include <QObject>
#include <QThreadPool>

#include <memory>
#include <vector>

namespace Meanwhile::Keys {
class KeyStore;
}

namespace Meanwhile::App {

/// The program behind the window: settings become the model in use, of every session.
///
/// Thread: GUI thread.
class WindowProgram final : public QObject, public Ui::Workspace, public Ui::Providers {
    Q_OBJECT

public:
    WindowProgram(Program &program, CommandLine line, Keys::KeyStore &keys, QObject *parent = nullptr);
    ~WindowProgram() override;

    WindowSessions &sessions() { return m_sessions; }
    /// In words, which settings the file has otherwise than a person chose them here; empty where none.
    /// They wait in the file until answer(), whatever is applied and saved until then.
    QString changedOutside() const { return m_program.trusted.changes(); }
    Settings settingsFromOutside() const;
    /// The person's decision on what was changed outside: uses these settings and writes them to the file.
    void answer(const Settings &settings);
    /// For the settings dialog. Not owned; null: nobody is notified.
    void setNotifier(Notify::Notifier *notifier) { m_notifier = notifier; }
    Notify::Notifier *notifier() override { return m_notifier; }
    /// Reads the file again, which may have changed while the program runs. False: not now, it is being
    /// saved.
    bool lookAtSettings();

    void apply(const Settings &settings) override;
    Settings settings() const override;
    Ui::ModelInUse modelInUse() const override;

    QFuture<Result<QVector<Llm::ModelInfo>>> check(const Ui::ProviderChoice &choice) override;
    QFuture<QString> storedKey(const QString &provider) override;
    bool hasKeychain() const override;
    Ui::GivenAtStart givenAtStart() const override;
    QVector<Ui::ProviderName> available() const override;
    QFuture<Result<QVector<Llm::ModelInfo>>> models(const QString &provider) override;
    Llm::ModelFacts facts(const QString &provider, const QString &model) const override;
    QFuture<QVector<Llm::LocalServer>> localServers() override;
    QFuture<Result<QString>> storeKey(const QString &provider, const QString &key) override;

signals:
    /// By apply() or answer().
    void settingsChanged();
    /// The key was read, or the provider has listed models: modelInUse() has
    /// changed.
    void modelInUseChanged();
    /// What holds the commands of this computer, and why that is not a full box.
    void boxFound(Meanwhile::Permissions::Box kind, const QString &reason);

private:
    /// The provider that is chosen now: its key is read, then it is asked for a model where none is chosen.
    /// What is sent before the key is there waits for it.
    void useProvider();
    QFuture<QString> keyOf(const QString &provider);
    /// Takes over provider, address and model where they have changed. False: none has.
    bool takeChoice(const Settings &before, const Settings &settings);
    void renewClient(const QString &defaultModel = {});
    void tellSessions();
    QString nameOf(const QString &provider) const;
    QFuture<Result<QVector<Llm::ModelInfo>>> ask(const ProviderAccess &access);
    void chooseModelIfNone();
    /// What the list says of each model, kept for the next start.
    void learn(const ProviderAccess &access, const QVector<Llm::ModelInfo> &models);
    void take(const Settings &settings);
    void saveSettings(const Settings &before);

    Program &m_program;
    CommandLine m_line;
    Keys::KeyStore &m_keys;
    Notify::Notifier *m_notifier = nullptr;
    QThreadPool m_saving;
    StartEnvironment m_environment; ///< without what the person chose otherwise since the start
    Secret m_storedKey;
    bool m_awaitsModel = false; ///< until the provider's models were listed
    QString m_awaitedKey;       ///< the provider in use, while its key is read; else empty
    ProviderAccess m_access;
    Llm::LocalServers m_localServers;
    // Earlier clients stay: an answer of theirs may still be streaming.
    std::vector<std::unique_ptr<Llm::LlmClient>> m_clients;
    WindowSessions m_sessions; // before the clients go
};

} // namespace Meanwhile::App
