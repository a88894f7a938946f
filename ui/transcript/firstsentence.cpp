// SPDX-License-Identifier: MIT
#include "ui/transcript/firstsentence.h"

#include "ui/transcript/rowdocument.h"

#include <QTextBlock>
#include <QTextBoundaryFinder>

namespace Meanwhile::Ui {

static constexpr qsizetype kMaxSourceChars = 4'000;
static constexpr qsizetype kMaxChars = 300;

static QString sentenceOf(const QString &paragraph)
{
    QTextBoundaryFinder finder(QTextBoundaryFinder::Sentence, paragraph);
    const qsizetype end = finder.toNextBoundary();
    QString sentence = (end < 0 ? paragraph : paragraph.first(end)).trimmed();
    if (sentence.size() > kMaxChars)
        sentence = sentence.first(kMaxChars).trimmed() + u'…';
    return sentence;
}

QString firstSentence(const QString &markdown)
{
    RowDocument document{Tokens()};
    document.setMarkdown(markdown.left(kMaxSourceChars));
    QString otherwise;
    for (QTextBlock block = document.document()->begin(); block.isValid(); block = block.next()) {
        const QString paragraph = block.text().trimmed();
        if (paragraph.isEmpty())
            continue;
        const bool isProse =
            roleOf(block.blockFormat()) == BlockRole::Prose && block.blockFormat().headingLevel() == 0;
        if (isProse)
            return sentenceOf(paragraph);
        if (otherwise.isEmpty())
            otherwise = sentenceOf(paragraph);
    }
    return otherwise;
}

} // namespace Meanwhile::Ui
