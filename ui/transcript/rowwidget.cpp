// SPDX-License-Identifier: MIT
#include "ui/transcript/rowwidget.h"

namespace Meanwhile::Ui {

RowWidget::RowWidget(const Theme &theme, DocumentCache &cache, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_cache(cache)
{
}

void RowWidget::bind(const Models::TranscriptRow &row, RowState &state)
{
    const bool isOther = uid() != state.uid;
    m_row = row;
    m_state = &state;
    setAccessibleName(Models::plainText(row));
    refresh(isOther);
}

} // namespace Meanwhile::Ui
