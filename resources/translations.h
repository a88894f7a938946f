// SPDX-License-Identifier: MIT
#pragma once

class QCoreApplication;
class QLocale;

namespace Meanwhile {

/// The program's words in the person's language, and Qt's own where they are installed. Call it once, before
/// the first string is shown; English where there is no translation.
void loadTranslations(QCoreApplication &application, const QLocale &locale);

} // namespace Meanwhile
