// SPDX-License-Identifier: MIT
#include "ui/taskpanel/logview.h"

#include <QKeyEvent>
#include <QPainter>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextBlockUserData>
#include <QTextLayout>

#include <algorithm>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

namespace {

constexpr qreal kMargin = 12; // the head above it begins there too

/// What a line asked for, kept so that a change of theme can colour it again.
struct LineSpans final : QTextBlockUserData {
    explicit LineSpans(QVector<AnsiSpan> theSpans)
        : spans(std::move(theSpans))
    {
    }
    QVector<AnsiSpan> spans;
};

QString joined(const QVector<LogLine> &lines)
{
    qsizetype size = 0;
    for (const LogLine &line : lines)
        size += line.text.size() + 1;
    QString text;
    text.reserve(size);
    for (const LogLine &line : lines) {
        text += line.text;
        text += u'\n';
    }
    return text;
}

} // namespace

LogView::LogView(const Theme &theme, QWidget *parent)
    : QPlainTextEdit(parent)
    , m_theme(theme)
    , m_palette(theme.tokens())
{
    setObjectName(u"logView"_s);
    setAccessibleName(tr("Output of the selected task"));
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setUndoRedoEnabled(false);
    setFrameShape(QFrame::NoFrame);
    setFont(Theme::codeFont());
    setTabStopDistance(8 * fontMetrics().horizontalAdvance(u' '));
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    document()->setDocumentMargin(kMargin);
    QTextOption option = document()->defaultTextOption();
    option.setTextDirection(Qt::LeftToRight);
    document()->setDefaultTextOption(option);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &LogView::scrolled);
    // A page step moves the bar with its signals blocked, so that only this reports it.
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect &, int dy) {
        if (dy != 0)
            scrolled();
    });
    connect(&theme, &Theme::changed, this, &LogView::recolour);
}

void LogView::clearLog()
{
    const QScopedValueRollback changing(m_changing, true);
    clear();
    m_offsets.clear();
    m_maxLines = kMaxLines;
    m_maxChars = kMaxChars;
    m_isApart = false;
    setFollowing(true);
    emit firstOffsetChanged();
}

void LogView::setEmptyText(const QString &text)
{
    if (placeholderText() == text)
        return;
    setPlaceholderText(text);
    viewport()->update(); // Qt does so only when the text comes or goes
}

void LogView::showUpdate(const LogUpdate &update)
{
    // A part of the middle was asked for while this was being read; what is new would be put behind it.
    if (m_isApart && !update.fresh)
        return;
    const qint64 before = firstOffset();
    const bool wasApart = std::exchange(m_isApart, false);
    {
        const QScopedValueRollback changing(m_changing, true);
        if (update.fresh) {
            clear();
            m_offsets.clear();
        }
        appendLines(update.lines, update.open);
        trim();
    }
    if (wasApart)
        setFollowing(true);
    else if (m_following)
        scrollToEnd();
    if (firstOffset() != before || update.fresh)
        emit firstOffsetChanged();
}

void LogView::appendLines(const QVector<LogLine> &lines, const LogLine &open)
{
    // The last block is always the open line; the first ended line completes it.
    int number = blockCount() - 1;
    if (m_offsets.empty())
        m_offsets.push_back(lines.isEmpty() ? open.offset : lines.constFirst().offset);
    if (lines.isEmpty()) {
        replaceOpenLine(open.text);
    } else {
        replaceOpenLine(lines.constFirst().text);
        QTextCursor cursor(document());
        cursor.movePosition(QTextCursor::End);
        cursor.insertText(u'\n' + joined(lines.sliced(1)) + open.text);
        for (qsizetype i = 1; i < lines.size(); ++i)
            m_offsets.push_back(lines.at(i).offset);
        m_offsets.push_back(open.offset);
    }
    QTextBlock block = document()->findBlockByNumber(number);
    for (const LogLine &line : lines) {
        colour(block, line.spans);
        block = block.next();
    }
    colour(block, open.spans);
}

void LogView::replaceOpenLine(const QString &text)
{
    // Only what differs is touched, so that a selection in a growing line stays.
    const QString old = document()->lastBlock().text();
    const auto [oldAt, newAt] = std::mismatch(old.begin(), old.end(), text.begin(), text.end());
    if (oldAt == old.end() && newAt == text.end())
        return;
    QTextCursor cursor(document()->lastBlock());
    cursor.setPosition(document()->lastBlock().position() + int(oldAt - old.begin()));
    cursor.movePosition(QTextCursor::End, QTextCursor::KeepAnchor);
    cursor.insertText(text.sliced(newAt - text.begin()));
}

