// SPDX-License-Identifier: MIT
#include "ui/transcript/writtentext.h"

#include "ui/transcript/documentstyle.h"

#include <QTextBlock>
#include <QTextCursor>

namespace Meanwhile::Ui {

static bool continues(const QTextBlock &block)
{
    return block.blockFormat().boolProperty(ContinuationProperty);
}

QString writtenText(const QTextCursor &selection)
{
    QString text;
    const int start = selection.selectionStart();
    const int end = selection.selectionEnd();
    if (start == end)
        return text;
    for (QTextBlock block = selection.document()->findBlock(start);
         block.isValid() && block.position() <= end; block = block.next()) {
        if (block.position() > start && !continues(block))
            text += u'\n';
        const int from = std::max(start - block.position(), 0);
        const int to = std::min(end - block.position(), block.length() - 1);
        text += QStringView(block.text()).mid(from, std::max(0, to - from));
    }
    return text.replace(QChar::LineSeparator, u'\n').replace(QChar::Nbsp, u' ');
}

QString codeText(const QTextBlock &first)
{
    QString text;
    for (QTextBlock block = first; block.isValid() && roleOf(block.blockFormat()) == BlockRole::Code;
         block = block.next()) {
        if (block != first && !continues(block))
            text += u'\n';
        text += block.text();
        if (block.blockFormat().intProperty(CodeEdgeProperty) & CodeLast)
            break;
    }
    return text;
}

} // namespace Meanwhile::Ui
