// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace Meanwhile {

/// The file of a module that is opened at run time, e.g. "libmw_git.so". The program is in bin of the build
/// tree and the modules in its lib/meanwhile; an installation has them in libexec/meanwhile and
/// lib/meanwhile/modules.
QString moduleFile(const QString &name);

} // namespace Meanwhile
