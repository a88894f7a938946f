// SPDX-License-Identifier: MIT
#include "base/jsontext.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace Meanwhile {

namespace {

constexpr int kMostLayers = 3; // of strings around an object

bool isLoneAt(const QString &text, qsizetype i)
{
    const QChar c = text.at(i);
    if (c.isHighSurrogate())
        return i + 1 == text.size() || !text.at(i + 1).isLowSurrogate();
    return c.isLowSurrogate() && (i == 0 || !text.at(i - 1).isHighSurrogate());
}

// QJsonDocument reads no deeper than 1,024 levels, so this ends.
QJsonValue mended(const QJsonValue &value)
{
    if (value.isString())
        return withoutLoneSurrogates(value.toString());
    if (value.isArray()) {
        QJsonArray array;
        const QJsonArray given = value.toArray();
        for (const QJsonValue &each : given)
            array.append(mended(each));
        return array;
    }
    if (!value.isObject())
        return value;
    QJsonObject object;
    const QJsonObject given = value.toObject();
    for (auto it = given.begin(); it != given.end(); ++it)
        object.insert(withoutLoneSurrogates(it.key()), mended(*it));
    return object;
}

} // namespace

void appendJsonString(QByteArray &out, QStringView text)
{
    static constexpr char kHex[] = "0123456789abcdef";
    // toUtf8() writes a question mark for a lone surrogate. Bytes below 0x20 only ever stand for themselves
    // in UTF-8.
    const QByteArray utf8 = text.toUtf8();
    out.reserve(out.size() + utf8.size() + 2);
    out += '"';
    qsizetype plainFrom = 0;
    const auto flush = [&](qsizetype to) { out.append(utf8.constData() + plainFrom, to - plainFrom); };
    for (qsizetype i = 0; i < utf8.size(); ++i) {
        const auto c = static_cast<unsigned char>(utf8.at(i));
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        flush(i);
        plainFrom = i + 1;
        out += '\\';
        switch (c) {
        case '"':
        case '\\':
            out += char(c);
            break;
        case '\n':
            out += 'n';
            break;
        case '\r':
            out += 'r';
            break;
        case '\t':
            out += 't';
            break;
        default:
            out += "u00";
            out += kHex[c >> 4];
            out += kHex[c & 0xf];
        }
    }
    flush(utf8.size());
    out += '"';
}

QByteArray jsonString(QStringView text)
{
    QByteArray out;
    appendJsonString(out, text);
    return out;
}

QByteArray compactJson(const QJsonObject &object)
{
    const QByteArray json = QJsonDocument(object).toJson(QJsonDocument::Compact);
    // Whole pairs are written as UTF-8; an escape of a surrogate is a lone one.
    if (!json.contains("\\ud"))
        return json;
    return QJsonDocument(mended(object).toObject()).toJson(QJsonDocument::Compact);
}

QString withoutLoneSurrogates(const QString &text)
{
    if (text.isValidUtf16())
        return text;
    QString good = text;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (isLoneAt(text, i))
            good[i] = u'?';
    }
    return good;
}

std::optional<QJsonObject> jsonObjectIn(const QByteArray &json)
{
    QByteArray text = json;
    for (int layer = 0; layer <= kMostLayers; ++layer) {
        const QJsonDocument document = QJsonDocument::fromJson(text);
        if (document.isObject())
            return document.object();
        if (!text.trimmed().startsWith('"'))
            return std::nullopt;
        // A string alone is no document to Qt.
        const QJsonArray one = QJsonDocument::fromJson('[' + text + ']').array();
        if (one.size() != 1 || !one.first().isString())
            return std::nullopt;
        text = one.first().toString().toUtf8();
    }
    return std::nullopt;
}

bool isNestedDeeper(QByteArrayView json, int levels)
{
    int depth = 0;
    bool inString = false;
    for (qsizetype i = 0; i < json.size(); ++i) {
        const char c = json.at(i);
        if (inString) {
            i += c == '\\' ? 1 : 0;
            inString = c != '"';
        } else if (c == '"') {
            inString = true;
        } else if (c == '{' || c == '[') {
            if (++depth > levels)
                return true;
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return false;
}

} // namespace Meanwhile
