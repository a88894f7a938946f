// SPDX-License-Identifier: MIT
#include "ui/widgets/icons.h"

#include "ui/widgets/theme.h"

#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <algorithm>

namespace Meanwhile::Ui {

using namespace Qt::StringLiterals;

namespace {

/// Asks the theme for the colour each time it paints, so that it follows a change of theme by itself.
class ThemedIconEngine final : public QIconEngine {
public:
    ThemedIconEngine(const Theme &theme, QString name, QColor Tokens::*colour)
        : m_theme(theme)
        , m_name(std::move(name))
        , m_colour(colour)
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const qreal ratio = painter->device()->devicePixelRatioF();
        painter->drawPixmap(rect, pixmap(rect.size() * ratio, mode, state));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override
    {
        const Tokens &tokens = m_theme.tokens();
        const QColor colour = mode == QIcon::Disabled ? tokens.border : tokens.*m_colour;
        const QString key =
            u"meanwhile-%1-%2-%3-%4"_s.arg(m_name, colour.name()).arg(size.width()).arg(size.height());
        QPixmap pixmap;
        if (!QPixmapCache::find(key, &pixmap)) {
            pixmap = draw(size, colour);
            QPixmapCache::insert(key, pixmap);
        }
        return pixmap;
    }

    QIconEngine *clone() const override { return new ThemedIconEngine(m_theme, m_name, m_colour); }

private:
    QPixmap draw(const QSize &size, const QColor &colour) const
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QFile file(u":/icons/%1.svg"_s.arg(m_name));
        if (!file.open(QIODevice::ReadOnly))
            return pixmap;
        // Qt draws currentColor black.
        QSvgRenderer renderer(file.readAll().replace("currentColor", colour.name().toLatin1()));
        QPainter painter(&pixmap);
        const int side = std::min(size.width(), size.height());
        renderer.render(&painter, QRectF(0, (size.height() - side) / 2.0, side, side));
        return pixmap;
    }

    const Theme &m_theme;
    QString m_name;
    QColor Tokens::*m_colour;
};

} // namespace

QIcon themedIcon(const Theme &theme, const QString &name, QColor Tokens::*colour)
{
    return QIcon(new ThemedIconEngine(theme, name, colour));
}

QIcon applicationIcon()
{
    QIcon icon;
    for (const int size : {16, 32, 48, 128})
        icon.addFile(u":/application/meanwhile-%1.png"_s.arg(size), QSize(size, size));
    return icon;
}

} // namespace Meanwhile::Ui
