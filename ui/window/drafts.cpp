// SPDX-License-Identifier: MIT
#include "ui/window/drafts.h"

#include "ui/composer/composer.h"
#include "ui/window/windowstate.h"

namespace Meanwhile::Ui {

Drafts::Drafts(WindowState &memory, WindowStateFile &file)
    : m_memory(memory)
    , m_file(file)
{
}

void Drafts::keep(const QString &key, const Composer &composer)
{
    m_images.insert(key, composer.images());
    const QString words = composer.text();
    if (words.isEmpty())
        m_memory.drafts.remove(key);
    else
        m_memory.drafts.insert(key, words);
    m_file.save(m_memory);
}

void Drafts::keepAtOnce(const QString &key, const Composer &composer)
{
    keep(key, composer);
    m_file.flush();
}

void Drafts::forget(const QString &key)
{
    m_images.remove(key);
    if (m_memory.drafts.remove(key) == 0)
        return;
    m_file.save(m_memory);
    m_file.flush(); // what was sent must not come back after a crash
}

void Drafts::show(const QString &key, Composer &composer) const
{
    // Copies, since each change of the composer is kept here at once.
    const QString words = m_memory.drafts.value(key);
    const QVector<Conversation::ImageBlock> images = m_images.value(key);
    composer.showDraft(words);
    composer.setImages(images);
}

} // namespace Meanwhile::Ui
