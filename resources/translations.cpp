// SPDX-License-Identifier: MIT
#include "resources/translations.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace Meanwhile {

using namespace Qt::StringLiterals;

void loadTranslations(QCoreApplication &application, const QLocale &locale)
{
    if (locale.language() == QLocale::English || locale.language() == QLocale::C)
        return;
    auto *own = new QTranslator(&application);
    if (!own->load(locale, u"meanwhile"_s, u"_"_s, u":/translations"_s)) {
        delete own;
        return;
    }
    auto *qt = new QTranslator(&application);
    if (qt->load(locale, u"qtbase"_s, u"_"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        application.installTranslator(qt);
    application.installTranslator(own);
}

} // namespace Meanwhile
