// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace Meanwhile {

/// The file of a module that is opened at run time, e.g. "libmw_git.so". The program is in bin of the build
/// tree or in libexec/meanwhile of an installation; the modules are in lib/meanwhile of the same.
QString moduleFile(const QString &name);

} // namespace Meanwhile
