// SPDX-License-Identifier: MIT
#pragma once

#include "ui/transcript/codewriter.h"
#include "ui/transcript/documentstyle.h"

#include <QTextCursor>
#include <QVector>

#include <optional>

namespace Meanwhile::Ui {

/// Writes Markdown (CommonMark with tables, task lists, strikethrough and bare links) at the end of a
/// document.
///
/// Raw HTML is shown as text and images as their alternative text; nothing is fetched. Only links that lead
/// to http, https or mailto become links. Nesting is followed to any depth and indented to a few levels. Not
/// owned, must outlive it: the style.
class MarkdownWriter {
public:
    explicit MarkdownWriter(const DocumentStyle &style)
        : m_style(style)
    {
    }

    /// `fresh`: the document's last block is empty and is to be used. Returns the same for whoever writes
    /// next.
    bool write(QTextCursor &cursor, QStringView markdown, bool fresh);
    bool hasLinks() const { return m_hasLinks; }
    bool hasCode() const { return m_hasCode; }
    bool hasTable() const { return m_hasTable; }
    /// In columns.
    qsizetype longestCodeLine() const { return m_longestCodeLine; }
    /// At which none of its lines is broken.
    int widestTable() const { return m_widestTable; }

private:
    friend struct MarkdownCallbacks;
    struct List {
        bool ordered = false;
        unsigned next = 1;
        bool tight = true;
    };

    int leftMargin() const;
    void addCode(QByteArrayView text);
    QString indentationBefore(qsizetype at, int columns) const;
    void beginBlock(QTextBlockFormat format, const QTextCharFormat &text);
    void beginParagraph();
    void ensureBlock();
    void insert(const QString &text);
    void pushFormat(const QTextCharFormat &format);
    void popFormat();
    const QTextCharFormat &format() const { return m_formats.last(); }
    void beginTable(unsigned rows, unsigned columns);
    void beginCell(bool head, Qt::Alignment alignment);
    void endTable();
    void endCode();
    void endList();
    void endRule();

    const DocumentStyle &m_style;
    QTextCursor *m_cursor = nullptr;
    bool m_fresh = false;
    bool m_inBlock = false;
    int m_quoteDepth = 0;
    QVector<List> m_lists;
    QString m_marker; ///< of the list item whose first block is to come
    QVector<QTextCharFormat> m_formats;
    std::optional<QString> m_code; ///< of the code block being read
    int m_codeIndent = 0;          ///< columns at the beginning of its line, not written yet
    QByteArrayView m_source;
    QString m_codeLanguage;
    QTextTable *m_table = nullptr;
    bool m_flatTable = false; ///< too large for a table: its cells are shown as text
    int m_cell = -1;
    bool m_hasLinks = false;
    bool m_hasCode = false;
    bool m_hasTable = false;
    qsizetype m_longestCodeLine = 0;
    int m_widestTable = 0;
};

} // namespace Meanwhile::Ui
