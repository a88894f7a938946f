// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QVector>

namespace Meanwhile::Ui {

/// A colour as a command asked for it; what it looks like is the palette's decision.
struct AnsiColor {
    enum class Kind : quint8 { Default, Indexed, Rgb };
    Kind kind = Kind::Default;
    quint32 value = 0; ///< Indexed: 0 to 255; Rgb: 0xRRGGBB

    bool operator==(const AnsiColor &) const = default;
};

struct AnsiStyle {
    AnsiColor foreground;
    AnsiColor background;
    bool bold = false;
    bool dim = false;
    bool italic = false;
    bool underline = false;
    bool inverse = false;
    bool strike = false;

    bool operator==(const AnsiStyle &) const = default;
};

struct AnsiSpan {
    int start = 0;
    int length = 0;
    AnsiStyle style;

    bool operator==(const AnsiSpan &) const = default;
};

/// One line of a log, without its end. Spans cover only what is not in the default style.
struct LogLine {
    QString text;
    QVector<AnsiSpan> spans;
    qint64 offset = 0; ///< of its first byte in the log

    bool operator==(const LogLine &) const = default;
};

} // namespace Meanwhile::Ui
