// SPDX-License-Identifier: MIT
#pragma once

#include "ui/taskpanel/logsource.h"

#include <QFile>

namespace Meanwhile::Ui {

/// A log that is one plain file; opened when first read, which may be before it exists.
class FileLogSource final : public LogSource {
public:
    explicit FileLogSource(const QString &path);

    qint64 size() override;
    QByteArray read(qint64 offset, qint64 maxBytes) override;

private:
    bool open();

    QFile m_file;
};

} // namespace Meanwhile::Ui
