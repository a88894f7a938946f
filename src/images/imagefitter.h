// SPDX-License-Identifier: MIT
#pragma once

#include "images/imageplugin.h"

#include <mutex>

namespace Meanwhile::Images {

/// Makes of any image one that may be sent. Decoding is in a module loaded on first use: most runs need no
/// picture, and Qt's image code costs milliseconds at each start.
///
/// Where the module is missing the log says so once, and images that are small enough pass as they are.
/// Thread: any but the GUI thread: it loads from disk and decodes.
/// Errors: messages are for the model and the log; a window words them from the kind. InvalidArgument: no
/// image; TooLarge; Unsupported: no decoder here; Protocol: damaged.
class ImageFitter {
public:
    /// Empty path: see moduleFile().
    explicit ImageFitter(QString modulePath = {});

    Result<FittedImage> fit(const QByteArray &bytes);

private:
    const ImagePlugin *plugin();

    QString m_path;
    std::once_flag m_once;
    const ImagePlugin *m_plugin = nullptr;
};

} // namespace Meanwhile::Images
