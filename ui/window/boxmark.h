// SPDX-License-Identifier: MIT
#pragma once

#include "permissions/mode.h"
#include "ui/widgets/elidedlabel.h"

namespace Meanwhile::Ui {

class Theme;

/// What holds the commands of this computer: "Box", an amber "Reduced box" or a red "No box". Its tool tip,
/// which is its description for a screen reader, says what that means and why it is so. Hidden until it is
/// known.
class BoxMark : public ElidedLabel {
    Q_OBJECT

public:
    explicit BoxMark(Theme &theme, QWidget *parent = nullptr);

    /// `reason`: why it is not a full one, in the words of the system.
    void setBox(Permissions::Box kind, const QString &reason);
    void setMode(Permissions::Mode mode);

private:
    void refresh();
    void paintByTheme();

    Theme &m_theme;
    Permissions::Box m_kind = Permissions::Box::Unknown;
    Permissions::Mode m_mode = Permissions::Mode::Box;
    QString m_reason;
};

} // namespace Meanwhile::Ui
