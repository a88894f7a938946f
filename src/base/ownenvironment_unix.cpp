// SPDX-License-Identifier: MIT
#include "base/ownenvironment.h"

#include <cstdlib>
#include <cstring>
#include <string.h>
#include <unistd.h>

namespace Meanwhile {

QByteArray takeOwnVariable(const QByteArray &name)
{
    QByteArray taken;
    const QByteArray beginning = name + '=';
    // All of them: a name can be there more than once, and only the first one counts.
    for (char **entry = environ; entry && *entry; ++entry) {
        if (std::strncmp(*entry, beginning.constData(), std::size_t(beginning.size())) != 0)
            continue;
        char *value = *entry + beginning.size();
        if (taken.isEmpty())
            taken = QByteArray(value, qsizetype(std::strlen(value)));
        explicit_bzero(value, std::strlen(value));
    }
    unsetenv(name.constData());
    return taken;
}

} // namespace Meanwhile
