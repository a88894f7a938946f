// SPDX-License-Identifier: MIT
#pragma once

#include <QPlainTextEdit>

namespace Meanwhile::Ui {

class Theme;

/// What a person is asked to allow, to the letter: read-only, in the code face, wrapped anywhere so that
/// nothing hides to the right, as high as its text up to kMaxLines, then it scrolls.
///
/// scrolled() with every change of linesBelow(); endShown() when the last line is drawn.
///
/// A unified diff has its added and removed lines tinted. Its two lines of names are left out, and so is the
/// first "@@" where nothing stands above it.
class ExactText : public QPlainTextEdit {
    Q_OBJECT

public:
    static constexpr int kMaxLines = 10;

    explicit ExactText(Theme &theme, QWidget *parent = nullptr);

    void setCommand(const QString &text);
    /// `path`: stands above it, where there is one.
    void setDiff(const QString &diff, const QString &path = {});
    /// Lines as wrapped now; of those that were never in sight, about.
    int lineCount() const;
    /// Those that are still below what is shown.
    int linesBelow() const;
    void scrollOnePage();
    void scrollToEnd();
    bool isEndInSight() const;

signals:
    void scrolled();
    void endShown();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void setContent(const QString &text, bool isDiff);
    int heightOf(int lines) const;
    void fitHeight();

    Theme &m_theme;
    bool m_isDiff = false;
};

} // namespace Meanwhile::Ui