void LogView::prependLines(const QVector<LogLine> &lines)
{
    if (lines.isEmpty())
        return;
    const QString text = joined(lines);
    m_maxLines += int(lines.size());
    m_maxChars += int(text.size());
    const int value = verticalScrollBar()->value();
    {
        const QScopedValueRollback changing(m_changing, true);
        QTextCursor cursor(document());
        cursor.insertText(text);
        QTextBlock block = document()->firstBlock();
        for (const LogLine &line : lines) {
            colour(block, line.spans);
            block = block.next();
        }
        for (auto line = lines.crbegin(); line != lines.crend(); ++line)
            m_offsets.push_front(line->offset);
    }
    // The lines in sight stay; at the end, the last of the earlier ones come into sight.
    const bool wasFollowing = m_following;
    setFollowing(false);
    {
        const QScopedValueRollback changing(m_changing, true);
        const int added = int(lines.size());
        verticalScrollBar()->setValue(
            wasFollowing ? std::max(0, added - verticalScrollBar()->pageStep() / 2) : value + added);
    }
    emit firstOffsetChanged();
}

void LogView::showPart(const LogPart &part)
{
    {
        const QScopedValueRollback changing(m_changing, true);
        setFollowing(false);
        m_isApart = true;
        clear();
        m_offsets.clear();
        LogLine behind;
        behind.offset = part.endOffset;
        appendLines(part.lines, behind);
    }
    const auto at = std::lower_bound(m_offsets.begin(), m_offsets.end(), part.around);
    const QScopedValueRollback changing(m_changing, true);
    verticalScrollBar()->setValue(
        std::max(0, int(at - m_offsets.begin()) - verticalScrollBar()->pageStep() / 2));
    emit firstOffsetChanged();
}

void LogView::colour(const QTextBlock &block, const QVector<AnsiSpan> &spans)
{
    if (!block.isValid() || (spans.isEmpty() && !block.userData()))
        return;
    QTextBlock target = block;
    target.setUserData(spans.isEmpty() ? nullptr : new LineSpans(spans));
    QList<QTextLayout::FormatRange> ranges;
    ranges.reserve(spans.size());
    for (const AnsiSpan &span : spans)
        ranges.append({span.start, span.length, m_palette.format(span.style)});
    block.layout()->setFormats(ranges);
    if (block.layout()->lineCount() > 0)
        document()->markContentsDirty(block.position(), block.length());
}

void LogView::recolour()
{
    m_palette = AnsiPalette(m_theme.tokens());
    for (QTextBlock block = document()->firstBlock(); block.isValid(); block = block.next()) {
        if (const auto *spans = dynamic_cast<LineSpans *>(block.userData()))
            colour(block, QVector<AnsiSpan>(spans->spans));
    }
    viewport()->update();
}

void LogView::trim()
{
    const int excessLines = blockCount() - 1 - m_maxLines;
    const int excessChars = document()->characterCount() - m_maxChars;
    int lines = 0;
    int chars = 0;
    int rows = 0;
    QTextBlock block = document()->firstBlock();
    while (block.next().isValid() && (lines < excessLines || chars < excessChars)) {
        ++lines;
        chars += block.length();
        rows += block.lineCount();
        block = block.next();
    }
    if (lines == 0)
        return;
    const int value = verticalScrollBar()->value();
    QTextCursor cursor(document());
    cursor.setPosition(block.position(), QTextCursor::KeepAnchor);
    cursor.removeSelectedText();
    m_offsets.erase(m_offsets.begin(), m_offsets.begin() + lines);
    if (!m_following)
        verticalScrollBar()->setValue(value - rows);
}

void LogView::setFollowing(bool follow)
{
    if (follow && m_isApart)
        return emit endRequested();
    if (follow) {
        m_maxLines = kMaxLines;
        m_maxChars = kMaxChars;
    }
    const bool changed = follow != m_following;
    m_following = follow;
    if (follow)
        scrollToEnd();
    if (changed)
        emit followingChanged(follow);
}

