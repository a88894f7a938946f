// SPDX-License-Identifier: MIT
#include "ui/taskpanel/ansiparser.h"

#include <optional>

namespace Meanwhile::Ui {

namespace {

/// The parameters of one sequence: groups between ';', each of numbers between ':'. An empty number is 0.
class SgrReader {
public:
    explicit SgrReader(QStringView parameters)
    {
        for (const QStringView group : parameters.split(u';')) {
            QVector<int> numbers;
            for (const QStringView number : group.split(u':')) {
                bool ok = false;
                const int value = number.toInt(&ok);
                numbers.append(ok ? value : 0);
            }
            m_groups.append(numbers);
        }
    }

    bool atEnd() const { return m_at >= m_groups.size(); }
    QVector<int> next() { return m_groups.at(m_at++); }

    /// What follows 38 or 48: in the same group (colons) or in the next ones (semicolons).
    std::optional<AnsiColor> color(QVector<int> group)
    {
        if (group.size() == 1) {
            const qsizetype kind = m_at < m_groups.size() ? m_groups.at(m_at).constFirst() : 0;
            const qsizetype wanted = kind == 5 ? 2 : 4;
            for (qsizetype i = 0; i < wanted && !atEnd(); ++i)
                group.append(next().constFirst());
        } else if (group.size() >= 6 && group.at(1) == 2) {
            group.remove(2); // the colour space, which nobody fills in
        }
        const auto isByte = [](int n) { return n >= 0 && n <= 255; };
        if (group.size() >= 3 && group.at(1) == 5 && isByte(group.at(2)))
            return AnsiColor{AnsiColor::Kind::Indexed, quint32(group.at(2))};
        if (group.size() < 5 || group.at(1) != 2)
            return {};
        if (!isByte(group.at(2)) || !isByte(group.at(3)) || !isByte(group.at(4)))
            return {};
        return AnsiColor{AnsiColor::Kind::Rgb, quint32(group.at(2) << 16 | group.at(3) << 8 | group.at(4))};
    }

private:
    QVector<QVector<int>> m_groups;
    qsizetype m_at = 0;
};

AnsiColor indexed(int index)
{
    return {AnsiColor::Kind::Indexed, quint32(index)};
}

bool setAttribute(AnsiStyle &style, int code, bool hasShape, int shape)
{
    switch (code) {
    case 1:
        return style.bold = true;
    case 2:
        return style.dim = true;
    case 3:
        return style.italic = true;
    case 4:
        style.underline = !hasShape || shape != 0;
        return true;
    case 7:
        return style.inverse = true;
    case 9:
        return style.strike = true;
    case 21:
        return style.underline = true;
    case 22:
        style.bold = style.dim = false;
        return true;
    case 23:
        style.italic = false;
        return true;
    case 24:
        style.underline = false;
        return true;
    case 27:
        style.inverse = false;
        return true;
    case 29:
        style.strike = false;
        return true;
    default:
        return false;
    }
}

void setSimpleColor(AnsiStyle &style, int code)
{
    if (code >= 30 && code <= 37)
        style.foreground = indexed(code - 30);
    else if (code >= 90 && code <= 97)
        style.foreground = indexed(code - 90 + 8);
    else if (code >= 40 && code <= 47)
        style.background = indexed(code - 40);
    else if (code >= 100 && code <= 107)
        style.background = indexed(code - 100 + 8);
    else if (code == 39)
        style.foreground = {};
    else if (code == 49)
        style.background = {};
}

} // namespace

AnsiStyle afterSgr(AnsiStyle style, QStringView parameters)
{
    SgrReader reader(parameters);
    while (!reader.atEnd()) {
        const QVector<int> group = reader.next();
        const int code = group.constFirst();
        if (code == 0) {
            style = {};
        } else if (code == 38 || code == 48 || code == 58) {
            const std::optional<AnsiColor> color = reader.color(group);
            if (color && code == 38)
                style.foreground = *color;
            else if (color && code == 48)
                style.background = *color;
        } else if (!setAttribute(style, code, group.size() > 1, group.value(1))) {
            setSimpleColor(style, code);
        }
    }
    return style;
}

} // namespace Meanwhile::Ui
