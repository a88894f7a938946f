// SPDX-License-Identifier: MIT
#include "architecture/rules.h"

#include <QFile>
#include <QRegularExpression>

namespace Meanwhile::Architecture {

using namespace Qt::StringLiterals;

namespace {

const QRegularExpression kSpaces(u"\\s+"_s);

Rules::Topic &topicNamed(QVector<Rules::Topic> &topics, const QString &name)
{
    for (Rules::Topic &topic : topics) {
        if (topic.name == name)
            return topic;
    }
    topics.append({name, {}, {}});
    return topics.last();
}

} // namespace

Rules Rules::read(const QString &path)
{
    Rules rules;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        rules.mistakes += u"cannot read "_s + path;
        return rules;
    }
    for (const QString &line : QString::fromUtf8(file.readAll()).split(u'\n')) {
        QStringList words = line.split(kSpaces, Qt::SkipEmptyParts);
        if (words.isEmpty() || words.first().startsWith(u'#'))
            continue;
        const QString kind = words.takeFirst();
        const QString name = words.isEmpty() ? QString() : words.takeFirst();
        if (kind == u"room" && name.endsWith(u':')) {
            rules.rooms.insert(name.chopped(1), words);
        } else if (kind == u"topic" && name.endsWith(u':') && !words.isEmpty()) {
            topicNamed(rules.topics, name.chopped(1)).patterns = words;
        } else if (kind == u"only" && words.value(0) == u"in" && words.size() > 1) {
            words.removeFirst();
            words.removeAll(u"nowhere"_s);
            topicNamed(rules.topics, name).places = words;
        } else if (kind == u"named" && !name.isEmpty()) {
            rules.namedBySubject += name;
            rules.namedBySubject += words;
        } else if (kind == u"limit" && words.size() == 2 && words.at(1).toInt() > 0) {
            rules.limits.append({name, words.at(0), words.at(1).toInt()});
        } else {
            rules.mistakes += line;
        }
    }
    return rules;
}

int Rules::limit(const QString &what, const QString &file) const
{
    const Limit *best = nullptr;
    for (const Limit &limit : limits) {
        if (limit.what == what && file.startsWith(limit.path) &&
            (!best || limit.path.size() > best->path.size()))
            best = &limit;
    }
    return best ? best->lines : 0;
}

QStringList Rules::reachable(const QString &room) const
{
    QStringList found;
    QStringList open = rooms.value(room);
    while (!open.isEmpty()) {
        const QString next = open.takeFirst();
        if (!rooms.contains(next) || found.contains(next))
            continue;
        found += next;
        open += rooms.value(next);
    }
    return found;
}

} // namespace Meanwhile::Architecture