void LogView::scrollToEnd()
{
    const QScopedValueRollback changing(m_changing, true);
    verticalScrollBar()->setValue(verticalScrollBar()->maximum());
}

void LogView::scrolled()
{
    if (!m_changing && !m_isApart)
        setFollowing(verticalScrollBar()->value() >= verticalScrollBar()->maximum());
}

void LogView::resizeEvent(QResizeEvent *event)
{
    const QScopedValueRollback changing(m_changing, true);
    QPlainTextEdit::resizeEvent(event);
    if (m_following)
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
}

void LogView::keyPressEvent(QKeyEvent *event)
{
    // Plain keys scroll, as in a pager; with Shift they select from the caret, as in every text.
    static constexpr std::pair<Qt::Key, QAbstractSlider::SliderAction> kScrollKeys[] = {
        {Qt::Key_Up, QAbstractSlider::SliderSingleStepSub},
        {Qt::Key_Down, QAbstractSlider::SliderSingleStepAdd},
        {Qt::Key_PageUp, QAbstractSlider::SliderPageStepSub},
        {Qt::Key_PageDown, QAbstractSlider::SliderPageStepAdd},
        {Qt::Key_Home, QAbstractSlider::SliderToMinimum},
    };
    if ((event->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier) {
        if (event->key() == Qt::Key_End)
            return setFollowing(true);
        for (const auto &[key, action] : kScrollKeys) {
            if (event->key() == key)
                return verticalScrollBar()->triggerAction(action);
        }
    }
    QPlainTextEdit::keyPressEvent(event);
}

bool LogView::select(const LogMatch &match, int length)
{
    const auto behind = std::upper_bound(m_offsets.begin(), m_offsets.end(), match.line);
    if (behind == m_offsets.begin() || match.line > endOffset() || (m_isApart && match.line == endOffset()))
        return false;
    const QTextBlock block = document()->findBlockByNumber(int(behind - m_offsets.begin()) - 1);
    setFollowing(false);
    QTextCursor cursor(block);
    cursor.setPosition(block.position() + std::min(match.column, block.length() - 1));
    cursor.setPosition(
        std::min(cursor.position() + length, block.position() + block.length() - 1), QTextCursor::KeepAnchor);
    setTextCursor(cursor);
    const QRect place = cursorRect(cursor);
    if (!viewport()->rect().adjusted(0, place.height(), 0, -place.height()).contains(place))
        centerCursor();
    return true;
}

qint64 LogView::offsetInSight() const
{
    const int number = firstVisibleBlock().blockNumber();
    return number >= 0 && size_t(number) < m_offsets.size() ? m_offsets.at(size_t(number)) : 0;
}

void LogView::setMarkedText(const QString &text)
{
    m_marked = text;
    viewport()->update();
}

void LogView::setWrapping(bool wraps)
{
    setLineWrapMode(wraps ? WidgetWidth : NoWrap);
    setHorizontalScrollBarPolicy(wraps ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded);
    if (m_following)
        scrollToEnd();
}

// Behind the text: a format of its own would take the colours away that the command asked for.
void LogView::paintEvent(QPaintEvent *event)
{
    if (!m_marked.isEmpty())
        paintMarks(event->rect());
    QPlainTextEdit::paintEvent(event);
}

void LogView::paintMarks(const QRect &area)
{
    QPainter painter(viewport());
    for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        const QRectF place = blockBoundingGeometry(block).translated(contentOffset());
        if (place.top() > area.bottom())
            break;
        const QString text = block.text();
        qsizetype at = text.indexOf(m_marked, 0, Qt::CaseInsensitive);
        for (; at >= 0; at = text.indexOf(m_marked, at + m_marked.size(), Qt::CaseInsensitive)) {
            const int end = int(at + m_marked.size());
            for (int position = int(at); position < end;) {
                const QTextLine line = block.layout()->lineForTextPosition(position);
                if (!line.isValid())
                    break;
                const int last = std::min(end, line.textStart() + line.textLength());
                const qreal left = line.cursorToX(position);
                const QRectF mark(left, line.y(), line.cursorToX(last) - left, line.height());
                painter.fillRect(mark.translated(place.topLeft()), m_theme.tokens().accentTint);
                if (last <= position)
                    break;
                position = last;
            }
        }
    }
}

} // namespace Meanwhile::Ui
