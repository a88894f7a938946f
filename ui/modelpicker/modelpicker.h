// SPDX-License-Identifier: MIT
#pragma once

#include "llm/thinking.h"
#include "ui/modelpicker/modellist.h"

#include <QWidget>

class QButtonGroup;
class QHBoxLayout;
class QLineEdit;
class QListView;

namespace Meanwhile::Ui {

class Theme;

/// Chooses what answers: a field to search in and to type an id into, the models of every provider, how much
/// the model thinks, and the way to the settings.
///
/// By keyboard: the field has the focus; Up, Down, Page keys move in the list, Enter chooses, Tab moves to
/// the rest. Its size does not change by itself: what comes later moves nothing under the pointer.
class ModelPicker : public QWidget {
    Q_OBJECT

public:
    ModelPicker(Theme &theme, ModelList &list, QWidget *parent = nullptr);

    /// Nothing to choose where `form` has no levels.
    void setThinking(Llm::ThinkingForm form, Llm::ThinkingLevel level);
    /// Makes room for rows of this height in all, or for as many as fit into the greatest height it takes.
    void fitTo(int rowsHeight);
    /// All that are listed now.
    int rowsHeight() const;
    /// To the model in use, or to the first.
    void selectCurrent();

    static QString wordFor(Llm::ThinkingLevel level);

signals:
    void modelChosen(const QString &provider, const QString &model);
    void thinkingChosen(Meanwhile::Llm::ThinkingLevel level);
    void settingsRequested();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    bool focusNextPrevChild(bool next) override;
    void keyPressEvent(QKeyEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void choose(const QModelIndex &index);
    void filter(const QString &text);
    QWidget *makeFooter();

    ModelList &m_list;
    QLineEdit *m_field = nullptr;
    QListView *m_view = nullptr;
    QWidget *m_footer = nullptr;
    QWidget *m_thinking = nullptr;
    QHBoxLayout *m_thinkingRow = nullptr;
    QButtonGroup *m_levels = nullptr;
    bool m_hasMoved = false; ///< the person did, in the list
};

} // namespace Meanwhile::Ui
