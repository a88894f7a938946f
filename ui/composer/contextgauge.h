// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

#include <optional>

namespace Meanwhile::Ui {

class Theme;

/// How much of what the model can read at once is used: a bar and the same in words. Without a known limit
/// there are only the tokens; before the first answer nothing. To a screen reader a progress bar in per cent,
/// and without a limit a text.
class ContextGauge : public QWidget {
    Q_OBJECT

public:
    static constexpr int kNearlyFull = 80; ///< per cent: from here on it says so

    explicit ContextGauge(Theme &theme, QWidget *parent = nullptr);

    /// Tokens; a limit of 0 is unknown.
    void setTokens(qint64 used, qint64 limit);
    QString text() const { return m_text; }
    /// Of the limit; none where that is unknown.
    std::optional<int> percent() const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    bool hasBar() const { return m_limit > 0 && m_used > 0; }
    bool isNearlyFull() const { return hasBar() && m_used * 100 >= m_limit * kNearlyFull; }

    Theme &m_theme;
    qint64 m_used = 0;
    qint64 m_limit = 0;
    QString m_text;
};

} // namespace Meanwhile::Ui
