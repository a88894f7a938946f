// SPDX-License-Identifier: MIT
#include "tools/imagetype.h"

namespace Meanwhile::Tools {

using namespace Qt::StringLiterals;

QString imageMediaType(QByteArrayView beginning)
{
    if (beginning.startsWith("\x89PNG\r\n\x1a\n"))
        return u"image/png"_s;
    if (beginning.startsWith("\xff\xd8\xff"))
        return u"image/jpeg"_s;
    if (beginning.startsWith("GIF87a") || beginning.startsWith("GIF89a"))
        return u"image/gif"_s;
    if (beginning.size() >= 12 && beginning.startsWith("RIFF") && beginning.sliced(8, 4) == "WEBP")
        return u"image/webp"_s;
    return {};
}

} // namespace Meanwhile::Tools
