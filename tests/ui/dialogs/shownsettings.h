// SPDX-License-Identifier: MIT
#pragma once

#include "fakeproviders.h"
#include "ui/dialogs/settingsdialog.h"

#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QtTest>

namespace Meanwhile::Testing {

using namespace Qt::StringLiterals;

/// The settings on the screen, with the program behind them.
struct ShownSettings {
    FakeProviders providers;
    Ui::Theme theme{*qApp};
    std::unique_ptr<Ui::SettingsDialog> dialog;
    std::unique_ptr<QSignalSpy> saved;

    explicit ShownSettings(const QString &storedKey = {}, const Settings &settings = {},
        const QVector<Llm::LocalServer> &servers = {})
    {
        providers.stored = storedKey;
        providers.servers = servers;
        open(settings);
    }

    void open(const Settings &settings)
    {
        dialog = std::make_unique<Ui::SettingsDialog>(theme, providers, settings);
        saved = std::make_unique<QSignalSpy>(dialog.get(), &Ui::SettingsDialog::saved);
        dialog->show();
        QCoreApplication::processEvents();
    }

    template <typename T>
    T *child(const char *name) const
    {
        return dialog->findChild<T *>(QString::fromLatin1(name));
    }
    QString status() const { return child<QLabel>("status")->text(); }
    void preset(const QString &name) const { dialog->findChild<QAction *>(u"preset."_s + name)->trigger(); }
    void click(const char *name) const { QTest::mouseClick(child<QPushButton>(name), Qt::LeftButton); }
    void type(const char *name, const QString &text) const
    {
        auto *edit = child<QLineEdit>(name);
        edit->selectAll();
        QTest::keyClicks(edit, text);
    }
    Settings result() const { return saved->constLast().at(0).value<Settings>(); }
};

} // namespace Meanwhile::Testing
