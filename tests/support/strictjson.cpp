// SPDX-License-Identifier: MIT
#include "support/strictjson.h"

#include <QSet>
#include <QStringDecoder>

#include <optional>

namespace Meanwhile::Testing {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMostLevels = 128;

/// Recursive descent over the bytes; stops at the first thing that is wrong.
class StrictParser {
public:
    explicit StrictParser(QByteArrayView json)
        : m_json(json)
    {
    }

    QString check()
    {
        QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
        const QString all = decoder.decode(m_json);
        if (decoder.hasError() || !all.isValidUtf16())
            return u"invalid UTF-8"_s;
        value(0);
        space();
        if (m_wrong.isEmpty() && m_at < m_json.size())
            fail(u"something after the end"_s);
        return m_wrong;
    }

private:
    void fail(const QString &what)
    {
        if (m_wrong.isEmpty())
            m_wrong = u"%1 at byte %2"_s.arg(what).arg(m_at);
    }
    int peek() const { return m_at < m_json.size() ? uchar(m_json.at(m_at)) : -1; }
    bool take(char c)
    {
        if (peek() != uchar(c))
            return false;
        ++m_at;
        return true;
    }
    void space()
    {
        while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r')
            ++m_at;
    }

    void value(int level)
    {
        space();
        if (level > kMostLevels)
            return fail(u"nested too deep"_s);
        if (take('{'))
            return object(level);
        if (take('['))
            return array(level);
        if (peek() == '"') {
            string();
            return;
        }
        for (const QByteArrayView word : {"true", "false", "null"}) {
            if (m_json.sliced(m_at).startsWith(word)) {
                m_at += word.size();
                return;
            }
        }
        number();
    }

    void object(int level)
    {
        QSet<QByteArray> keys;
        space();
        if (take('}'))
            return;
        do {
            space();
            const QByteArray key = string();
            if (keys.contains(key))
                fail(u"a key twice"_s);
            keys.insert(key);
            space();
            if (!take(':'))
                return fail(u"no colon"_s);
            value(level + 1);
            space();
        } while (m_wrong.isEmpty() && take(','));
        if (!take('}'))
            fail(u"an object without end"_s);
    }

    void array(int level)
    {
        space();
        if (take(']'))
            return;
        do {
            value(level + 1);
            space();
        } while (m_wrong.isEmpty() && take(','));
        if (!take(']'))
            fail(u"an array without end"_s);
    }

    QByteArray string()
    {
        const qsizetype begin = m_at;
        if (!take('"')) {
            fail(u"no string"_s);
            return {};
        }
        while (m_wrong.isEmpty() && peek() != '"') {
            if (peek() < 0x20)
                fail(u"a control character or no end in a string"_s);
            else if (take('\\'))
                escape();
            else
                ++m_at;
        }
        take('"');
        return m_json.sliced(begin, m_at - begin).toByteArray();
    }

    void escape()
    {
        if (!take('u')) {
            if (peek() < 0 || !QByteArrayView("\"\\/bfnrt").contains(char(peek())))
                fail(u"an unknown escape"_s);
            ++m_at;
            return;
        }
        const int unit = hexUnit();
        if (unit >= 0xdc00 && unit < 0xe000)
            return fail(u"a low surrogate alone"_s);
        if (unit < 0xd800 || unit >= 0xdc00)
            return;
        if (!take('\\') || !take('u'))
            return fail(u"a high surrogate alone"_s);
        const int low = hexUnit();
        if (low < 0xdc00 || low >= 0xe000)
            fail(u"a high surrogate alone"_s);
    }

    int hexUnit()
    {
        bool ok = m_at + 4 <= m_json.size();
        const int unit = ok ? m_json.sliced(m_at, 4).toByteArray().toInt(&ok, 16) : 0;
        if (!ok)
            fail(u"no four hexadecimal digits"_s);
        m_at += 4;
        return unit;
    }

    bool digits()
    {
        const qsizetype begin = m_at;
        while (peek() >= '0' && peek() <= '9')
            ++m_at;
        return m_at > begin;
    }
    void number()
    {
        take('-');
        const bool isGood = take('0') || digits();
        if (!isGood || (take('.') && !digits()))
            return fail(u"no value"_s);
        if (take('e') || take('E')) {
            if (!take('+'))
                take('-');
            if (!digits())
                fail(u"an exponent without digits"_s);
        }
    }

    QByteArrayView m_json;
    qsizetype m_at = 0;
    QString m_wrong;
};

} // namespace

QString wrongInJson(QByteArrayView json)
{
    return StrictParser(json).check();
}

} // namespace Meanwhile::Testing
