// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>
#include <QString>

namespace Meanwhile::Tools {

/// image/png, image/jpeg, image/gif or image/webp by the first bytes of a file; empty for anything else.
QString imageMediaType(QByteArrayView beginning);

} // namespace Meanwhile::Tools
